package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// testStandings: each object once, with what its document and its receipt say.
func testStandings(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	store := ts.New(backend, "")
	var known ts.Revision
	for _, name := range []string{"deleted", "entered", "new", "stale", "damaged", "receipt damaged"} {
		known = Must(ts.Create(ctx, store, name, body("1")))(t)
		if name != "new" {
			Must(enter(ctx, store, name, ""))(t)
		}
	}
	_, revision, err := ts.Read[ts.LineCampaignBody](ctx, store, "stale", ts.Revision{})
	if err != nil {
		t.Fatal(err)
	}
	Must(ts.Replace(ctx, store, "stale", body("2"), revision))(t)
	remove(t, backend, Bodies+"deleted.json")
	Plant(t, backend, Bodies+"damaged.json", []byte("{"))
	Plant(t, backend, "default/receipts/line-campaign-bodies/receipt%20damaged.json", []byte("{"))
	Plant(t, backend, Bodies+"elsewhere~.json", []byte(strings.Replace(MinimalBody, `"a"`, `"new"`, 1)))
	Plant(t, backend, Bodies+"x~.json", []byte("{"))
	other := ts.New(backend, "W9R/1")
	Must(ts.Create(ctx, other, "a", Template("")))(t)
	Must(ts.Enter(ctx, other, ts.WebhookTemplates, "a", ts.Entering{By: "ann", At: noon()}))(t)

	Must(ts.Create(ctx, other, "welcome", LinkedMessages("a")))(t)
	Must(ts.Create(ctx, store, "welcome", FullLinkedMessages()))(t)
	Must(ts.Create(ctx, store, "line_messages", FullLinkedContent()))(t)
	Plant(t, backend, "default/line-linked-messages/damaged.json", []byte("{"))

	id, standings, err := ts.Standings(ctx, backend)
	if err != nil || id != known.StoreID {
		t.Fatalf("of the store %s: %v", id, err)
	}
	var lines []string
	for _, s := range standings {
		receipt, text := "-", ""
		if s.Receipt != nil {
			receipt = s.Receipt.ContentSHA256
		}
		if (s.Content != nil) != (s.ContentSHA256 != "") || s.Content != nil && !strings.Contains(string(s.Content), s.ContentSHA256) {
			t.Errorf("%s: the content is %s", s.Name, s.Content)
		}
		if s.Err != nil {
			_, text, _ = strings.Cut(s.Err.Error(), "default/")
			text, _, _ = strings.Cut(text, ": ")
		}
		lines = append(lines, fmt.Sprintf("%s %s %q: %q %s %s %s", s.Account, s.Kind, s.Name, s.State, s.ContentSHA256, receipt, text))
	}
	zeroes := Template("").ContentSHA256
	want := []string{
		`W9R/1 line-linked-messages "welcome": "published" ` + zeroes + " - ",
		`W9R/1 webhook-templates "a": "entered" ` + zeroes + " " + zeroes + " ",
		`default line-campaign-bodies "": ""  - line-campaign-bodies/x~.json:1:2`,
		`default line-campaign-bodies "damaged": ""  1 line-campaign-bodies/damaged.json:1:2`,
		`default line-campaign-bodies "deleted": "no longer declared"  1 `,
		`default line-campaign-bodies "entered": "entered" 1 1 `,
		`default line-campaign-bodies "new": "" 1 - line-campaign-bodies/elsewhere~.json`,
		`default line-campaign-bodies "receipt damaged": "" 1 - receipts/line-campaign-bodies/receipt%20damaged.json:1:2`,
		`default line-campaign-bodies "stale": "stale" 2 1 `,
		`default line-linked-messages "damaged": ""  - line-linked-messages/damaged.json:1:2`,
		`default line-linked-messages "welcome": "published" ` + strings.Repeat("f", 64) + " - ",
		`default linked-content "line_messages": "not entered" ` + zeroes + " - ",
	}
	got := strings.ReplaceAll(strings.Join(lines, "\n"), "=", "%") // as http stores write keys
	if got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}

	remove(t, backend, Bodies+"elsewhere~.json")
	_, standings, err = ts.Standings(ctx, &faults{Backend: backend, onGet: func(key string) error {
		if key == Bodies+"entered.json" {
			return ts.ErrAbsent // deleted since it was listed
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range standings {
		if s.Name == "new" && s.State != ts.StateNotEntered || s.Name == "entered" && s.State != ts.StateUndeclared {
			t.Errorf("%s: %s", s.Name, s.State)
		}
	}
	_, _, err = ts.Standings(ctx, &faults{Backend: backend, onGet: func(string) error { return errLost }})
	if WantReason(t, err, ts.Unavailable, "connection reset"); !errors.Is(err, errLost) {
		t.Errorf("%v does not wrap its cause", err)
	}
}
