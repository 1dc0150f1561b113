package storetest

import (
	"fmt"
	"strings"
	"testing"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func testDamagedDocuments(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	known := Must(ts.Create(ctx, ts.New(backend, ""), "healthy", FullBody()))(t)
	edit := func(old, new string) string {
		if !strings.Contains(MinimalBody, old) {
			t.Fatalf("nothing to edit: %s", old)
		}
		return strings.Replace(MinimalBody, old, new, 1)
	}
	for what, test := range map[string]struct{ text, want string }{
		"empty":              {"", ":1:1: not JSON: the text is empty"},
		"white space":        {" \n ", ":2:2: not JSON: the text is empty"},
		"cut":                {MinimalBody[:60], ":4:2: not JSON: the text ends, but the { of line 1, column 1 is not closed"},
		"cut after a value":  {strings.TrimSuffix(MinimalBody, "}\n"), ":14:1: not JSON: the text ends, but the { of line 1, column 1"},
		"HTML":               {"<!DOCTYPE html>", ":1:1: not JSON: this is HTML or XML"},
		"zeroes":             {"\x00\x00\x00", ":1:1: not JSON"},
		"comma too many":     {edit("\"0\"\n", "\"0\",\n"), ":12:26: not JSON: a comma stands before the closing }"},
		"comma too few":      {edit("1,", "1"), ":2:22: not JSON: a comma is missing here"},
		"no such word":       {edit(`{}`, "nil"), ":7:11: not JSON: JSON does not know nil; write null"},
		"comment":            {edit("{}", "{} // to whom"), ":7:14: not JSON: a comment begins here"},
		"wrong bracket":      {edit("{}", "{]"), ":7:12: not JSON: expected a key in double quotes, found ']'"},
		"byte order mark":    {"\ufeff" + MinimalBody, ":1:1: not JSON: the text begins with a byte order mark"},
		"array":              {"[]", ":1:1: it is not a JSON object"},
		"something follows":  {MinimalBody + "{}", ":15:1: not JSON: a second JSON value follows the first"},
		"invalid UTF-8":      {edit(`"x"`, "\"世\xff\""), ":9:32: invalid UTF-8"},
		"merge conflict":     {edit("  \"name\"", "<<<<<<< HEAD\n  \"name\""), ":4:1: unresolved merge conflict"},
		"rest of a conflict": {edit("  \"name\"", "=======\r\n  \"name\""), ":4:1: unresolved merge conflict"},
		"duplicate key":      {edit(`"write_id"`, `"name"`), `:5:3: the key "name" is there twice`},
		"duplicate deep":     {edit(`"x"`, `[{"k": 1, "k": 1}]`), `:9:40: the key "k" is there twice`},
		"duplicate escaped":  {edit(`"type"`, `"\u4e16界": 1, "type"`), `:9:38: the key "世界" is there twice`},
		"unknown field":      {edit(`"to"`, `"too": 1, "to"`), ":7:5: content.too: unknown field"},
		"unknown at the top": {edit(`"name"`, `"Name": "a", "name"`), ":4:3: Name: unknown field"},
		"wrong type":         {edit(`{}`, `"U1"`), ":7:5: content.to: string where object is expected"},
		"null":               {edit(`"0"`, `null`), ":12:5: content.content_sha256: null where string is expected"},
		"message a number": {
			edit(`"messages": [`, `"messages": [ 7,`), ":8:19: content.messages.0: number where object is expected",
		},
		"missing field":      {edit("    \"to\": {},\n", ""), `:6:3: content: "to" is missing`},
		"missing at the top": {edit("  \"write_id\": \"1\",\n", ""), `:1:1: "write_id" is missing`},
		"older version":      {edit("1,", "0,"), ":2:3: schema_version: does not meet the rule const of its JSON Schema"},
		"newer version": {
			`{"schema_version": 2, "new": true}`, ":1:2: schema_version: written by a newer version of the provider",
		},
		"other kind": {
			edit("line-campaign-bodies", "webhook-templates"), `:3:3: kind: this is a document of the kind "webhook-templates"`,
		},
		"other name": {edit(`"a"`, `"b"`), `:4:3: name: the document in this file is named "b", not "a"`},
		"other case": {edit(`"a"`, `"A"`), "upper from lower case"},
		"too large":  {MinimalBody + strings.Repeat(" ", ts.MaxDocumentBytes), ":1:1: it is larger than 4 MB"},
		"too deep":   {edit(`"x"`, strings.Repeat("[", 1000)+strings.Repeat("]", 1000)), "nested more than 256 deep"},
	} {
		Plant(t, backend, Bodies+"a.json", []byte(test.text))
		store := ts.New(backend, "")
		_, _, err := ts.Read[ts.LineCampaignBody](ctx, store, "a", ts.Revision{})
		if !IsReason(err, ts.Damaged) || !strings.HasPrefix(err.Error(), backend.Location(Bodies+"a.json")+":") ||
			!strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", what, err, test.want)
		}
		if _, revision, err := ts.Read[ts.LineCampaignBody](ctx, store, "healthy", known); revision != known || err != nil {
			t.Errorf("%s: the healthy document: %v", what, err)
		}
		if _, err := ts.Create(ctx, store, "a", FullBody()); err == nil {
			t.Errorf("%s: it was overwritten", what)
		}
		data, _, err := backend.Get(ctx, Bodies+"a.json")
		if err != nil || len(test.text) <= ts.MaxDocumentBytes && string(data) != test.text {
			t.Errorf("%s: it was touched: %s, %v", what, data, err)
		}
	}
}

func testDamagedTemplates(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	backend := newBackend(t)
	Must(ts.Create(t.Context(), ts.New(backend, ""), "other", Template("")))(t)
	for extra, want := range map[string]string{
		`"secret_headers_version": 1.5`:                  "content.secret_headers_version: number where integer is expected",
		`"secret_headers_version": 1.0`:                  "content.secret_headers_version: unexpected number 1.0",
		`"secret_headers_version": 9223372036854775808`:  "content.secret_headers_version: unexpected number",
		`"headers": {"a/b~c": 1}`:                        "content.headers.a/b~c: number where string is expected",
		`"secret_header_names": {"Authorization": "s3"}`: "content.secret_header_names: object where array is expected",
	} {
		Plant(t, backend, "default/webhook-templates/a.json", fmt.Appendf(nil, `{"schema_version": 1, "kind": "webhook-templates",
			"name": "a", "write_id": "", "content": {"http_method": "", "destination_url": "", "content_sha256": "",
			%s}}`, extra))
		_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "a", ts.Revision{})
		WantReason(t, err, ts.Damaged, "a.json:3:", want)
	}
}

func testEditedByHand(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	known := Must(ts.Create(ctx, ts.New(backend, ""), "a", FullBody()))(t)
	edited := strings.Replace(MinimalBody, "{\n", "{ \"$schema\" : \"./my.json\",\n", 1)
	Plant(t, backend, Bodies+"a.json", []byte(edited))
	content, revision, err := ts.Read[ts.LineCampaignBody](ctx, ts.New(backend, ""), "a", known)
	if err != nil || revision.ETag == known.ETag || revision.StoreID != known.StoreID {
		t.Fatalf("got %+v, %v", revision, err)
	}
	if len(content.Messages) != 1 || string(content.Messages[0]) != `{"type":"text","世界":"x"}` || content.Body != "{}" {
		t.Fatalf("got %s", content.Messages)
	}
	_, err = ts.Replace(ctx, ts.New(backend, ""), "a", FullBody(), known)
	WantReason(t, err, ts.Changed)
	Must(ts.Replace(ctx, ts.New(backend, ""), "a", FullBody(), revision))(t)
}

func testDuplicates(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	strayFiles(t, newBackend(t))
	strayFiles(t, &faults{Backend: newBackend(t), keysOnly: true})
}

func strayFiles(t *testing.T, backend ts.Backend) {
	t.Helper()
	ctx := t.Context()
	Must(ts.Create(ctx, ts.New(backend, ""), "a", FullBody()))(t)
	Must(ts.Create(ctx, ts.New(backend, ""), "other", FullBody()))(t)
	read := func(name string) error {
		_, _, err := ts.Read[ts.LineCampaignBody](ctx, ts.New(backend, ""), name, ts.Revision{})
		return err
	}
	where := func(file string) string { return backend.Location(Bodies + file) }

	Plant(t, backend, Bodies+"a~HEAD.json", []byte(MinimalBody))
	WantReason(t, read("a"), ts.DuplicateName, where("a.json"), where("a~HEAD.json"))
	_, err := ts.Create(ctx, ts.New(backend, ""), "a", FullBody())
	WantReason(t, err, ts.DuplicateName, where("a.json"), where("a~HEAD.json"))
	if err := read("other"); err != nil {
		t.Fatalf("another name: %v", err)
	}

	remove(t, backend, Bodies+"a.json")
	WantReason(t, read("a"), ts.Damaged, where("a~HEAD.json"), "Rename it to "+where("a.json"))
	_, err = ts.Create(ctx, ts.New(backend, ""), "a", FullBody())
	WantReason(t, err, ts.Damaged, where("a~HEAD.json"), "Rename it to "+where("a.json"))

	Plant(t, backend, Bodies+"a~branch.json", []byte(MinimalBody))
	WantReason(t, read("a"), ts.DuplicateName, where("a~HEAD.json"), where("a~branch.json"), where("a.json"))
	_, err = ts.Create(ctx, ts.New(backend, ""), "a", FullBody())
	WantReason(t, err, ts.DuplicateName, where("a~HEAD.json"), where("a~branch.json"))
	remove(t, backend, Bodies+"a~HEAD.json")
	remove(t, backend, Bodies+"a~branch.json")

	// As a file system that does not tell the two apart answers.
	Plant(t, backend, Bodies+"A.json", []byte(MinimalBody))
	_, err = ts.Create(ctx, ts.New(backend, ""), "A", FullBody())
	WantReason(t, err, ts.Damaged, where("A.json"), `named "a", not "A"`, "upper from lower case")
	remove(t, backend, Bodies+"A.json")

	for _, ignored := range []string{"notes.txt", ".tmp-a.json123", ".a.json", "a.json.bak"} {
		Plant(t, backend, Bodies+ignored, []byte(MinimalBody))
	}
	Plant(t, backend, Bodies+"unreadable~.json", []byte("<<<<<<< HEAD\n"+MinimalBody))
	WantReason(t, read("a"), ts.NotFound, where("a.json"))
	if err := read("other"); err != nil {
		t.Fatalf("another name: %v", err)
	}
}

func remove(t *testing.T, backend ts.Backend, key string) {
	t.Helper()
	_, etag, err := backend.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if err := backend.Delete(t.Context(), key, etag); err != nil {
		t.Fatal(err)
	}
}
