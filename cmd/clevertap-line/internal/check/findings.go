package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// finding is one problem of a file, or several that are equal.
type finding struct {
	File string `json:"file"`
	region
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Message  string `json:"message"`
	Rule     string `json:"rule"`
	Source   string `json:"source,omitempty"`
	// Count is how many there are, of which this is the first.
	Count int `json:"count"`

	lines []int  // of all
	utf16 region // with columns in UTF-16 code units
}

// region is a stretch of a text, its end behind its last character. Both are from 1, and columns count characters.
type region struct {
	Line      int `json:"line"`
	Column    int `json:"column"`
	EndLine   int `json:"end_line"`
	EndColumn int `json:"end_column"`
}

// findings checks a text as the push body that it is or is part of.
func (c *check) findings(name, text string) []finding {
	part := linebody.PartOf(text)
	var all []finding
	for _, problem := range linebody.ValidateWith([]byte(part.Body()), c.options) {
		problem.Offset -= len(part.Before)
		problem.End -= len(part.Before)
		if part.Before != "" && problem.Rule == ruleTagEscape {
			problem.Severity = linebody.Warning // a plan writes the tags of messages anew
		}
		all = append(all, newFinding(name, text, part.Relative(problem.Path), problem))
	}
	if c.values != nil {
		c.names = append(c.names, linebody.NamesIn(part.Text)...)
		return c.filled(name, part, all)
	}
	return all
}

// ruleTagEscape is the rule on tags that JSON writes with backslashes.
const ruleTagEscape = "liquid-json-escape"

// newFinding is a problem whose offsets are those of the file's text.
func newFinding(name, text, path string, problem linebody.Problem) finding {
	begin, beginUnits := position(text, problem.Offset)
	end, endUnits := position(text, max(problem.Offset, problem.End))
	return finding{
		File:     name,
		region:   region{begin[0], begin[1], end[0], end[1]},
		Severity: problem.Severity.String(),
		Path:     path,
		Message:  problem.Message,
		Rule:     problem.Rule,
		Source:   problem.Source,
		Count:    1,
		lines:    []int{begin[0]},
		utf16:    region{begin[0], beginUnits, end[0], endUnits},
	}
}

// position is a line and a column in characters, and the column in UTF-16 code units.
func position(text string, offset int) (place [2]int, units int) {
	offset = min(max(offset, 0), len(text))
	line, column := linebody.Position([]byte(text), offset)
	before := text[:offset]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	units = 1
	for _, r := range before {
		units += max(1, utf16.RuneLen(r))
	}
	return [2]int{line, column}, units
}

// once makes warnings that say the same one warning.
func once(all []finding) []finding {
	type kind struct{ rule, message string }
	first := map[kind]int{}
	kept := all[:0]
	for _, f := range all {
		at, known := first[kind{f.Rule, f.Message}]
		if known && f.Severity == linebody.Warning.String() && kept[at].Severity == f.Severity {
			kept[at].Count++
			kept[at].lines = append(kept[at].lines, f.lines...)
			continue
		}
		if !known {
			first[kind{f.Rule, f.Message}] = len(kept)
		}
		kept = append(kept, f)
	}
	return kept
}

// text is the message with the path before it, which the root has not, and with the number of those that it stands for.
func (f finding) text() string {
	text := f.Message
	if f.Path != "" {
		text = f.Path + ": " + text
	}
	if f.Count == 1 {
		return text
	}
	text += fmt.Sprintf("; %d times in this file", f.Count)
	lines := slices.Compact(slices.Clone(f.lines))
	if len(lines) == 1 {
		return text
	}
	const most = 5
	var shown []string
	for _, line := range lines[:min(most, len(lines))] {
		shown = append(shown, strconv.Itoa(line))
	}
	if len(lines) > most {
		shown = append(shown, "…")
	}
	return text + ", in lines " + strings.Join(shown, ", ")
}
