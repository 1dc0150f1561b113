package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// mostAnnotations is how many annotations of one severity GitHub shows of a step (github.com/actions/toolkit,
// docs/problem-matchers.md, "Limitations"). The log has all.
const mostAnnotations = 10

// Workflow commands (GitHub, "Workflow commands for GitHub Actions") escape what would end them. Actions' own toolkit
// (@actions/core, command.ts) says how.
var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes each problem as a workflow command that annotates its line.
func writeGitHub(w io.Writer, all []finding) error {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "::%s ", f.Severity)
		if f.File != cli.ShownName(cli.StandardStream) {
			fmt.Fprintf(&b, "file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,",
				commandProperty.Replace(inRepository(f.File)), f.Line, f.EndLine, f.Column, f.EndColumn)
		}
		fmt.Fprintf(&b, "title=%s::%s\n", commandProperty.Replace(f.Rule), commandData.Replace(f.text()))
	}
	errors := countErrors(all)
	if warnings := len(all) - errors; errors > mostAnnotations || warnings > mostAnnotations {
		fmt.Fprintf(&b, "::notice::%d errors and %d warnings; GitHub shows %d of each in a step's annotations, and all in its log\n",
			errors, warnings, mostAnnotations)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// gitLabProblem is what GitLab reads of a problem ("Code Quality report format").
type gitLabProblem struct {
	Description string `json:"description"`
	CheckName   string `json:"check_name"`
	Fingerprint string `json:"fingerprint"`
	Severity    string `json:"severity"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	} `json:"location"`
}

// gitLabOf is a code quality report. A fingerprint stays when lines move: it is made of the file, the rule, the path and the
// message, and tells apart those that are equal in all four.
func gitLabOf(all []finding) []gitLabProblem {
	severities := map[string]string{linebody.Error.String(): "major", linebody.Warning.String(): "minor"}
	report := make([]gitLabProblem, len(all)) // never null
	seen := map[string]int{}
	for i, f := range all {
		identity := strings.Join([]string{inRepository(f.File), f.Rule, f.Path, f.Message}, "\x00")
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", identity, seen[identity]))
		seen[identity]++
		problem := &report[i]
		problem.Description, problem.CheckName, problem.Severity = f.text(), f.Rule, severities[f.Severity]
		problem.Fingerprint = hex.EncodeToString(sum[:])
		problem.Location.Path, problem.Location.Lines.Begin = inRepository(f.File), f.Line
	}
	return report
}

// inRepository is a file's name as GitHub and GitLab match it: with slashes, from the folder that the command runs in.
func inRepository(name string) string {
	if filepath.IsAbs(name) {
		if folder, err := os.Getwd(); err == nil {
			if inside, err := filepath.Rel(folder, name); err == nil && filepath.IsLocal(inside) {
				name = inside
			}
		}
	}
	return filepath.ToSlash(filepath.Clean(name))
}
