package drift

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// That no messages say where they are served is said of messages that were read, and of the others the plan knows it.
func TestServedOfWhatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	w.start()
	m := messages("welcome", "Hello")
	plan := planFile(t, "", strings.ReplaceAll(planned("clevertap_line_linked_messages.a", "no-op", "welcome", m.ContentSHA256, "false"), `"name":"welcome"`,
		`"name":"welcome","linked_content":"line_messages","served_at":"`+w.servedFrom.URL+`/nowhere","shape":"`+m.Shape+`"`))
	w.served["nowhere"] = "not found"
	look := func(args ...string) (code int, found jsonResult) {
		t.Helper()
		got := clitest.Run(t, New(), "", append(args, "--retries=0", "--format=json", w.templates)...)
		if err := json.Unmarshal([]byte(got.Stdout), &found); err != nil {
			t.Fatalf("%v: %+v", err, got)
		}
		return got.Code, found
	}
	storetest.Plant(t, ts.NewLocal(w.live), "A/line-linked-messages/welcome.json", []byte("{"))
	for _, test := range []struct {
		args []string
		why  []string // nil is looked at
	}{
		{nil, []string{"Without --publish-store or a plan of the account, it is not known where messages are served (served_at)."}},
		{[]string{"--publish-store", w.live}, []string{"Of what the publish store has, nothing that can be read says where it is served (served_at)."}},
		{[]string{"--plan", plan}, nil},
		{[]string{"--publish-store", w.live, "--plan", plan}, nil},
		{[]string{"--plan", planFile(t, "")}, []string{"No messages say where they are served (served_at)."}},
	} {
		code, found := look(test.args...)
		p := stateOf(t, found, "served")
		isFound := slices.Contains(named(found.Off), "served-differs line-linked-messages/welcome")
		if !slices.Equal(p.Why, test.why) || (p.State == looked) != (test.why == nil) || isFound != (test.why == nil) || isFound && code != 2 {
			t.Errorf("%q: exit %d, %+v, %q", test.args, code, p, named(found.Off))
		}
	}
}

// What was read is looked at where the store says, and not once more where the plan does.
func TestServedOnce(t *testing.T) {
	w := newWorld(t)
	w.start()
	m := messages("welcome", "Hello")
	plan := planFile(t, "", strings.ReplaceAll(planned("clevertap_line_linked_messages.a", "no-op", "welcome", m.ContentSHA256, "false"), `"name":"welcome"`,
		`"name":"welcome","linked_content":"line_messages","served_at":"`+w.servedFrom.URL+`/welcome","shape":"`+m.Shape+`"`))
	storetest.Plant(t, ts.NewLocal(w.live), "A/line-linked-messages/broken.json", []byte("{"))
	_ = clitest.Run(t, New(), "", "--publish-store", w.live, "--plan", plan, "--retries=0", w.templates)
	asked := 0
	for _, request := range w.servedFrom.Requests() {
		if request.Path == "/welcome" {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("it was asked for %d times", asked)
	}
}
