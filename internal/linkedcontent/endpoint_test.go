package linkedcontent_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
)

func TestParseEndpoint(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]linkedcontent.Endpoint{
		"https://line.example.com/a.json":                            {URL: "https://line.example.com/a.json"},
		"https://line.example.com/{{message}}_{{language}}.json":     {URL: "https://line.example.com/_.json", Parameters: []string{"message", "language"}},
		"https://line.example.com/{{b}}/{{a}}/{{b}}?x={{c}}&y={{A}}": {URL: "https://line.example.com///?x=&y=", Parameters: []string{"b", "a", "c", "A"}},
		"https://line.example.com?{{name}}={{1}}":                    {URL: "https://line.example.com?=", Parameters: []string{"name", "1"}},
		"https://line.example.com/%7B%7Bx%7D%7D":                     {URL: "https://line.example.com/%7B%7Bx%7D%7D"},
		"no URL":                                                     {URL: "no URL"},
		"":                                                           {},
	} {
		got, err := linkedcontent.ParseEndpoint(text)
		if err != nil || got.URL != want.URL || !slices.Equal(got.Parameters, want.Parameters) {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"https://{{host}}/a.json":                      "before its path",
		"https://{{tenant}}.example.com":               "before its path",
		"{{scheme}}://line.example.com/":               "before its path",
		"https://line.example.com:{{port}}/":           "before its path",
		"https://line.example.com/{{message":           "no }} behind it",
		"https://line.example.com/{{message}":          "no }} behind it",
		"https://line.example.com/{message}":           "the brace at character 26",
		"https://line.example.com/{{a}}}":              "the brace at character 31",
		"https://line.example.com/ä}}":                 "the brace at character 27",
		"https://line.example.com/{{}}":                "{{}} is no parameter",
		"https://line.example.com/{{ message }}":       "{{ message }} is no parameter",
		"https://line.example.com/{{{message}}}":       "{{{message}} is no parameter",
		"https://line.example.com/{{Profile.Name}}":    "It takes no Liquid",
		"https://line.example.com/{{a|default:'b'}}":   "It takes no Liquid",
		"https://line.example.com/{{a-b}}":             "{{a-b}} is no parameter",
		"https://line.example.com/{{ä}}":               "{{ä}} is no parameter",
		"https://line.example.com/?x={%if a%}1{%endif": "the brace at character 29",
	} {
		if got, err := linkedcontent.ParseEndpoint(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}
