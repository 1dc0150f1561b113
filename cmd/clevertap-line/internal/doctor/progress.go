package doctor

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/moby/sys/atomicwriter"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// progressVersion is that of the form of a progress file.
const progressVersion = 1

// maxProgress is more than any progress file has.
const maxProgress = 1 << 20

// progress is what is known, and what a file keeps of it from one run to the next: no credentials, no IDs, and no text but
// the ids of checks and answers.
type progress struct {
	file   string // "" keeps nothing
	Groups map[string]kept
}

// kept are the results of one group.
type kept struct {
	// Of is a trace of what was looked at; see [trace]. At is when.
	Of      string    `json:"of"`
	At      time.Time `json:"at,omitzero"`
	Results results   `json:"results"`
}

// file is the form of a progress file.
type file struct {
	Version int             `json:"clevertap_line_doctor"`
	Groups  map[string]kept `json:"groups"`
}

// trace tells one account, URL or profile from another, but not which it is: two bytes of a checksum.
func trace(of ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(of, "\x00")))
	return hex.EncodeToString(sum[:2])
}

// load reads a progress file; one that is not there is empty.
func load(name string) (*progress, error) {
	p := &progress{file: name, Groups: map[string]kept{}}
	if name == "" {
		return p, nil
	}
	opened, err := cli.OpenFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(opened, maxProgress+1))
	if err != nil {
		return nil, err
	}
	if err := p.read(text); err != nil {
		return nil, fmt.Errorf("the progress file %s cannot be read: %w. Name another file to begin anew", name, err)
	}
	return p, nil
}

func (p *progress) read(text []byte) error {
	if len(text) > maxProgress {
		return fmt.Errorf("it has more than %d bytes", maxProgress)
	}
	var version struct {
		Version int `json:"clevertap_line_doctor"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return errors.New("it is no JSON of this command")
	}
	if version.Version != progressVersion {
		return fmt.Errorf("it has version %d, and this command knows version %d", version.Version, progressVersion)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var read file
	if err := decoder.Decode(&read); err != nil {
		return errors.New("it is no JSON of this command")
	}
	for id, kept := range read.Groups {
		g := groupOf(id)
		if g == nil || len(kept.Of) != len(trace()) {
			return errors.New("it holds what this command does not know")
		}
		for id, result := range kept.Results {
			if !g.knows(id, result) {
				return errors.New("it holds what this command does not know")
			}
		}
		p.Groups[id] = kept
	}
	return nil
}

// knows says whether a result is one of the group's.
func (g *group) knows(id string, r result) bool {
	for _, c := range g.checks {
		if c.id == id {
			_, ok := c.answer(r.Answer)
			return ok && r.Status >= 0 && r.Status <= 999 && r.Code >= 0 && r.Code <= mostCode
		}
	}
	return false
}

// keep replaces the results of a group, and writes the file.
func (p *progress) keep(g *group, of string, found results, at time.Time) error {
	p.Groups[g.id] = kept{Of: of, At: at.UTC().Truncate(time.Second), Results: found}
	if p.file == "" {
		return nil
	}
	text, err := json.MarshalIndent(file{progressVersion, p.Groups}, "", "  ")
	if err != nil {
		return err
	}
	if err := atomicwriter.WriteFile(p.file, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the progress file: %w", err)
	}
	return nil
}

// all are the results of all groups.
func (p *progress) all() results {
	all := results{}
	for _, kept := range p.Groups {
		for id, result := range kept.Results {
			all[id] = result
		}
	}
	return all
}
