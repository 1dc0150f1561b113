package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// diagnostic is an error or a warning of Terraform's.
type diagnostic struct {
	Severity string `json:"severity"`
	Address  string `json:"address"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	// Summary and Detail are "" of what is sensitive.
	Summary   string `json:"summary"`
	Detail    string `json:"detail"`
	Sensitive bool   `json:"sensitive"`
}

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
