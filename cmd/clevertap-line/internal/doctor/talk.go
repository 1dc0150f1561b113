package doctor

import (
	"context"
	"fmt"
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// talk is the conversation with a person, apart from the report.
type talk struct{ cli.Talk }

// choose asks which of the answers it was; "" is none yet.
func (t *talk) choose(ctx context.Context, s step) (id string, err error) {
	t.Say("\n%s", s.title)
	for _, line := range s.do {
		t.Say("  %s", line)
	}
	for i, answer := range s.answers {
		t.Say("  %2d  %s", i+1, answer.choice)
	}
	for {
		answer, err := t.Ask(ctx, "Number, or Enter to leave it for later: ")
		if err != nil || answer == "" {
			return "", err
		}
		if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(s.answers) {
			return s.answers[n-1].id, nil
		}
	}
}

// announce says what a group would ask.
func (t *talk) announce(g *group, requests []request) {
	t.Say("\n%s", g.title)
	for _, r := range requests {
		count := "1 request"
		if r.most > 1 {
			count = fmt.Sprintf("up to %d requests", r.most)
		}
		note := ""
		if r.note != "" {
			note = " (" + r.note + ")"
		}
		t.Say("  %-4s %s, %s, with %s%s", r.method, cli.Printable(r.url), count, r.credential, note)
	}
}
