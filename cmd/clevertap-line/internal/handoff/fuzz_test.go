package handoff

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// FuzzPage wants every page to be safe, and its data to be what is copied, whatever is declared.
func FuzzPage(f *testing.F) {
	f.Add("name", "https://line.example.com", "X-A", "value", "body")
	f.Add("</script><script>alert(1)</script>", "javascript:alert(1)", "\" onclick=\"a", "a\r\nb\u2028c\x00", "<!--<script>{{ x }}")
	f.Add("&lt;", "'", "`${a}`", "*/ \\u0041", "\ufeff]]>")
	folder := newStore(f).folder
	f.Fuzz(func(t *testing.T, name, url, header, value, text string) {
		attributes := func(of map[string]any) string {
			encoded, _ := json.Marshal(of)
			return string(encoded)
		}
		given := plan(
			change{kind: "webhook_template", name: "t", actions: `"create"`, after: attributes(map[string]any{
				"name": "x" + name, "http_method": text, "destination_url": url, "headers": map[string]string{header: value}, "secret_header_names": []string{text},
			})},
			change{kind: "line_campaign_body", name: "b", actions: `"create"`, after: attributes(map[string]any{
				"name": "y" + name, "body": text, "messages": []string{value}, "to": map[string]string{"profile_property": url},
			})},
		)
		page := made(t, given, folder, "--account", "a"+strings.ReplaceAll(header, "\x00", ""), "--plan", "-", "--language", "ja")
		d := read(t, page)
		valid := func(text string) string { return string([]rune(text)) } // as JSON holds it
		want := map[string]bool{"x" + valid(name): true, "y" + valid(name): true, valid(url): true, valid(value): true, valid(header): true, valid(text): true}
		for _, got := range d.Values[:len(d.Values)-1] {
			if delete(want, got); got == "" {
				t.Error("what is empty is copied")
			}
		}
		if delete(want, ""); len(want) > 0 {
			t.Errorf("%q is not copied: %q", slices.Collect(maps.Keys(want)), d.Values)
		}
	})
}
