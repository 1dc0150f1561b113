package doctor

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// errStopped ends a conversation whose input has ended.
var errStopped = errors.New("the input has ended")

// talk is the conversation with a person, apart from the report.
type talk struct {
	in  *bufio.Reader
	out io.Writer
}

func (t *talk) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// ask reads one line.
func (t *talk) ask(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(t.out, prompt)
	var line string // no result: after an interrupt, the read goes on
	err := cli.Interruptibly(ctx, func() (err error) {
		line, err = t.in.ReadString('\n')
		return err
	})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.Is(err, io.EOF):
		t.say("")
		return "", errStopped
	}
	return strings.TrimSpace(line), err
}

// agrees asks for a yes or a no until there is one.
func (t *talk) agrees(ctx context.Context) (bool, error) {
	for {
		answer, err := t.ask(ctx, "Ask? [y/n] ")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
	}
}

// choose asks which of the answers it was; "" is none yet.
func (t *talk) choose(ctx context.Context, s step) (id string, err error) {
	t.say("\n%s", s.title)
	for _, line := range s.do {
		t.say("  %s", line)
	}
	for i, answer := range s.answers {
		t.say("  %2d  %s", i+1, answer.choice)
	}
	for {
		answer, err := t.ask(ctx, "Number, or Enter to leave it for later: ")
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
	t.say("\n%s", g.title)
	for _, r := range requests {
		count := "1 request"
		if r.most > 1 {
			count = fmt.Sprintf("up to %d requests", r.most)
		}
		note := ""
		if r.note != "" {
			note = " (" + r.note + ")"
		}
		t.say("  %-4s %s, %s, with %s%s", r.method, cli.Printable(r.url), count, r.credential, note)
	}
}
