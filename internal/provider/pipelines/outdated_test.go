package pipelines_test

import (
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// What is applied is the commit that was approved, as long as it is the head of the branch, whoever runs its job again.
func TestAccOutdated(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world, p pipeline) {
		first := w.forge.Head()
		p.applyOf(first).want(true, "", "handoff.html", "report.html")
		w.edit(welcome, "free coffee", "free cake")
		w.here("git commit --quiet --all --message Cake")

		// It is merged while the first is planned again.
		w.atLock(func() { w.push() })
		moved := p.applyOf(first)
		w.atLock(nil)
		second := w.forge.Head()
		moved.want(false, "Error: outdated: use the newest run. This one is of commit "+first+", and the head of main is "+second+
			".\nWhat to do: Nothing was applied.", "report.html")
		if first == second || !strings.Contains(w.published(), "free coffee") {
			t.Fatalf("of %s and %s, %s is published", first, second, w.published())
		}

		// Its own run.
		p.applyOf(second).want(true, "", "handoff.html", "report.html")
		if !strings.Contains(w.published(), "free cake") {
			t.Fatalf("%s is published", w.published())
		}
		p.applyOf(first).want(false, "outdated", "report.html")

		// A forge that does not say where the head is.
		w.edit(welcome, "free cake", "free tea")
		w.here("git commit --quiet --all --message Tea")
		w.push()
		for says, fault := range map[string]standin.Fault{
			"may not do this while asking for the head of the branch (404)": {Status: 404, Body: `{"message":"Not Found"}`},
			"the answer of the forge cannot be read":                        {Status: 200, Body: "<html>Sign in</html>"},
			"the forge names no commit":                                     {Status: 200, Body: `{"object":{"sha":"main"},"commit":{"id":"main"}}`},
			"Unsupported attribute":                                         {Status: 200, Body: `[]`},
			"the forge answered 302":                                        {Status: 302},
		} {
			w.forge.AddFaults(fault)
			p.apply().want(false, says, "report.html")
		}
		w.token = forgetest.ExpiredToken
		p.apply().want(false, "The token is wrong or has expired", "report.html")
		w.token = forgetest.Token
		if !strings.Contains(w.published(), "free cake") {
			t.Fatalf("%s is published", w.published())
		}
		w.forge.AddFaults(standin.Fault{Status: 503, Delay: time.Millisecond}) // which passes
		p.apply().want(true, "", "handoff.html", "report.html")
	})
}
