package templatestore

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

// goldenWriteID stands in the golden files where each write has an id of its own.
const goldenWriteID = "00000000-0000-4000-8000-000000000000"

// spoilable are characters that encoders like to write otherwise.
const spoilable = "<b>&</b> \u2028 \x7f é世😀 \" \\ / \t"

func fullTemplate() WebhookTemplate {
	return WebhookTemplate{
		HTTPMethod:           "POST",
		DestinationURL:       "https://api.line.me/v2/bot/message/push?" + spoilable,
		Headers:              map[string]string{"X-B": spoilable, "Content-Type": "application/json", "": ""},
		SecretHeaders:        []string{"Authorization", spoilable},
		SecretHeadersVersion: new(int64(1<<53 + 1)),
		ContentSHA256:        strings.Repeat("0", 64),
	}
}

func fullOAuth2() *OAuth2 {
	return &OAuth2{
		GrantType: "Client Credentials with JWT", ClientID: spoilable, SecretVersion: new(int64(1)), Username: new("u"),
		PasswordVersion: new(int64(2)), Scopes: new("a b"), AccessTokenURL: "https://auth.example.com/token",
		RefreshTokenURL: new("https://auth.example.com/refresh"), ClientAuthenticationType: "Send Bearer Authentication in Header",
		JWT: &JWT{
			Alg: "RS256", Typ: new("JWT"), Kid: new("k"), Cty: new(""), Crit: new(`["exp"]`), Iss: "i", Sub: "s", Aud: "https://a/",
			Iat: new(false), Exp: "1800", Jti: new("j"),
		},
	}
}

func fullBody() LineCampaignBody {
	return LineCampaignBody{
		WebhookTemplate: new("LINE push"),
		To:              Recipient{ProfileProperty: new("LineID"), Default: new(spoilable), ID: new("C0123")},
		Messages: []json.RawMessage{
			json.RawMessage(`{"type":"text","text":"{{ Profile.Name | default: 'x' }} <b>&</b> > \u003e \u2028` + "\u2028" + `\/"}`),
			json.RawMessage(`{"z":{"b":[12345678901234567890,1.0,1e2,-0,1e400],"a":[]},"a":null,"":{},"é\u00e9":true}`),
		},
		NotificationDisabled:   new(false),
		CustomAggregationUnits: []string{"unit"},
		Body:                   "{\"to\":\"{{ Profile.LineID | default: 'N.A' }}\",\n\"messages\":[]}",
		ContentSHA256:          strings.Repeat("f", 64),
	}
}

func fullLinkedContent() LinkedContent {
	return LinkedContent{
		HTTPMethod:           "GET",
		EndpointURL:          "https://line-messages.example.com/default/line-linked-messages/{{message}}_{{language}}.json?" + spoilable,
		Headers:              map[string]string{"X-B": spoilable, "Accept": "application/json", "": ""},
		SecretHeaders:        []string{"Authorization", spoilable},
		SecretHeadersVersion: new(int64(1<<53 + 1)),
		ContentSHA256:        strings.Repeat("0", 64),
	}
}

func fullLinkedMessages() LineLinkedMessages {
	return LineLinkedMessages{
		Shape:         "3f2a9b1c",
		Parts:         []string{`[{"type":"text","text":"Hello, `, `! \u003e </script> ` + spoilable + "\u0080\uffff\U0010ffff" + `"},{"type":"text","text":"`, `"}]`},
		Unit:          "welcome_1a2b3c4d",
		ContentSHA256: strings.Repeat("f", 64),
		Tags:          []string{"{{ Profile.Name | default: 'there' }}", "{% if Profile.Name == \"世😀\" %}"},
		LinkedContent: "line_messages",
		VariantOf:     new("welcome"),
		TrackVersions: new(true),
		Frozen:        new(false),
		ServedAt:      new("https://line-messages.example.com/default/line-linked-messages/welcome_ja.json?" + spoilable),
	}
}

// fullReceipt has the content of a document that is spelled in ways of its own.
func fullReceipt() Receipt {
	return Receipt{
		ContentSHA256: strings.Repeat("f", 64),
		By:            "ann@example.com " + strings.Trim(spoilable, "\t"),
		At:            "2026-03-01T03:00:00Z",
		Content: json.RawMessage(`{"to":{},"messages":[{"type":"text","text":"<b>&</b> > \u003e \u2028` + "\u2028" + `\/"},` +
			`{"z":{"b":[12345678901234567890,1.0,1e2,-0,1e400],"a":[]},"a":null,"":{},"é\u00e9":true}],"body":"{}","content_sha256":"f"}`),
	}
}

// wantGolden compares a text with a golden file. What is written there is what stores out there hold: it changes with a
// schema version, or not at all.
func wantGolden(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile("testdata/golden/" + file)
	if err != nil || got != string(want) {
		t.Errorf("%s: %v\ngot  %s\nwant %s", file, err, got, want)
	}
}

func goldenDocument[T any](t *testing.T, file string, kind Kind, name string, content T) {
	t.Helper()
	data, writeID, err := encodeDocument(kind, name, content)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	text := strings.Replace(string(data), `"write_id": "`+writeID+`"`, `"write_id": "`+goldenWriteID+`"`, 1)
	wantGolden(t, file, text)
	back, err := decodeDocument[T](data, kind, name)
	if err != nil || !reflect.DeepEqual(back, content) {
		t.Errorf("%s: read back as %+v, %v", file, back, err)
	}
	if peeked, id := peek(data); peeked != name || id != writeID {
		t.Errorf("%s: peeked at %q, %q", file, name, id)
	}
}

func TestGoldenDocuments(t *testing.T) {
	t.Parallel()
	goldenDocument(t, "webhook-template-full.json", WebhookTemplates, "LINE push "+spoilable, fullTemplate())
	goldenDocument(t, "webhook-template-least.json", WebhookTemplates, "a", WebhookTemplate{})
	goldenDocument(t, "webhook-template-empty.json", WebhookTemplates, "a", WebhookTemplate{Headers: map[string]string{}, SecretHeaders: []string{}})
	goldenDocument(t, "webhook-template-basic-auth.json", WebhookTemplates, "a", WebhookTemplate{
		BasicAuth: &BasicAuth{Username: spoilable, PasswordVersion: 1<<53 + 1},
	})
	goldenDocument(t, "webhook-template-oauth2.json", WebhookTemplates, "a", WebhookTemplate{OAuth2: fullOAuth2()})
	goldenDocument(t, "webhook-template-oauth2-least.json", WebhookTemplates, "a", WebhookTemplate{OAuth2: &OAuth2{JWT: &JWT{}}})
	goldenDocument(t, "webhook-template-line-oauth2.json", WebhookTemplates, "a", WebhookTemplate{
		LineOAuth2: &LineOAuth2{ChannelID: "1350031035", KeyID: new("536e453c-aa93-4449-8e90-add2608c6d4b")},
	})
	goldenDocument(t, "line-campaign-body-full.json", LineCampaignBodies, "Campaign "+spoilable, fullBody())
	goldenDocument(t, "line-campaign-body-least.json", LineCampaignBodies, "a", LineCampaignBody{Messages: []json.RawMessage{}})
	goldenDocument(t, "line-campaign-body-empty.json", LineCampaignBodies, "a", LineCampaignBody{
		Messages: []json.RawMessage{json.RawMessage(`{}`)}, CustomAggregationUnits: []string{},
	})
	goldenDocument(t, "line-campaign-body-linked.json", LineCampaignBodies, "a", LineCampaignBody{
		LinkedMessages: new(`{"linked_content":"line_messages","name":"welcome","shape":"2d75dbc3","tags":["{{ Profile.Name }}"]}`),
		TrackVersions:  new(true),
	})
	goldenDocument(t, "linked-content-full.json", LinkedContents, "line_messages "+spoilable, fullLinkedContent())
	goldenDocument(t, "linked-content-least.json", LinkedContents, "a", LinkedContent{})
	goldenDocument(t, "linked-content-empty.json", LinkedContents, "a", LinkedContent{Headers: map[string]string{}, SecretHeaders: []string{}})
	goldenDocument(t, "line-linked-messages-full.json", LinkedMessages, "welcome_ja "+spoilable, fullLinkedMessages())
	goldenDocument(t, "line-linked-messages-least.json", LinkedMessages, "a", LineLinkedMessages{Parts: []string{"[]"}, Tags: []string{}})
	goldenDocument(t, "receipt-full.json", LineCampaignBodies.Receipts(), "Campaign "+spoilable, fullReceipt())
	goldenDocument(t, "receipt-least.json", WebhookTemplates.Receipts(), "a", Receipt{
		ContentSHA256: "0", By: "CI", At: "2026-12-31T23:59:59Z",
	})
	data, err := encode(identity{SchemaVersion: schemaVersion, ID: goldenWriteID})
	if err != nil {
		t.Fatal(err)
	}
	wantGolden(t, "clevertap-template-store.json", string(data))
	if id, err := decodeIdentity(data); id != goldenWriteID || err != nil {
		t.Errorf("the identity is read as %q, %v", id, err)
	}
}

// TestGoldenRevisions pins keys and ETags: state knows documents by them.
func TestGoldenRevisions(t *testing.T) {
	t.Parallel()
	backend := NewLocal(t.TempDir())
	for file, golden := range map[string]struct{ made, key, etag string }{
		"webhook-template-full.json": {
			documentKey("W9R-486-4W5Z", WebhookTemplates, "LINE push "+spoilable),
			"W9R-486-4W5Z/webhook-templates/LINE%20push%20%3Cb%3E%26%3C%2Fb%3E%20%E2%80%A8%20%7F%20%C3%A9%E4%B8%96%F0%9F%98%80%20%22%20%5C%20%2F%20%09.json",
			"52729c5626b5b562fdd4bed29164feb4ba9ef684e73ef31b883ffc4e11168bcf",
		},
		"line-campaign-body-full.json": {
			documentKey(DefaultAccount, LineCampaignBodies, "ようこそ/1"),
			"default/line-campaign-bodies/%E3%82%88%E3%81%86%E3%81%93%E3%81%9D%2F1.json",
			"eae7a14239d6c4f791e5b82d46e5229f636ecc2c2e238682103c233ed50b62d2",
		},
		"linked-content-full.json": {
			documentKey(DefaultAccount, LinkedContents, "line_messages"),
			"default/linked-content/line_messages.json",
			"bbf77f7ce097d4aaba335be03255745b5185418131403bf8664c86554b600f12",
		},
		"line-linked-messages-full.json": {
			documentKey(DefaultAccount, LinkedMessages, "welcome_ja"),
			"default/line-linked-messages/welcome_ja.json",
			"ffde74f3d3bc093721239a4a35f9cafb9de9262e6e10189222cafd7a81fc113b",
		},
		"receipt-full.json": {
			documentKey(DefaultAccount, LineCampaignBodies.Receipts(), "ようこそ/1"),
			"default/receipts/line-campaign-bodies/%E3%82%88%E3%81%86%E3%81%93%E3%81%9D%2F1.json",
			"fdeb41f742e720a6a5d5d6e9a08055dd49473085eea8255c2328fe8e554e1b5f",
		},
		"receipt-least.json": {
			documentKey("W9R-486-4W5Z", WebhookTemplates.Receipts(), "a"),
			"W9R-486-4W5Z/receipts/webhook-templates/a.json",
			"e1a9d171fb0afac99ea89134908328975c2d671ae79994fa0c385801ca2a9045",
		},
		"clevertap-template-store.json": {
			IdentityKey,
			"clevertap-template-store.json",
			"3106659db47be0aa26bbf1af31dbfacbb6ca3cd989afe5afe7d2dd83437ec92f",
		},
	} {
		if golden.made != golden.key {
			t.Errorf("%s has the key %s, want %s", file, golden.made, golden.key)
		}
		data, err := os.ReadFile("testdata/golden/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if etag, err := backend.Put(t.Context(), golden.key, data, ""); etag != golden.etag || err != nil {
			t.Errorf("%s has the ETag %s, %v, want %s", file, etag, err, golden.etag)
		}
	}
}

// TestGoldenDamage pins the place and the words of all that can be wrong with a document besides its syntax.
func TestGoldenDamage(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/golden/by-hand.json")
	if err != nil {
		t.Fatal(err)
	}
	healthy := string(data)
	edit := func(old, new string) string {
		if !strings.Contains(healthy, old) {
			t.Fatalf("nothing to edit: %s", old)
		}
		return strings.Replace(healthy, old, new, 1)
	}
	for what, test := range map[string]struct{ text, want string }{
		"empty":                  {"", "1:1: not JSON: the text is empty; a value is expected"},
		"cut":                    {healthy[:60], "4:2: not JSON: the text ends, but the { of line 1, column 1 is not closed by }; expected a key in double quotes"},
		"HTML":                   {"<html>", "1:1: not JSON: this is HTML or XML, not JSON"},
		"comma too many":         {edit("\"0\"\n", "\"0\",\n"), "12:26: not JSON: a comma stands before the closing }, and JSON allows none there; take it out"},
		"something follows":      {healthy + "{}", "15:1: not JSON: a second JSON value follows the first; several belong into one array, [ … , … ]"},
		"control character":      {edit(`"x"`, "\"\t\""), `9:31: not JSON: a tab stands inside a text; write \t or spaces`},
		"byte order mark":        {"\ufeff" + healthy, "1:1: not JSON: the text begins with a byte order mark, which JSON does not allow: save the file again as UTF-8 without a byte order mark (editors call it BOM or signature)"},
		"lone surrogate":         {edit(`"x"`, `"\ud800"`), `9:31: the escape \ud800 is half of a surrogate pair and stands for no character`},
		"too deep":               {edit(`"x"`, strings.Repeat("[", 253)+strings.Repeat("]", 253)), "9:282: arrays and objects are nested more than 256 deep"},
		"invalid UTF-8":          {edit(`"x"`, "\"世\xff\""), "9:32: invalid UTF-8"},
		"invalid UTF-8 first":    {edit(`"x"`, "\"世\xff\"]<<<<<<< "), "9:32: invalid UTF-8"},
		"merge conflict":         {edit("  \"name\"", "<<<<<<< HEAD\n  \"name\""), "4:1: unresolved merge conflict"},
		"rest of a conflict":     {edit("  \"name\"", "=======\r\n  \"name\""), "4:1: unresolved merge conflict"},
		"conflict after a fault": {edit(`"kind"`, "nonsense\n>>>>>>> branch\n"), "4:1: unresolved merge conflict"},
		"array":                  {"[]", "1:1: it is not a JSON object"},
		"number":                 {" \n7", "2:1: it is not a JSON object"},
		"duplicate key":          {edit(`"write_id"`, `"name"`), `5:3: the key "name" is there twice`},
		"duplicate deep":         {edit(`"x"`, `[{"k": 1, "k": 1}]`), `9:40: the key "k" is there twice`},
		"duplicate escaped":      {edit(`"type"`, `"\u4e16界": 1, "type"`), `9:38: the key "世界" is there twice`},
		"duplicate before kind":  {edit(`"line-campaign-bodies"`, `{"a": 1, "a": 2}`), `3:20: the key "a" is there twice`},
		"duplicate empty":        {edit(`"x"`, `{"": 1, "": 1}`), `9:38: the key "" is there twice`},
		"duplicate with escapes": {edit(`"x"`, `{"a\"\n": 1, "a\u0022\u000a": 1}`), `9:43: the key "a\"\n" is there twice`},
		"two duplicates":         {edit(`"x"`, `{"a": {"b": 1, "b": 2}, "a": 1}`), `9:45: the key "b" is there twice`},
		"unknown field":          {edit(`"to"`, `"too": 1, "to"`), "7:5: content.too: unknown field"},
		"unknown at the top":     {edit(`"name"`, `"Name": "a", "name"`), "4:3: Name: unknown field"},
		"unknown with slash":     {edit(`"to": {}`, `"to": {"a/b~c.d": 1}`), "7:12: content.to.a/b~c.d: unknown field"},
		"unknown and empty":      {edit(`"to": {}`, `"to": {"": 1}`), "7:12: content.to.: unknown field"},
		"several unknown":        {edit(`"to": {}`, `"to": {}, "z": 1, "messages2": 2, "a": 3`), "7:15: content.z: unknown field"},
		"several wrong":          {edit(`{}`, `{"id": 1, "default": 2, "profile_property": 3, "a": 4}`), "7:12: content.to.id: number where string is expected"},
		"tenth message wrong":    {edit(`"x"}`, `"x"}`+strings.Repeat(", {}", 8)+", 10, 11"), "9:68: content.messages.9: number where object is expected"},
		"wrong type":             {edit(`{}`, `"U1"`), "7:5: content.to: string where object is expected"},
		"wrong type deep":        {edit(`{}`, "{\"id\": \n\"a\", \"default\": 5}"), "8:6: content.to.default: number where string is expected"},
		"null":                   {edit(`"0"`, `null`), "12:5: content.content_sha256: null where string is expected"},
		"message a number":       {edit(`"messages": [`, `"messages": [ 7,`), "8:19: content.messages.0: number where object is expected"},
		"messages wrong":         {edit(`"x"}`, `"x"}, {}, "é", null, {}, 7`), "9:40: content.messages.2: string where object is expected"},
		"unit wrong":             {edit(`"body"`, `"custom_aggregation_units": ["a", true], "body"`), "11:39: content.custom_aggregation_units.1: boolean where string is expected"},
		"flag wrong":             {edit(`"body"`, `"notification_disabled": "true", "body"`), "11:5: content.notification_disabled: string where boolean is expected"},
		"body missing":           {edit("    \"body\": \"{}\",\n", ""), `6:3: content: "body" is missing`},
		"missing field":          {edit("    \"to\": {},\n", ""), `6:3: content: "to" is missing`},
		"missing at the top":     {edit("  \"write_id\": \"1\",\n", ""), `1:1: "write_id" is missing`},
		"empty name":             {edit(`"a"`, `""`), "4:3: name: does not meet the rule minLength of its JSON Schema"},
		"version of many digits": {edit("1,", "1."+strings.Repeat("0", 100)+","), "2:122: schema_version: unexpected number 1." + strings.Repeat("0", 100)},
		"older version":          {edit("1,", "0,"), "2:3: schema_version: does not meet the rule const of its JSON Schema"},
		"version in words":       {edit("1,", `"1",`), "2:3: schema_version: does not meet the rule const of its JSON Schema"},
		"version with a point":   {edit("1,", `1.5,`), "2:3: schema_version: does not meet the rule const of its JSON Schema"},
		"version missing":        {edit("\"schema_version\": 1,", ``), `1:1: "schema_version" is missing`},
		"newer version":          {`{"schema_version": 2, "new": true}`, "1:2: schema_version: written by a newer version of the provider (this one knows schema_version 1)"},
		"newer and other":        {edit(`1`, "3"), "2:3: schema_version: written by a newer version of the provider (this one knows schema_version 1)"},
		"version with exponent":  {edit("1,", "2e0,"), "2:3: schema_version: does not meet the rule const of its JSON Schema"},
		"other kind":             {edit("line-campaign-bodies", "webhook-templates"), `3:3: kind: this is a document of the kind "webhook-templates", and "line-campaign-bodies" belong here`},
		"kind a number":          {edit(`"line-campaign-bodies"`, `5`), "3:3: kind: does not meet the rule const of its JSON Schema"},
		"other name":             {edit(`"a"`, `"b"`), `4:3: name: the document in this file is named "b", not "a"`},
		"other case":             {edit(`"a"`, `"A"`), `4:3: name: the document in this file is named "A", not "a" (where a file system does not tell upper from lower case, only one of the two names can be used)`},
		"too large":              {healthy + strings.Repeat(" ", MaxDocumentBytes), "1:1: it is larger than 4 MB"},
	} {
		_, err := decodeDocument[LineCampaignBody]([]byte(test.text), LineCampaignBodies, "a")
		var found *flaw
		if !errors.As(err, &found) {
			t.Errorf("%s: got %v", what, err)
			continue
		}
		if got := fmt.Sprintf("%d:%d: %s", found.line, found.column, found); got != test.want {
			t.Errorf("%s: got %s, want %s", what, got, test.want)
		}
	}
}

// TestGoldenDamageOfLinkedMessages pins what is different where the content is at the top level.
func TestGoldenDamageOfLinkedMessages(t *testing.T) {
	t.Parallel()
	healthy := `{"schema_version": 1, "kind": "line-linked-messages", "name": "a", "write_id": "",
"shape": "", "parts": ["[", "]"], "unit": "", "content_sha256": "", "tags": ["{{ a }}"], "linked_content": "世"}`
	for what, test := range map[string]struct{ old, new, want string }{
		"healthy":            {`"世"`, `"é"`, ""},
		"content below":      {`"shape"`, `"content": {}, "shape"`, "2:1: content: unknown field"},
		"unknown":            {`"shape"`, `"Shape": "", "shape"`, "2:1: Shape: unknown field"},
		"twice":              {`"unit"`, `"shape": "", "unit"`, `2:35: the key "shape" is there twice`},
		"byte order mark":    {`{`, "\ufeff{", "1:1: not JSON: the text begins with a byte order mark, which JSON does not allow: save the file again as UTF-8 without a byte order mark (editors call it BOM or signature)"},
		"missing":            {`"linked_content"`, `"served_at"`, `1:1: "linked_content" is missing`},
		"tags missing":       {`"tags"`, `"variant_of"`, `1:1: "tags" is missing`},
		"wrong type":         {`"unit": ""`, `"unit": 7`, "2:35: unit: number where string is expected"},
		"wrong type of part": {`"["`, `["["]`, "2:24: parts.0: array where string is expected"},
		"wrong flag":         {`"unit"`, `"frozen": "false", "unit"`, "2:35: frozen: string where boolean is expected"},
		"null":               {`"unit"`, `"served_at": null, "unit"`, "2:35: served_at: null where string is expected"},
		"no parts":           {`["[", "]"]`, `[]`, "2:14: parts: does not meet the rule minItems of its JSON Schema"},
		"part too few":       {`, "]"`, ``, "2:14: parts: there must be one part more than tags, and there are 1 and 1"},
		"part too many":      {`"["`, `"[", ""`, "2:14: parts: there must be one part more than tags, and there are 3 and 1"},
		"newer version":      {`1`, `2`, "1:2: schema_version: written by a newer version of the provider (this one knows schema_version 1)"},
		"version of digits":  {`1`, `1.0`, "1:22: schema_version: unexpected number 1.0"},
		"other kind":         {`line-linked-messages`, `linked-content`, `1:23: kind: this is a document of the kind "linked-content", and "line-linked-messages" belong here`},
		"other name":         {`"a"`, `"b"`, `1:55: name: the document in this file is named "b", not "a"`},
	} {
		_, err := decodeDocument[LineLinkedMessages]([]byte(strings.Replace(healthy, test.old, test.new, 1)), LinkedMessages, "a")
		got := ""
		if found, ok := errors.AsType[*flaw](err); ok {
			got = fmt.Sprintf("%d:%d: %s", found.line, found.column, found)
		} else if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", what, got, test.want)
		}
	}
}

// TestGoldenNumbers pins what becomes of numbers that are none of a version.
func TestGoldenNumbers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("9", 100)
	for number, want := range map[string]string{
		"5":                    "",
		"-9223372036854775808": "",
		"9223372036854775808":  "unexpected number 9223372036854775808",
		"1.0":                  "unexpected number 1.0",
		"1e2":                  "unexpected number 1e2",
		"1.5":                  "number where integer is expected",
		long:                   "unexpected number " + long,
		long + ".0":            "unexpected number " + long + ".0",
		"0." + long:            "number where integer is expected",
		"-1." + long:           "number where integer is expected",
		"1e-999999999":         "number where integer is expected",
		"1e999999999":          "unexpected number 1e999999999",
	} {
		text := `{"schema_version": 1, "kind": "webhook-templates", "name": "a", "write_id": "", "content": {"http_method": "",
			"destination_url": "", "content_sha256": "", "secret_headers_version": ` + number + `}}`
		if want != "" {
			want = "content.secret_headers_version: " + want
		}
		_, err := decodeDocument[WebhookTemplate]([]byte(text), WebhookTemplates, "a")
		if got := fmt.Sprint(err); got != want && (err != nil || want != "") {
			t.Errorf("%s: got %s, want %s", number, got, want)
		}
	}
}
