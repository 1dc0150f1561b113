package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
)

// planLog is what the log of `terraform plan -json` says that the plan as JSON does not.
type planLog struct {
	diagnostics []diagnostic
	targeted    bool // some resources only
	ended       bool // it says how many changes there are
	foreign     int  // lines that are none of such a log
}

const (
	// mostLog is how many bytes of a log are read.
	mostLog = 256 << 20

	// The summaries of two warnings of Terraform's and OpenTofu's own. The first is said in the report's words; the second
	// speaks of the machine that planned, its folders in no order.
	targetedSummary  = "Resource targeting is in effect"
	overridesSummary = "Provider development overrides are in effect"
)

// readLog reads the JSON lines that `terraform plan -json` or `tofu plan -json` writes. What walks in parallel comes in an order of
// its own: diagnostics are sorted. Some are there twice.
func readLog(r io.Reader) (log planLog, err error) {
	text, err := io.ReadAll(io.LimitReader(r, mostLog+1))
	if err != nil {
		return log, err
	}
	if len(text) > mostLog {
		return log, fmt.Errorf("this has more than %d bytes", mostLog)
	}
	if err := notALog(text); err != nil {
		return log, err
	}
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			log.add(line)
		}
	}
	slices.SortFunc(log.diagnostics, func(a, b diagnostic) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Address, b.Address), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Summary, b.Summary), cmp.Compare(a.Detail, b.Detail))
	})
	return log, nil
}

// notALog tells a log from what lies beside it, whose lines would all be foreign ones: the plan, and what show says of it.
func notALog(text []byte) error {
	if declared.IsPlanFile(text) {
		return errors.New("this is the plan file itself: give the log that `terraform plan -json` writes to standard output")
	}
	var shown struct {
		FormatVersion string `json:"format_version"`
	}
	if json.Unmarshal(text, &shown) == nil && shown.FormatVersion != "" {
		return errors.New("this is what `terraform show -json` writes, which is PLAN.json: give the log that `terraform plan -json` writes " +
			"to standard output")
	}
	return nil
}

// add reads a line. See "Machine-Readable UI" in Terraform's documentation.
func (l *planLog) add(line []byte) {
	var message struct {
		Type       string `json:"type"`
		Diagnostic struct {
			Severity, Summary, Detail, Address string
			Range                              struct {
				Filename string
				Start    struct{ Line int }
			}
		} `json:"diagnostic"`
	}
	if json.Unmarshal(line, &message) != nil || message.Type == "" {
		l.foreign++
		return
	}
	switch found := message.Diagnostic; {
	case message.Type == "change_summary":
		l.ended = true
	case message.Type != "diagnostic" || found.Summary == overridesSummary:
	case found.Summary == targetedSummary:
		l.targeted = true
	default:
		l.diagnostics = append(l.diagnostics, diagnostic{
			Severity: found.Severity, Address: found.Address, File: found.Range.Filename, Line: found.Range.Start.Line,
			Summary: found.Summary, Detail: found.Detail,
		})
	}
}

// failed says that there is an error.
func (l *planLog) failed() bool {
	return slices.ContainsFunc(l.diagnostics, func(d diagnostic) bool { return d.Severity == severityError })
}
