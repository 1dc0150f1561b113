// Package doctor is the subcommand for the first hour on a live account: a check list that checks itself, and a report that
// answers open questions. It knows the clients of LINE's and CleverTap's APIs, and what reads published messages. It reads
// only.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/moby/sys/atomicwriter"
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// doctor is the subcommand with its flags.
type doctor struct {
	flags            flags
	output, progress string
	yes, again       bool
	// atTerminal says whether a person types what is read.
	atTerminal func(stream any) bool
}

// New makes the subcommand.
func New() *cobra.Command { return newCommand(cli.IsTerminal) }

func newCommand(atTerminal func(any) bool) *cobra.Command {
	d := &doctor{atTerminal: atTerminal}
	command := &cobra.Command{
		Use:   "doctor",
		Short: "Check a live account, step by step, and answer open questions",
		Long: `Check a live account, step by step: LINE's token and its rights, CleverTap's credentials, property and message report,
what is served to CleverTap; then what only a person can do in CleverTap's dashboard, confirmed by the unit name of the
test message in LINE's list. It reads only, and never sends a message.

What is asked is said before it is asked: at a terminal, each group waits for a yes. Elsewhere nothing is asked without
--yes, and the steps of a person are left out.

Credentials are read from the environment; what lacks them is not looked at.
  ` + cli.LineCredentials + `
  ` + cli.EnvCleverTapAccountID + `, ` + cli.EnvCleverTapPasscode + `, ` + cli.EnvCleverTapRegion + `
  ` + cli.EnvReadBackHeaderName + `, ` + cli.EnvReadBackHeaderValue + `   what the server of --served-at wants to see
  ` + cli.EnvPublishStoreToken + `   for an http publish store

The report is Markdown, and holds no credentials, IDs, names or addresses: it can be pasted into an issue. It answers the
questions of the guide "What only a live account can answer", as far as something was learnt.

With --progress, what is well is kept, and not asked again: the command can be stopped, and given again to go on. The
file holds no credentials and no IDs either.

The exit code is 0 if all that was looked at is well, 2 if something is not, and else 1 if something could not be looked
at, or is not done. What is kept of an earlier run and not looked at is told with its time, and changes no exit code.`,
		Example: `  clevertap-line doctor --progress doctor.json -o report.md
  clevertap-line doctor --progress doctor.json --profile user-1 --served-at https://line.example.com/welcome.json
  clevertap-line doctor --yes`,
		Args:              func(command *cobra.Command, args []string) error { return cli.Failure(cli.Arguments(command, args)) },
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(command *cobra.Command, _ []string) error { return d.run(command) },
	}
	command.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return cli.Failure(err) }) // 2 is for what is not well
	d.flags.add(command)
	flags := command.Flags()
	flags.StringVarP(&d.output, "output", "o", cli.StandardStream, "`file` for the report, replaced whole; - is standard output")
	flags.StringVar(&d.progress, "progress", "", "`file` that keeps what is well, for the next run")
	flags.BoolVar(&d.yes, "yes", false, "ask without waiting for a yes")
	flags.BoolVar(&d.again, "again", false, "ask again what is kept as well")
	return command
}

func (d *doctor) run(command *cobra.Command) error {
	if d.output == d.progress && d.output != "" { // which may not be there yet
		return cli.Failure(errors.New("--output and --progress name the same file: the report would replace what is kept"))
	}
	if err := cli.KeepInputs(command, d.output, d.progress); err != nil {
		return cli.Failure(err)
	}
	account, err := connect(command, d.flags)
	if err != nil {
		return cli.Failure(err)
	}
	if d.output == "" {
		return cli.Failure(errors.New("--output is the name of a file, or -"))
	}
	if d.progress != "" && filepath.Clean(d.output) == filepath.Clean(d.progress) {
		return cli.Failure(errors.New("--output and --progress are the same file"))
	}
	progress, err := load(d.progress)
	if err != nil {
		return cli.Failure(err)
	}
	account.yes = d.yes
	talk := &talk{cli.NewTalk(command)}
	session := &session{
		doctor: d, account: account, progress: progress, talk: talk, atTerminal: d.atTerminal(command.InOrStdin()), left: map[string]bool{},
	}
	session.settle()
	if !session.atTerminal && !d.yes {
		if err := session.refuse(); err != nil {
			return cli.Failure(err)
		}
	}
	switch err := session.run(command.Context()); {
	case errors.Is(err, cli.ErrStopped):
		return cli.Failure(session.stopped())
	case err != nil:
		return cli.Failure(err)
	}
	text := reportOf(session.known(), account.region)
	if d.output == cli.StandardStream {
		err = cli.Interruptibly(command.Context(), func() error {
			_, err := command.OutOrStdout().Write([]byte(text))
			return err
		})
	} else {
		err = atomicwriter.WriteFile(d.output, []byte(text), 0o644)
	}
	if err != nil {
		return cli.Failure(fmt.Errorf("write the report: %w", err))
	}
	return session.ending()
}

// session is one run.
type session struct {
	*doctor
	account    *account
	progress   *progress
	talk       *talk
	atTerminal bool
	// left are the groups that a person said no to.
	left map[string]bool
}

// of is the trace of what a group looks at.
func (s *session) of(g *group) (of string, given bool) {
	inputs := g.of(s.account)
	return trace(inputs...), inputs != nil
}

// done says whether all that a group has found is kept, and well.
func (s *session) done(g *group) bool {
	kept := s.progress.Groups[g.id]
	if len(kept.Results) == 0 {
		return false
	}
	for _, c := range g.checks {
		if found, ok := kept.Results[c.id]; ok && c.verdict(found) != well {
			return false
		}
	}
	return true
}

func (c *check) verdict(r result) verdict {
	found, _ := c.answer(r.Answer)
	return found.is
}

// refuse lists what would be asked, where nobody can agree to it. Where nothing is left to ask, there is nothing to agree to.
func (s *session) refuse() error {
	anything := false
	var requests []request
	for _, g := range groups {
		_, given := s.of(g)
		anything = anything || given
		if !given || s.done(g) {
			continue
		}
		for _, e := range g.errands {
			if asks := e.asks(s.account); len(asks) > 0 {
				s.talk.announce(g, asks)
				requests = append(requests, asks...)
			}
		}
	}
	switch {
	case len(requests) > 0:
		return errors.New("nothing was asked: standard input is no terminal, so that nobody can agree. Give --yes to ask what is listed above")
	case !anything:
		return errors.New("there is nothing to look at: set " + envLine + ", or " + envCleverTap + ", or give --served-at")
	}
	return nil
}

func (s *session) run(ctx context.Context) error {
	for _, g := range groups {
		if err := s.visit(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

// counts says whether what is known of a group is of this run: it is given, and nobody said no to it. Steps are a person's, whose
// account need not be given.
func (s *session) counts(g *group) bool {
	_, given := s.of(g)
	return (given || g.id == stepsID && s.atTerminal) && !s.left[g.id]
}

// settle drops what is kept of another account, and says what is taken up.
func (s *session) settle() {
	well := 0
	for _, g := range groups {
		kept, ok := s.progress.Groups[g.id]
		if !ok || !s.counts(g) {
			continue
		}
		of, given := s.of(g)
		other := given && kept.Of != of && kept.Of != trace() // the trace of steps whose account was not given
		if other || s.again && (g.id != stepsID || s.atTerminal) {
			if !s.again {
				s.talk.Say("%s: what is kept is of something else, and is asked again.", g.title)
			}
			delete(s.progress.Groups, g.id)
			continue
		}
		for _, c := range g.checks {
			if found, ok := kept.Results[c.id]; ok && c.verdict(found) == "well" {
				well++
			}
		}
	}
	if well > 0 {
		s.talk.Say("Taken up where it stopped: %d checks are well already, and are not asked again. --again asks all.", well)
	}
}

func (s *session) visit(ctx context.Context, g *group) error {
	of, given := s.of(g)
	switch {
	case g.id == stepsID && s.atTerminal:
		return s.walk(ctx, g)
	case g.id == stepsID || !given:
		s.talk.Say("\n%s: not looked at. %s", g.title, g.without)
		return nil
	case s.done(g):
		return nil
	}
	look := &looking{account: s.account, group: g, known: s.progress.all(), found: results{}}
	look.tell = func(format string, args ...any) { s.talk.Say("           %s", printable(fmt.Sprintf(format, args...))) }
	for _, e := range g.errands {
		asks := e.asks(s.account)
		if len(asks) == 0 || e.due != nil && !e.due(s.account) {
			continue
		}
		s.talk.announce(g, asks)
		if !s.yes {
			agreed, err := s.talk.Agrees(ctx, "Ask?")
			if err != nil {
				return err
			}
			if !agreed {
				s.left[g.id] = true
				return nil
			}
		}
		if err := e.look(ctx, look); err != nil {
			return err
		}
	}
	for _, c := range g.checks {
		if found, ok := look.found[c.id]; ok {
			s.show(c, found)
		}
	}
	return s.progress.keep(g, of, look.found, s.account.now())
}

func (s *session) show(c *check, found result) {
	answer, _ := c.answer(found.Answer)
	s.talk.Say("  %-7s  %s: %s", answer.is, c.title, strings.TrimSpace(plain(answer.found+" "+answer.next)))
}

// plain is a text without the marks of Markdown.
func plain(text string) string { return strings.ReplaceAll(text, "`", "") }

// printable is a text without what a terminal would take for orders.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}

// walk goes through the steps of a person, and keeps each answer at once.
func (s *session) walk(ctx context.Context, g *group) error {
	of, given := s.of(g)
	kept, ok := s.progress.Groups[g.id]
	if ok && !given {
		of = kept.Of
	}
	found := results{}
	for id, result := range kept.Results {
		found[id] = result
	}
	for _, step := range steps {
		known := s.progress.all()
		if kept, ok := known[step.id]; step.applies != nil && !step.applies(known) || ok && step.verdict(kept) == well {
			continue
		}
		id, err := s.talk.choose(ctx, step)
		if err != nil {
			return err
		}
		if id == "" {
			continue
		}
		found[step.id] = result{Answer: id}
		s.show(step.check, found[step.id])
		if err := s.progress.keep(g, of, found, s.account.now()); err != nil {
			return err
		}
	}
	return nil
}

// stopped is the error of a run whose input ended.
func (s *session) stopped() error {
	if s.doctor.progress == "" {
		return errors.New("stopped, and nothing is kept: --progress names a file to go on from")
	}
	return errors.New("stopped: give the same command again to go on")
}

// known is what the report is made of.
func (s *session) known() known {
	k := known{results: results{}, earlier: map[string]kept{}, refused: s.left, unsent: s.account.unsent}
	for _, g := range groups {
		switch kept := s.progress.Groups[g.id]; {
		case s.counts(g):
			maps.Copy(k.results, kept.Results)
		case len(kept.Results) > 0:
			k.earlier[g.id] = kept
		}
	}
	return k
}

// ending is what the command ends with.
func (s *session) ending() error {
	end := error(nil)
	known := s.known().results
	for _, g := range groups {
		for _, c := range g.checks {
			found, ok := known[c.id]
			if !ok {
				continue
			}
			switch c.verdict(found) {
			case off:
				return cli.ErrOff
			case unclear:
				end = cli.ErrSaid
			}
		}
	}
	return end
}
