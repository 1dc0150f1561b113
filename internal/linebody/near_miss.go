package linebody

import (
	"slices"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// nearMiss reports an object that stands where a message belongs and is something else that LINE has, and says how it
// becomes a message. at is the object, typeAt where the problem is.
func (c *checker) nearMiss(at, typeAt exactjson.Value, name string) bool {
	o := subject{at: at, c: c}
	what, message := "", ""
	switch {
	case o.has("replyToken") || o.has("messages") || o.has("Messages"):
		what, message = "a whole request body", "write its messages here, one by one"
	case name == "bubble", name == "carousel" && !o.has("columns"):
		what, message = "a Flex container", wrapped("flex", "contents")
	case c.all.tables["template "+name] != nil:
		what, message = "a template", wrapped("template", "template")
	case c.all.tables[componentPrefix+name] != nil:
		what, message = "a Flex component", `put it into a box of a bubble, which is the contents of a message of type "flex"`
	case c.all.tables[actionPrefix+name] != nil:
		what, message = "an action", "put it into a quick reply, a template or a Flex Message"
	case folded(name) == "quickreply" || name == "action", name == "" && o.has("items"):
		what, message = "a quick reply", `put it into a message: "quickReply":{"items":[…]}`
	case folded(name) == "file":
		c.report(typeAt, rulePlace, Error, "%s", asLink)
		return true
	}
	if what == "" {
		return false
	}
	c.report(typeAt, rulePlace, Error, "is %s where a message belongs; %s", what, message)
	return true
}

// wrapped says how what a message holds becomes one, in JSON and in Terraform's language.
func wrapped(kind, property string) string {
	return `wrap it: {"type":"` + kind + `","altText":"…","` + property + `":{…}}, with a text for notifications as altText ` +
		`(in Terraform: { type = "` + kind + `", altText = "…", ` + property + ` = … }, where … may be jsondecode(file("…")))`
}

// asLink says of a type that users send and a bot cannot what to do instead.
const asLink = "is a file, which users can send and an official account cannot; put it behind a link, such as a URI action"

// unwrapped recognises an object that holds an action's properties itself.
func unwrapped(wrapper string) func(c *checker, o subject) string {
	return func(c *checker, o subject) string {
		_, kind, _ := o.written("type")
		isAction := slices.Contains(c.all.inQuickReply, kind) || slices.ContainsFunc([]string{"label", "text", "uri", "data"}, o.has)
		if o.has("action") || !isAction {
			return ""
		}
		return `holds an action's properties itself; wrap them: {"type":"` + wrapper + `","action":{"type":"…","label":"…", …}}`
	}
}

func messageAsBody(_ *checker, o subject) string {
	if !o.has("type") || o.has("messages") || o.has("to") {
		return ""
	}
	return `is a message where a whole body belongs; wrap it: {"to":"…","messages":[{…}]}`
}

func userAsMention(_ *checker, o subject) string {
	if !o.has("userId") || o.has("mentionee") {
		return ""
	}
	return `holds a user's id itself; write "mentionee":{"type":"user","userId":"…"}`
}

func sidesOfArea(_ *checker, o subject) string {
	if o.has("area") || !o.has("width") && !o.has("x") {
		return ""
	}
	return `holds the sides of its area itself; write "area":{"x":…,"y":…,"width":…,"height":…}`
}

// fits gives the types whose tables have all properties of an object, and need no others: what its type may be if it has none.
func (u union) fits(c *checker, at exactjson.Value) string {
	var fitting []string
	for _, name := range u.of {
		s, needed := c.all.tables[u.prefix+name], 0
		for _, p := range s.properties {
			if _, has := c.d.Member(at, p.name); p.need == required && !has {
				needed++
			}
		}
		known := c.d.Count(at) > 0 && needed == 0
		for member := range c.d.Children(at) {
			_, has := s.byName[c.d.Key(member)]
			known = known && (has || c.d.Key(member) == "type") // which is null
		}
		if known {
			fitting = append(fitting, strconv.Quote(name))
		}
	}
	if len(fitting) == 0 || len(fitting) > 2 {
		return "one of " + strings.Join(u.of, ", ")
	}
	return `such as "type":` + strings.Join(fitting, " or ")
}

// aroundLists is what an array is put into where LINE has an object.
var aroundLists = map[string]string{
	"quickReply": `{"items":[…]}`, "contents": `{"type":"carousel","contents":[…]}`,
	"header": aBox, "hero": aBox, "body": aBox, "footer": aBox,
}

const aBox = `{"type":"box","layout":"vertical","contents":[…]}`
