package drift

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// kind is one kind of drift: how it comes about, and what is then found, and nothing else.
type kind struct {
	make func(*world)
	want []string
}

var kinds = map[string]kind{
	"document-edited": {func(w *world) {
		edited := messages("edited", "Hello")
		edited.ContentSHA256 = digest("another")
		create(w, "edited", edited)
	}, []string{"document-edited line-linked-messages/edited"}},
	"receipt-edited": {func(w *world) {
		w.enter(create(w, "noted", template("https://example.com/noted")))
		w.edit(w.templates, "receipts/webhook-templates/noted", "/noted", "/notes")
	}, []string{"receipt-edited webhook-templates/noted"}},
	"plan-and-store-differ": {func(w *world) {
		w.plan = append(w.plan, planned("clevertap_webhook_template.new", "create", "planned", digest("planned"), "false"))
	}, []string{"plan-and-store-differ webhook-templates/planned"}},
	"not-entered": {func(w *world) {
		create(w, "new", template("https://example.com/new"))
	}, []string{"not-entered webhook-templates/new"}},
	"entered-stale": {func(w *world) {
		w.enterAs(create(w, "stale", template("https://example.com/stale")), digest("older"))
	}, []string{"entered-stale webhook-templates/stale"}},
	"still-in-dashboard": {func(w *world) {
		w.drop(w.enter(create(w, "gone", template("https://example.com/gone"))))
	}, []string{"still-in-dashboard webhook-templates/gone"}},
	"messages-missing": {func(w *world) {
		w.enter(create(w, "lost", w.body("nowhere", "")))
	}, []string{"messages-missing line-campaign-bodies/lost"}},
	"shape-differs": {func(w *world) {
		w.enter(create(w, "old", w.body("welcome", "")))
	}, []string{"shape-differs line-campaign-bodies/old"}},
	"served-differs": {func(w *world) {
		slow := messages("slow", "Hello")
		slow.ServedAt = new(w.servedFrom.URL + "/slow")
		create(w, "slow", slow)
		data, err := os.ReadFile(filepath.Join(w.live, "A", "line-linked-messages", "slow.json"))
		if err != nil {
			w.t.Fatal(err)
		}
		w.served["slow"] = strings.Replace(string(data), "Hello", "Older", 1)
	}, []string{"served-differs line-linked-messages/slow"}},
	"token-dead": {func(w *world) { w.line.Token = "another" }, []string{"token-dead"}},
	"token-expiring": {func(w *world) {
		w.line.TokenLives = map[string]time.Duration{"short": time.Hour}
		w.token = "short"
	}, []string{"token-expiring"}},
	"quota-short": {func(w *world) { w.line.MonthlyLimit = 2 }, []string{"quota-short"}},
	"property-missing": {func(w *world) {
		w.enter(create(w, "property", pasted("Nope")))
	}, []string{"property-missing profile property Nope"}},
	"property-spelled-otherwise": {func(w *world) {
		w.enter(create(w, "spelled", pasted("lineID")))
	}, []string{"property-spelled-otherwise profile property lineID"}},
	"campaign-stopped": {func(w *world) {
		w.enter(create(w, "stopped", pasted("")))
		w.campaign(2, "stopped", "stopped")
	}, []string{"campaign-stopped line-campaign-bodies/stopped"}},
	"campaign-runs-undeclared": {func(w *world) {
		w.drop(w.enter(create(w, "runs", pasted("")))) // it is still in the dashboard, of course
		w.campaign(3, "runs", "running")
	}, []string{"campaign-runs-undeclared line-campaign-bodies/runs", "still-in-dashboard line-campaign-bodies/runs"}},
	"saved-after-receipt": {func(w *world) {
		w.record("Campaign Save", "1", "2026-03-01T12:00:01+09:00")
	}, []string{"saved-after-receipt line-campaign-bodies/welcome"}},
}

func TestNothingIsOff(t *testing.T) {
	w := newWorld(t)
	w.start()
	code, found := w.look()
	if code != 0 || len(found.Off) != 0 || found.ID != "" || found.Summary != "nothing is off" {
		t.Errorf("exit %d, %+v", code, found)
	}
	for _, p := range found.Parts {
		if p.State != looked || p.Why != nil {
			t.Errorf("got %+v", p)
		}
	}
	want := []string{"line-account", "version-not-taken line-linked-messages/welcome"}
	if got := named(found.Information); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	requests := len(w.lineServer.Requests())
	t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "")
	t.Setenv("CLEVERTAP_PASSCODE", "")
	code, found = w.look()
	if code != 0 || found.Summary != "nothing is off; not looked at: LINE, CleverTap, audit log" || len(w.lineServer.Requests()) != requests {
		t.Errorf("without credentials: exit %d, %+v", code, found)
	}
}

// Each check that is drift has its kind, which is found and named, alone and with every other, and nothing else is.
func TestEachKindAloneAndInPairs(t *testing.T) {
	var ids []string
	for _, c := range checks {
		if c.off {
			ids = append(ids, c.id)
		}
	}
	if len(ids) != len(kinds) {
		t.Errorf("%d checks, %d kinds", len(ids), len(kinds))
	}
	for i, first := range ids {
		for _, second := range ids[i:] {
			if first == tokenDead.id && second == tokenExpiring.id {
				continue // a token is one or the other
			}
			t.Run(first+" "+second, func(t *testing.T) {
				w := newWorld(t)
				kinds[first].make(w)
				want := slices.Clone(kinds[first].want)
				if second != first {
					kinds[second].make(w)
				}
				if second != first && !(first == tokenDead.id && second == quotaShort.id) { // of a dead token no more is known
					want = append(want, kinds[second].want...)
				}
				slices.Sort(want)
				w.start()
				code, found := w.look()
				if got := named(found.Off); code != 2 || !slices.Equal(got, want) || len(found.ID) != 12 {
					t.Errorf("exit %d, id %q, got %q, want %q\n%+v", code, found.ID, got, want, found.Parts)
				}
			})
		}
	}
}

// The same drift is the same text, whatever else changes, and another one has another identity.
func TestTheSameDriftIsTheSameText(t *testing.T) {
	w := newWorld(t)
	for _, id := range []string{"entered-stale", "property-missing", "saved-after-receipt", "token-expiring", "shape-differs"} {
		kinds[id].make(w)
	}
	w.start()
	identity := func() string {
		got := w.run("--format=markdown")
		before, _, found := strings.Cut(got.Stdout, "<!-- What follows")
		if got.Code != 2 || !found {
			t.Fatalf("got %+v", got)
		}
		return before
	}
	first := identity()
	w.record("Campaign Save", "1", "2026-03-02T12:00:01Z")
	w.lineServer.AddFaults(linetest.ErrorFault(500, "oops"))
	if second := identity(); second != first {
		t.Errorf("got\n%s\nand\n%s", first, second)
	}
	kinds["not-entered"].make(w)
	if third := identity(); third == first || strings.SplitN(third, "\n", 2)[0] == strings.SplitN(first, "\n", 2)[0] {
		t.Errorf("got\n%s\nand\n%s", first, third)
	}
}

// What is entered counts for what campaigns send, not what is declared since.
func TestShapeOfWhatIsEntered(t *testing.T) {
	w := newWorld(t)
	d := w.enter(create(w, "old", w.body("welcome", "")))
	_, known, err := ts.Read[ts.LineCampaignBody](t.Context(), w.template, d.name, ts.Revision{})
	if err == nil {
		_, err = ts.Replace(t.Context(), w.template, d.name, storetest.Sealed(d.name, w.body("welcome", messages("", "").Shape)), known)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.start()
	_, found := w.look()
	want := []string{"entered-stale line-campaign-bodies/old", "shape-differs line-campaign-bodies/old"}
	if got := named(found.Off); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
