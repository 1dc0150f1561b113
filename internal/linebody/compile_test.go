package linebody

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// lineTables are all of LINE's tables, to be changed.
func lineTables() []*schema {
	return slices.Concat(bodyRules(), messageRules(), imagemapRules(), templateRules(), actionRules(), flexRules())
}

// TestForgottenPlaces: whoever adds to the tables is told what is missing, and where.
func TestForgottenPlaces(t *testing.T) {
	t.Parallel()
	add := func(added ...*schema) func([]*schema) []*schema {
		return func(tables []*schema) []*schema { return append(tables, added...) }
	}
	without := func(name string) func([]*schema) []*schema {
		return func(tables []*schema) []*schema {
			return slices.DeleteFunc(tables, func(s *schema) bool { return s.name == name })
		}
	}
	for what, test := range map[string]struct {
		change func([]*schema) []*schema
		want   string
	}{
		"nothing":                        {add(), ""},
		"a message":                      {add(&schema{name: "message hologram"}), ""},
		"an action":                      {add(&schema{name: "action dance"}), ""},
		"an action of quick replies":     {add(&schema{name: "action dance", only: inQuickReplyOnly}), ""},
		"a component":                    {add(&schema{name: "flex chart", boxes: allBoxes}), ""},
		"a component without boxes":      {add(&schema{name: "flex chart"}), `"flex chart" does not say in which boxes`},
		"a component of nowhere":         {add(&schema{name: "flex chart", boxes: noBoxes}), `"flex chart" must say where alone`},
		"a component of somewhere, too":  {add(&schema{name: "flex chart", boxes: allBoxes, only: "in x"}), `"flex chart" must say where alone`},
		"a component that nothing holds": {add(&schema{name: "flex chart", boxes: noBoxes, only: "in x"}), `"flex chart" is in no property`},
		"a template without a union":     {add(&schema{name: "template video"}), `"template video" is in no property, list or union`},
		"an object that nothing has":     {add(&schema{name: "frame"}), `"frame" is in no property, list or union`},
		"a name that is taken":           {add(&schema{name: "sender"}), `two tables are named "sender"`},
		"a type without a table":         {without("template confirm"), `message template template holds "template confirm", which has no table`},
		"an object without a table":      {without("sender"), `sender holds "sender", which has no table`},
		"an element without a table":     {without("image column"), `template image_carousel columns holds "image column"`},
		"a substitution without a table": {without("substitution emoji"), `message textV2 substitution holds "substitution emoji"`},
		"an action without a table":      {without("action uri"), `flex video action holds "action uri"`},
		"no root":                        {without(pushBody), `a request holds "push body", which has no table`},
	} {
		_, err := compile(test.change(lineTables()))
		if got := fmt.Sprint(err); test.want == "" && err != nil || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %v, want %q", what, err, test.want)
		}
	}
}

// TestOneTableIsEnough: a new component, action or message has its table and is known everywhere.
func TestOneTableIsEnough(t *testing.T) {
	t.Parallel()
	all, err := compile(append(lineTables(),
		&schema{name: "message hologram", title: "a hologram", anchor: "a"},
		&schema{name: "action dance", title: "a dance action", anchor: "a"},
		&schema{name: "action sing", title: "a sing action", anchor: "a", only: inQuickReplyOnly},
		&schema{name: "flex chart", title: "a chart", anchor: "a", boxes: stackedBoxes},
		&schema{name: "flex dot", title: "a dot", anchor: "a", boxes: baselineBoxes, only: "in a baseline box"},
	))
	if err != nil {
		t.Fatal(err)
	}
	tap := func(name string) string { return `"action":{"type":"` + name + `"}` }
	for message, want := range map[string][]string{
		`{"type":"hologram"}`:                                nil,
		inBox("vertical", `{"type":"chart"}`):                nil,
		inBox("baseline", `{"type":"dot"}`):                  nil,
		inBox("nonsense", `{"type":"chart"},{"type":"dot"}`): {"error unknown-word messages[0].contents.body.layout"},
		inBox("baseline", `{"type":"chart"}`):                {"error wrong-place messages[0].contents.body.contents[0].type"},
		inBox("vertical", `{"type":"dot"}`):                  {"error wrong-place messages[0].contents.body.contents[0].type"},
		inBubble(`"body":{"type":"box","layout":"vertical","contents":[],` + tap("dance") + `}`): nil,
		inBubble(`"body":{"type":"box","layout":"vertical","contents":[],` + tap("sing") + `}`): {
			"error wrong-place messages[0].contents.body.action.type"},
		`{"type":"text","text":"a","quickReply":{"items":[{"type":"action",` + tap("sing") + `}]}}`: nil,
		inBubble(`"hero":{"type":"video","url":"https://a.example","previewUrl":"https://a.example",` +
			`"altContent":{"type":"image","url":"https://a.example"},` + tap("dance") + `}`): {
			"error wrong-place messages[0].contents.hero.action.type"},
	} {
		d, fault := exactjson.Parse(message)
		if fault != nil {
			t.Fatal(fault.Message)
		}
		c := &checker{d: d, base: "messages[0]", all: all, found: &findings{}, opts: Options{Strict: true}}
		c.message(exactjson.Root, true)
		if got := listProblems(c.found.sorted()); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", message, got, want)
		}
	}
}

// TestManyProperties: a table may have as many properties as it likes.
func TestManyProperties(t *testing.T) {
	t.Parallel()
	const count = 130
	s := &schema{name: pushBody, title: "a thing", anchor: "a"}
	members := make([]string, count)
	for i := range members {
		name := fmt.Sprintf("property%d", i)
		s.properties = append(s.properties, property{name: name, need: required, value: flag{}})
		members[i] = `"` + name + `":true`
	}
	all, err := compile([]*schema{s})
	if err != nil {
		t.Fatal(err)
	}
	check := func(members ...string) []string {
		t.Helper()
		d, fault := exactjson.Parse("{" + strings.Join(members, ",") + "}")
		if fault != nil {
			t.Fatal(fault.Message)
		}
		c := &checker{d: d, all: all, found: &findings{}}
		c.object(exactjson.Root, s, false)
		return listProblems(c.found.sorted())
	}
	if got := check(members...); len(got) > 0 {
		t.Errorf("all are there: got %q", got)
	}
	for _, i := range []int{0, 63, 64, 65, 127, 128, count - 1} {
		name := fmt.Sprintf("property%d", i)
		if got := check(slices.Delete(slices.Clone(members), i, i+1)...); !slices.Equal(got, []string{"error missing-property " + name}) {
			t.Errorf("without %s: got %q", name, got)
		}
		wrong := append(slices.Clone(members), `"`+name+`":5`)
		if got := check(wrong...); len(got) > 0 {
			t.Errorf("with %s twice: got %q", name, got)
		}
		wrong = slices.Clone(members)
		wrong[i] = `"P` + name[1:] + `":true`
		if got := check(wrong...); !slices.Equal(got, []string{"error property-case P" + name[1:]}) {
			t.Errorf("with %s in wrong case: got %q", name, got)
		}
	}
}
