package main

import (
	"errors"
	"io"
	"regexp"
	"strings"
)

var (
	heading   = regexp.MustCompile(`^#{2,6} (.+)$`)
	parameter = regexp.MustCompile(`^<!-- parameter start(?: \(props: (required|optional|annotation="[^"]*")\))? -->$`)
	most      = regexp.MustCompile(`Max(?: character limit| columns)?: ` + "`?" + `([0-9][0-9,]*)`)
)

// The headings between which the reference describes messages.
const firstHeading, lastHeading = "Message objects", "Rich menu structure"

// reference reads what the reference says of the parameters under each heading about messages: whether one is required, and the
// greatest lengths or numbers.
func reference(document io.Reader) ([]string, error) {
	text, err := io.ReadAll(document)
	if err != nil {
		return nil, err
	}
	var lines, described []string
	under, inside, need := "", false, ""
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if found := heading.FindStringSubmatch(line); found != nil {
			under = strings.TrimSpace(found[1])
			inside = (inside || under == firstHeading) && under != lastHeading
		}
		found := parameter.FindStringSubmatch(line)
		switch {
		case !inside:
		case found != nil:
			described, need = []string{}, found[1]
		case line == "<!-- parameter end -->" && len(described) > 0:
			lines = append(lines, under+": "+described[0]+" "+need+limits(described[1:]))
			described = nil
		case described != nil && line != "":
			described = append(described, line)
		}
	}
	if len(lines) == 0 {
		return nil, errors.New("the document describes no message")
	}
	return lines, nil
}

// limits are the figures behind "Max".
func limits(described []string) string {
	var all strings.Builder
	for _, line := range described {
		for _, found := range most.FindAllStringSubmatch(line, -1) {
			all.WriteString(" max=" + strings.ReplaceAll(found[1], ",", ""))
		}
	}
	return all.String()
}
