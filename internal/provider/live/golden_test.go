package live_test

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

var writeID = regexp.MustCompile(`"write_id": "[^"]*"`)

// storesConfig is the provider's configuration with both stores in a folder, for the plugin protocol.
func storesConfig(folder string) string {
	return `{"template_store": {"local": {"path": "` + filepath.ToSlash(folder) + `/templates"}},
		"publish_store": {"local": {"path": "` + filepath.ToSlash(folder) + `/published"}, "read_back": null}}`
}

// What users keep, the state and the published document, is pinned byte for byte.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{
		"minimal": `{"name": "welcome", "linked_content": "line_messages", "messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`,
		"full": `{"name": "welcome-1_ja", "linked_content": "line_messages", "variant_of": "welcome-1", "track_versions": true, "frozen": true,
			"messages": ["{ \"type\": \"text\", \"text\": \"a < b & \\u00e9\\u2028 {{ Profile.Name | default: 'you' }} </b> 世😀 \\\"{% if Profile.Age > 18 %}\\\\{% endif %}\\\"\" }",
				"{\"type\":\"location\",\"title\":\"t\",\"address\":\"a\",\"latitude\":35.6500,\"longitude\":1.39e2}"]}`,
		"said not": `{"name": "no", "linked_content": "_", "track_versions": false, "frozen": false,
			"messages": ["{\"type\":\"text\",\"text\":\"{{ Profile.Name }}\"}"]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			s := acctest.NewServer(t, storesConfig(folder))
			applied := s.Apply("clevertap_line_linked_messages", config)
			acctest.Golden(t, "states/"+name+".json", acctest.Indented(t, s.Plain("clevertap_line_linked_messages", applied.NewState)))
			files, err := filepath.Glob(acctest.Stored(filepath.Join(folder, "published"), "*", "*.json"))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			key, err := filepath.Rel(folder, files[0])
			if err != nil {
				t.Fatal(err)
			}
			document := writeID.ReplaceAllString(acctest.ReadFile(t, files[0]), `"write_id": "…"`)
			acctest.Golden(t, "documents/"+name+".txt", filepath.ToSlash(key)+"\n"+document)
		})
	}
}

// What is said of faulty configurations is pinned word for word.
func TestGoldenDiagnostics(t *testing.T) {
	t.Parallel()
	const of, text = `"name": "x", "linked_content": "a", `, `"messages": ["{\"type\":\"text\",\"text\":\"x\"}"]`
	const six = `"messages": ["{\"type\":\"text\",\"text\":\"1\"}", "{\"type\":\"text\",\"text\":\"2\"}", "{\"type\":\"text\",\"text\":\"3\"}",
		"{\"type\":\"text\",\"text\":\"4\"}", "{\"type\":\"text\",\"text\":\"5\"}", "{\"type\":\"text\",\"text\":\"6\"}"]`
	long := regexp.MustCompile(`.`).ReplaceAllString(string(make([]byte, 101)), "x")
	s := acctest.NewServer(t, storesConfig(t.TempDir()))
	acctest.Golden(t, "diagnostics.txt", s.Said("clevertap_line_linked_messages", map[string]string{
		"no JSON":            `{` + of + `"messages": ["hello"]}`,
		"placed":             `{` + of + `"messages": ["{\n  \"type\": \"text\",\n  \"text\": \"\"\n}"]}`,
		"second of three":    `{` + of + `"messages": ["{\"type\":\"text\",\"text\":\"x\"}", "{\"type\":\"txt\"}", "[]"]}`,
		"null message":       `{` + of + `"messages": [null]}`,
		"none":               `{` + of + `"messages": []}`,
		"six":                `{` + of + six + `}`,
		"open Liquid":        `{` + of + `"messages": ["{\"type\":\"text\",\"text\":\"Hello {{ Profile.Name\"}"]}`,
		"open block":         `{` + of + `"messages": ["{\"type\":\"text\",\"text\":\"Hello {% if Profile.Name %}\"}"]}`,
		"name: space":        `{"name": "a b", "linked_content": "a", ` + text + `}`,
		"name: empty":        `{"name": "", "linked_content": "a", ` + text + `}`,
		"name: hyphen":       `{"name": "-a", "linked_content": "a", ` + text + `}`,
		"name: path":         `{"name": "../a", "linked_content": "a", ` + text + `}`,
		"name: quote":        `{"name": "a\" or 1", "linked_content": "a", ` + text + `}`,
		"name: letters":      `{"name": "ようこそ", "linked_content": "a", ` + text + `}`,
		"name: line break":   `{"name": "a\n", "linked_content": "a", ` + text + `}`,
		"name: long":         `{"name": "` + long + `", "linked_content": "a", ` + text + `}`,
		"variant: dot":       `{` + of + `"variant_of": "a.b", ` + text + `}`,
		"linked: space":      `{"name": "x", "linked_content": "LINE messages", ` + text + `}`,
		"linked: digit":      `{"name": "x", "linked_content": "1a", ` + text + `}`,
		"linked: hyphen":     `{"name": "x", "linked_content": "a-b", ` + text + `}`,
		"linked: empty":      `{"name": "x", "linked_content": "", ` + text + `}`,
		"served: clear text": `{` + of + `"served_at": "http://line.example.com/x.json", ` + text + `}`,
		"served: query":      `{` + of + `"served_at": "https://line.example.com/x.json?key=PASS", ` + text + `}`,
		"served: no URL":     `{` + of + `"served_at": "welcome.json", ` + text + `}`,
		"served: password":   `{` + of + `"served_at": "https://me:PASS@line.example.com/x.json", ` + text + `}`,
	}))
}
