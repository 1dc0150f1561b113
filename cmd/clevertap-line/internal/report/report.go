// Package report is the subcommand that tells people what a plan changes: marketers in a pull request, who read texts and no
// JSON. It knows what is declared, how messages are checked and drawn, and nothing that speaks to a network.
package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
)

// report is the subcommand with its flags.
type report struct {
	output, log, format string
	bounds              cli.MarkdownFlags
	showSensitive       bool
}

const (
	formatMarkdown = "markdown"
	formatHTML     = "html"
	formatJSON     = "json"
)

var formats = []string{formatMarkdown, formatHTML, formatJSON}

// New makes the subcommand.
func New() *cobra.Command {
	r := &report{}
	command := &cobra.Command{
		Use:   "report [PLAN.json]",
		Short: "Tell people what a plan changes: as Markdown for a pull request, HTML with pictures, or JSON",
		Long: `Tell what a plan changes for people who get messages, when, and what a person has to enter in CleverTap's dashboard for
it: in words, as a difference of the texts that people see, and as pictures of before and after. PLAN.json is what
terraform show -json or tofu show -json says of a plan; - is standard input. Messages are checked again by the rules of
clevertap-line check. Nothing is asked of a store or of a vendor, and nothing is sent.

The log that terraform plan -json or tofu plan -json writes holds what a plan as JSON does not: errors and warnings. Give
it with --log; of a plan that failed it is all there is, and PLAN.json is left out.

Two plans that mean the same give the same report. What the plan marks as sensitive, and what follows from that, is left
out unless --show-sensitive is given. A plan has no marks of what it did not get to, of data sources, and of expressions:
what errors and warnings say of those is left out, too. A report holds texts that are not published yet.

  markdown    for a comment on a pull request. Texts stand in code alone, where a forge finds no mention, link or
              command. It has at most --limit bytes: details are left out first, then entries are named, then counted
  html        one page without scripts that loads nothing, with pictures of messages
  json        the same facts for programs, as docs/schemas/report.v1.json describes them

The exit code says whether there is a report, and nothing of what is in it.`,
		Example: `  terraform plan -json -out=plan.out > plan.jsonl && terraform show -json plan.out > plan.json
  clevertap-line report plan.json --log plan.jsonl --artifact-url "$URL_OF_THE_PAGE" -o comment.md
  clevertap-line report plan.json --format html -o report.html
  clevertap-line report --log plan.jsonl --limit 1000000`,
		Args: cli.Arguments,
		RunE: func(command *cobra.Command, names []string) error { return r.run(command, names) },
	}
	flags := command.Flags()
	flags.StringVarP(&r.output, "output", "o", cli.StandardStream, "`file` to write, replaced whole; - is standard output")
	flags.StringVar(&r.log, "log", "", "`PLAN.jsonl`: the log of the plan, as terraform plan -json writes it; - is standard input")
	flags.StringVar(&r.format, "format", formatMarkdown, "`form` of the report: markdown, html or json")
	r.bounds.Add(command, "a comment", "the whole report", "report.html")
	flags.BoolVar(&r.showSensitive, "show-sensitive", false,
		"show what the plan marks as sensitive, or did not get to mark; the file is for its owner to read only")
	cli.Complete(command, "format", formats...)
	return command
}

// check looks at the arguments.
func (r *report) check(command *cobra.Command, names []string) error {
	switch {
	case !slices.Contains(formats, r.format):
		return errors.New("--format is " + strings.Join(formats[:2], ", ") + " or " + formats[2])
	case len(names) == 0 && r.log == "":
		return cli.Missing(command, "PLAN.json, or --log of a plan that failed")
	case len(names) == 1 && names[0] == cli.StandardStream && r.log == cli.StandardStream:
		return errors.New("PLAN.json and --log cannot both be standard input")
	}
	return r.bounds.Check(command, r.format == formatMarkdown)
}

func (r *report) run(command *cobra.Command, names []string) error {
	if err := r.check(command, names); err != nil {
		return err
	}
	if err := cli.KeepInputs(command, r.output, append([]string{r.log}, names...)...); err != nil {
		return err
	}
	var plan *declared.Plan
	if len(names) == 1 {
		plan = &declared.Plan{}
		err := read(command, names[0], func(input io.Reader) (err error) {
			*plan, err = declared.ReadPlan(input)
			return err
		})
		if err != nil {
			return cli.Failure(err)
		}
	}
	var log planLog
	if r.log != "" {
		err := read(command, r.log, func(input io.Reader) (err error) {
			log, err = readLog(input)
			return err
		})
		if err != nil {
			return cli.Failure(err)
		}
	}
	if plan == nil && log.ended && !log.failed() {
		return cli.Failure(fmt.Errorf("by %s, the plan did not fail: give PLAN.json, too, which says what changes", cli.ShownName(r.log)))
	}
	text, err := r.write(gather(plan, log, r.showSensitive))
	if err != nil {
		return cli.Failure(err)
	}
	mode := os.FileMode(0o644)
	if r.showSensitive {
		mode = 0o600
	}
	return cli.Failure(cli.WritePage(command, r.output, text, mode))
}

// read opens a file, or standard input, for somebody who reads it.
func read(command *cobra.Command, name string, with func(io.Reader) error) error {
	input, err := cli.OpenInput(command, name)
	if err != nil {
		return err
	}
	defer func() { _ = input.Close() }() // it was only read
	err = cli.Interruptibly(command.Context(), func() error { return with(input) })
	if err != nil && command.Context().Err() == nil {
		return fmt.Errorf("read %s: %w", cli.ShownName(name), err)
	}
	return err
}

func (r *report) write(f facts) ([]byte, error) {
	switch r.format {
	case formatMarkdown:
		text, err := f.markdown(r.bounds.Limit, r.bounds.ArtifactURL)
		return []byte(text), err
	case formatHTML:
		return f.html()
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(f)
	return text.Bytes(), err
}
