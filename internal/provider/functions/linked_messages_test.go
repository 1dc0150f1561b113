package functions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// call gives what a function that returns a text returns, or its error.
func call(t *testing.T, s *acctest.Server, name string, arguments ...tftypes.Value) string {
	t.Helper()
	request := &tfprotov6.CallFunctionRequest{Name: name}
	for _, argument := range arguments {
		given, err := tfprotov6.NewDynamicValue(argument.Type(), argument)
		if err != nil {
			t.Fatal(err)
		}
		request.Arguments = append(request.Arguments, &given)
	}
	resp, err := s.CallFunction(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		return fmt.Sprintf("error in argument %d: %s", *resp.Error.FunctionArgument, resp.Error.Text)
	}
	result, err := resp.Result.Unmarshal(tftypes.String)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(acctest.Plain(t, result))
}

// What is published and what is pasted for it, word for word, and what is said of arguments that are none.
func TestLinkedMessagesFunctions(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t, "{}")
	text := func(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }
	flag := func(flag bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, flag) }
	hello := texts(`{ "type": "text", "text": "Hello, {{ Profile.Name | default: 'there' }}! <3 ☀" }`)
	null := tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{text(`{"type":"text","text":"x"}`), tftypes.NewValue(tftypes.String, nil)})
	var said strings.Builder
	for _, test := range []struct {
		what, function string
		arguments      []tftypes.Value
	}{
		{"document", "linked_messages_document", []tftypes.Value{text("welcome"), hello}},
		{"document in another spelling", "linked_messages_document", []tftypes.Value{text("welcome"),
			texts(`{"text":"\u0048ello, {{ Profile.Name | default: 'there' }}! <3 \u2600","type":"text"}`)}},
		{"document of two messages without Liquid", "linked_messages_document", []tftypes.Value{text("a-b"), texts(`{"type":"text","text":"x"}`, `{"type":"text","text":"y"}`)}},
		{"document of no name", "linked_messages_document", []tftypes.Value{text("a b"), hello}},
		{"document of no message", "linked_messages_document", []tftypes.Value{text("welcome"), texts()}},
		{"document of six messages", "linked_messages_document", []tftypes.Value{text("welcome"), texts("{}", "{}", "{}", "{}", "{}", "{}")}},
		{"document of five messages", "linked_messages_document", []tftypes.Value{text("welcome"), texts("{}", "{}", "{}", "{}", "{}")}},
		{"document of a null message", "linked_messages_document", []tftypes.Value{text("welcome"), null}},
		{"document of no JSON", "linked_messages_document", []tftypes.Value{text("welcome"), texts("hello")}},
		{"document of open Liquid", "linked_messages_document", []tftypes.Value{text("welcome"), texts(`{"text":"{{ Profile.Name"}`)}},
		{"reference", "linked_messages_reference", []tftypes.Value{text("line_messages"), text("welcome"), hello}},
		{"reference with versions", "linked_messages_reference", []tftypes.Value{text("line_messages"), text("welcome"), hello, flag(true)}},
		{"reference without versions", "linked_messages_reference", []tftypes.Value{text("line_messages"), text("welcome"), hello, flag(false)}},
		{"reference of two minds", "linked_messages_reference", []tftypes.Value{text("line_messages"), text("welcome"), hello, flag(true), flag(false)}},
		{"reference to no API", "linked_messages_reference", []tftypes.Value{text("line messages"), text("welcome"), hello}},
		{"reference of no name", "linked_messages_reference", []tftypes.Value{text("line_messages"), text(""), hello}},
		{"reference of a null message", "linked_messages_reference", []tftypes.Value{text("line_messages"), text("welcome"), null}},
		{"reference of open Liquid", "linked_messages_reference", []tftypes.Value{text("line_messages"), text("welcome"), texts(`{"text":"{% if x %}"}`)}},
	} {
		fmt.Fprintf(&said, "# %s\n%s\n", test.what, call(t, s, test.function, test.arguments...))
	}
	acctest.Golden(t, "linked_messages.txt", said.String())
}

// Who publishes with another provider pastes what one does who has the resource.
func TestLinkedMessagesReferenceIsTheResources(t *testing.T) {
	t.Parallel()
	const message = `{"type":"text","text":"Hello, {{ Profile.Name }}"}`
	s := acctest.NewServer(t, fmt.Sprintf(`{"publish_store": {"local": {"path": %q}}}`, t.TempDir()))
	applied := s.Apply("clevertap_line_linked_messages", fmt.Sprintf(
		`{"name": "welcome", "linked_content": "line_messages", "messages": [%q], "track_versions": true}`, message))
	state, _ := s.Plain("clevertap_line_linked_messages", applied.NewState).(map[string]any)
	name := tftypes.NewValue(tftypes.String, "welcome")
	got := call(t, s, "linked_messages_reference", tftypes.NewValue(tftypes.String, "line_messages"), name, texts(message), tftypes.NewValue(tftypes.Bool, true))
	if got != state["reference"] {
		t.Errorf("the function gives %s, the resource %v", got, state["reference"])
	}
	document := call(t, s, "linked_messages_document", name, texts(message))
	for _, attribute := range []string{"shape", "content_sha256", "version_unit"} {
		if !strings.Contains(document, fmt.Sprintf("%q", state[attribute])) {
			t.Errorf("%s is %v, and the document %s", attribute, state[attribute], document)
		}
	}
}
