package linebody

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const publishedSchema = "../../docs/schemas/line-messages.v1.json"

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(JSONSchema())))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(SchemaURL, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(SchemaURL)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// refusal is why the schema refuses a text; nil if it takes it.
func refusal(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return schema.Validate(value)
}

// TestPublishedSchema: editors read the file that its $id names.
func TestPublishedSchema(t *testing.T) {
	t.Parallel()
	got := string(JSONSchema())
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(publishedSchema, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(publishedSchema)
	if err != nil || got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s is not what the tables say (%v); UPDATE_GOLDEN=1 writes it", publishedSchema, err)
	}
	if size := len(got); size > 200_000 {
		t.Errorf("an editor has to read %d bytes", size)
	}
}

// TestSchemaTakesWhatTheCheckTakes: no editor marks what a check lets pass; and of the faults that a schema can say, it says each.
func TestSchemaTakesWhatTheCheckTakes(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	says := []string{ruleMissing, ruleType, ruleChoice, ruleItems, ruleUnknownType, rulePlace, ruleEmpty, ruleCase}
	accepted, refused := 0, 0
	for _, sample := range allRuleSamples() {
		for _, value := range slices.Concat(sample.inside, keysOf(sample.outside)) {
			body := sample.body(value)
			if !json.Valid([]byte(body)) {
				continue
			}
			var errors []Problem
			for _, problem := range Validate([]byte(body)) {
				if problem.Severity == Error && problem.Rule != ruleDuplicate {
					errors = append(errors, problem)
				}
			}
			switch err := refusal(t, schema, body); {
			case len(errors) == 0:
				accepted++
				if err != nil {
					t.Errorf("%s: %s\nis refused: %v", sample.row, shorten(body, 300), err)
				}
			case err != nil:
				refused++
			case slices.Contains(says, errors[0].Rule) && !onlyChecked[sample.row+" "+errors[0].Rule]:
				t.Errorf("%s: %s\nis taken, but has %s", sample.row, shorten(body, 300), listProblems(errors))
			}
		}
	}
	if accepted < 500 || refused < 500 {
		t.Errorf("only %d were taken and %d refused", accepted, refused)
	}
	t.Logf("%d taken, %d refused", accepted, refused)
}

func keysOf(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// onlyChecked are the faults of which the schema has a note instead.
var onlyChecked = map[string]bool{
	"textV2 substitution " + ruleItems:        true, // counts what the text uses
	"textV2 substitution.*.type " + ruleItems: true,
	"flexVideo (ctx) " + rulePlace:            true, // depends on the bubble
	"flexText text | contents " + ruleMissing: true, // one of two
	"flexText text | contents " + ruleEmpty:   true,
}

func TestSchemaTakesSamples(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	files, err := filepath.Glob("testdata/samples/*.json")
	more, _ := filepath.Glob("../../examples/*/*.flex.json")
	if err != nil || len(files) == 0 || len(more) == 0 {
		t.Fatalf("%q and %q, %v", files, more, err)
	}
	for _, file := range append(files, more...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := refusal(t, schema, string(text)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestSchemaTakesEverydayMessages: as people write them.
func TestSchemaTakesEverydayMessages(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	taken, refused := 0, 0
	for _, name := range []string{"valid", "liquid", "faulty"} {
		content, err := os.ReadFile("testdata/everyday/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			message := strings.TrimSpace(line)
			if strings.HasPrefix(line, "  ") || !json.Valid([]byte(message)) {
				continue
			}
			wrong := slices.ContainsFunc(ValidateMessages(user, ParseMessages(message), Options{}), func(p MessageProblem) bool {
				return p.Severity == Error
			})
			switch err := refusal(t, schema, `{"to":"`+user+`","messages":[`+message+`]}`); {
			case err != nil && !wrong:
				t.Errorf("%s: %v", message, err)
			case err != nil:
				refused++
			default:
				taken++
			}
		}
	}
	if taken < 100 || refused < 20 {
		t.Errorf("%d are taken and %d refused", taken, refused)
	}
	t.Logf("%d taken, %d refused", taken, refused)
}

// TestSchemaOfEachShape: what a file may hold is told apart as by clevertap-line check.
func TestSchemaOfEachShape(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	const text, empty = `{"type":"text","text":"a"}`, `{"type":"text","text":""}`
	box := func(content string) string { return `{"type":"box","layout":"baseline","contents":[` + content + `]}` }
	for given, want := range map[string]bool{
		text: true, empty: false, `{}`: false, `7`: false, `"a"`: false,
		`{"$schema":"a.json","type":"text","text":"a"}`: true,
		`[` + text + `]`: true, `[]`: false, `[` + empty + `]`: false, `[7]`: false,
		bodyTo(user, text): true, bodyTo(user, empty): false, `{"messages":[` + text + `]}`: false, `{"to":"` + user + `"}`: false,
		`{"type":"bubble","body":` + box(`{"type":"icon","url":"https://a.example"}`) + `}`:                           true,
		`{"type":"bubble","body":` + box(`{"type":"button","action":{"type":"uri","label":"a","uri":"tel:1"}}`) + `}`: false,
		`{"type":"bubble","header":{"type":"image"}}`:                                                                 false,
		`{"type":"carousel","contents":[{"type":"bubble"}]}`:                                                          true,
		`{"type":"carousel","contents":[]}`:                                                                           false,
		`{"type":"hologram"}`:                                                                                         true,
		`{"type":"text","text":"{{ Profile.A | default: 'a' }}"}`:                                                     true,
		`{"type":"{{ Profile.A | default: 'text' }}"}`:                                                                true,
		`{"type":"text","text":"` + strings.Repeat("a", 5001) + `"}`:                                                  false,
		`{"type":"text","text":"` + strings.Repeat("a", 5001) + `{{ a }}"}`:                                           true,
	} {
		if err := refusal(t, schema, given); (err == nil) != want {
			t.Errorf("%s: %v", shorten(given, 200), err)
		}
	}
}

// TestSchemaSaysEverything: each table, each of its properties and each rule between them.
func TestSchemaSaysEverything(t *testing.T) {
	t.Parallel()
	var schema struct {
		Defs map[string]struct {
			Title, Description string
			Properties         map[string]struct{ Description string }
			Required           []string
			Notes              []string `json:"x-notes"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(JSONSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	for name, table := range lineRules().tables {
		definition, found := schema.Defs[strings.ReplaceAll(name, " ", "-")]
		if !found || definition.Title != table.title || !strings.HasSuffix(definition.Description, "LINE's reference: "+table.source) {
			t.Errorf("%s: got %+v", name, definition)
			continue
		}
		for _, property := range table.properties {
			if !strings.Contains(definition.Properties[property.name].Description, "https://developers.line.biz/") {
				t.Errorf("%s %s: got %+v", name, property.name, definition.Properties[property.name])
			}
			if needed := slices.Contains(definition.Required, property.name); needed != (property.need == required) {
				t.Errorf("%s %s: required is %t", name, property.name, needed)
			}
		}
		for _, check := range table.checks {
			if check.note == "" || !slices.Contains(definition.Notes, check.note) || !strings.Contains(definition.Description, check.note) {
				t.Errorf("%s: the note %q is not in %q", name, check.note, definition.Notes)
			}
		}
	}
}
