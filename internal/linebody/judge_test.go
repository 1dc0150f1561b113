package linebody

import (
	"slices"
	"strings"
	"testing"
)

// TestBranchesOfSeveralConditions: a fault of one combination warns, and one of all is an error.
func TestBranchesOfSeveralConditions(t *testing.T) {
	t.Parallel()
	either := func(name, one, other string) string {
		return "{% if Profile." + name + " %}" + one + "{% else %}" + other + "{% endif %}"
	}
	long := func(count int) string { return strings.Repeat("a", count) }
	var many strings.Builder
	for _, name := range strings.Split("abcdefghijkl", "") {
		many.WriteString(either(name, name, "-"))
	}
	for name, test := range map[string]struct{ message, want string }{
		"the first branches together": {`{"type":"image","originalContentUrl":"` + either("A", "http", "https") + "://" + either("B", "a", "b") + `.example","previewImageUrl":"https://a.example"}`,
			"warning url-scheme"},
		"mixed branches":              {textOf(either("A", long(3000), "b") + either("B", "c", long(3000))), "warning text-length"},
		"the same condition in turn":  {textOf(either("A", long(3000), "b") + either("A", "c", long(3000))), ""},
		"languages one after another": {textOf("a{% if Profile.L == 'a' %}" + long(3000) + "{% endif %}{% if Profile.L == 'b' %}" + long(3000) + "{% endif %}"), ""},
		"one of two for all":          {textOf("{% if Profile.A %}a{% endif %}{% unless Profile.A %}b{% endunless %}"), ""},
		"one of two for some":         {textOf("{% if Profile.A %}a{% endif %}{% unless Profile.B %}b{% endunless %}"), "warning empty-text"},
		"too long in all branches":    {textOf(either("A", long(3000), long(3001)) + either("B", long(3000), long(3001))), "error text-length"},
		"only one combination is a colour": {inBubble(`"body":{"type":"box","layout":"vertical","contents":[],"backgroundColor":"#` + either("A", "ABC", "AB") + either("B", "DEF", "CD") + `"}`),
			"warning value-form"},
		"no combination is a colour": {inBubble(`"body":{"type":"box","layout":"vertical","contents":[],"backgroundColor":"#` + either("A", "ABC", "AB") + either("B", "DE", "CDE") + `X"}`),
			"error value-form"},
		"the same in turn is a colour": {inBubble(`"body":{"type":"box","layout":"vertical","contents":[],"backgroundColor":"#` + either("A", "ABCD", "AB") + either("A", "EF", "CDEF") + `"}`),
			""},
		"more combinations than are read": {`{"type":"image","originalContentUrl":"` + either("A", "http", "https") + "://a.example/" + many.String() + `","previewImageUrl":"https://a.example"}`,
			"warning url-scheme"},
		"a fault in all of more combinations than are read": {`{"type":"image","originalContentUrl":"http://a.example/` + many.String() + `","previewImageUrl":"https://a.example"}`,
			"error url-scheme"},
		"the last of many branches": {inBubble(`"body":{"type":"box","layout":"vertical","contents":[],"backgroundColor":"{% case Profile.A %}` +
			strings.Repeat("{% when 'x' %}#aabbcc", 60) + `{% else %}red{% endcase %}"}`), "warning value-form"},
		"more branches than are read": {`{"type":"image","originalContentUrl":"{% case Profile.A %}` +
			strings.Repeat("{% when 'x' %}https://a.example", 3000) + `{% else %}http://a.example{% endcase %}","previewImageUrl":"https://a.example"}`,
			"warning personalised-value"},
		"a loop with a limit":          {textOf("a{% for i in Event.l limit: 3 %}" + long(1000) + "{% endfor %}"), ""},
		"a loop with a limit, longer":  {textOf("a{% for i in Event.l limit: 3 %}" + long(2000) + "{% endfor %}"), "warning text-length"},
		"a loop through a range":       {textOf("a{% for i in (1..3) %}b{% endfor %}"), ""},
		"a loop without a limit":       {textOf("a{% for i in Event.l %}b{% endfor %}"), "warning text-length"},
		"a reserved name in a branch":  {`{"type":"text","text":"a","sender":{"name":"` + either("A", "LINE", "us") + `"}}`, "warning sender-name-reserved"},
		"a reserved name as default":   {`{"type":"text","text":"a","sender":{"name":"{{ Profile.A | truncate: 9 | default: 'LINE' }}"}}`, "warning sender-name-reserved"},
		"a reserved name in no branch": {`{"type":"text","text":"a","sender":{"name":"` + either("A", "LI", "us") + either("A", "us", "NE") + `"}}`, ""},
	} {
		got := listProblems(Validate([]byte(bodyTo(user, test.message))))
		if test.want == "" && len(got) > 0 || test.want != "" && (len(got) == 0 || slices.ContainsFunc(got, func(p string) bool { return !strings.HasPrefix(p, test.want) })) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// TestPersonalisedRecipients: what stands beside the LINE id, and a default that is somebody.
func TestPersonalisedRecipients(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		"{{ Profile.LineID | default: 'N.A' }}":                               "",
		" {{ Profile.LineID | default: 'N.A' }} ":                             "error has a space beside",
		"{{ Profile.LineID | default: 'N.A' }}{% if Profile.B %} {% endif %}": "warning has a space beside",
		"{% if Profile.Test %}" + user + "{% else %}N.A{% endif %}":           "warning is one and the same",
		"{{ 'N.A' }}":                                                                  "warning is a LINE id for nobody",
		"{{ Profile.LineID | default: ' N.A' }}":                                       "",
		" {{- Profile.LineID | default: 'N.A' -}} ":                                    "",
		"{{ Profile.LineID | default: 'N.A' }}!":                                       "more in it",
		"{{ Profile.LineID | default: '" + user + "' }}":                               "one person",
		"{{Profile.LineID|default:'" + user + "'}}":                                    "one person",
		"{% if Profile.LineID %}{{ Profile.LineID }}{% else %}" + user + "{% endif %}": "one person",
		"{% if Profile.Test %}" + user + "{% else %}" + user + "{% endif %}":           "",
		"{{ Profile.LineID | default: 'U0123' }}":                                      "",
	} {
		var got []string
		for _, p := range Validate([]byte(bodyTo(to, oneText))) {
			got = append(got, p.Severity.String()+" "+p.Message)
		}
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || !strings.Contains(got[0], want)) {
			t.Errorf("%s: got %q, want %q", to, got, want)
		}
	}
}

func textOf(text string) string { return `{"type":"text","text":"` + text + `"}` }
