package drift

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	// mostLogs is more than two years have, at six files a day.
	mostLogs = 5000
	// mostUnzipped is how many bytes a file may have when it is unzipped.
	mostUnzipped = 64 << 20
	// mostReasons is how many files that cannot be read are named.
	mostReasons = 3
)

// record is what CleverTap documents of a record ("Automated Audit Log Exports for SIEM"): files of JSON with the fields of the
// dashboard's audit log. Not documented is how they are spelled as keys, whether a file is one array, and the form of the date. Keys
// are taken as the fields are written, an array and objects one after the other are read alike, and a date has to be one of
// RFC 3339: without a time zone it could not be compared.
type record struct {
	Date        *string `json:"Date"`
	Email       string  `json:"Email"`
	Action      *string `json:"Action"`
	ActionID    any     `json:"Action ID"` // a number or a text
	Description string  `json:"Description"`

	at time.Time
}

// isSave says whether a record is one of the two that CleverTap's pages give as that of a campaign that was saved.
func (r record) isSave() bool {
	return strings.EqualFold(*r.Action, "Campaign Save") || strings.HasPrefix(strings.ToLower(r.Description), "saved campaign")
}

func (r record) id() string {
	switch id := r.ActionID.(type) {
	case json.Number:
		return id.String()
	case string:
		return id
	}
	return ""
}

func (r record) String() string {
	return fmt.Sprintf("%s by %s at %s, %s", cli.Printable(*r.Action), cli.Printable(r.Email), r.at.UTC().Format(time.RFC3339),
		cli.Printable(r.id()))
}

// auditReading reads the audit logs that CleverTap exports to a bucket.
type auditReading struct {
	part *part
	logs logs
	// objects are those of the template store; campaigns are those of each body's name, nil if they are not known.
	objects   []object
	campaigns map[string][]clevertap.Campaign
}

func (a auditReading) look(ctx context.Context) {
	var watched []*watch
	for _, o := range a.objects {
		if o.Receipt == nil || o.declared == nil {
			continue
		}
		at, err := time.Parse(time.RFC3339, o.Receipt.At)
		if err != nil {
			a.part.failOf(o.name(), fmt.Errorf("its receipt has no time: %w", err))
			continue
		}
		w := &watch{object: o, since: at}
		for _, campaign := range a.campaigns[o.Name] {
			w.ids = append(w.ids, campaign.ID)
		}
		watched = append(watched, w)
	}
	a.read(ctx, watched)
	for _, w := range watched {
		if w.save != nil {
			a.part.found(savedLater, w.object.name(), "%s.", w.save)
		}
		if w.mention != nil {
			a.part.found(auditMention, w.object.name(), "%s.", w.mention)
		}
	}
	isBody := func(w *watch) bool { return w.object.Kind == templatestore.LineCampaignBodies }
	if a.campaigns == nil && slices.ContainsFunc(watched, isBody) {
		if a.part.state == looked {
			a.part.state = notLooked
		}
		a.part.why = append(a.part.why, "Records name campaigns by their IDs, which CleverTap's message report tells: without it, campaign "+
			"bodies are not looked for.")
	}
}

// read reads all files for what is watched.
func (a auditReading) read(ctx context.Context, watched []*watch) {
	names, err := a.logs.list(ctx)
	switch {
	case err != nil:
		a.part.fail(err)
		return
	case len(names) == 0:
		a.part.fail(errors.New("there is no file whose name ends with .zip. CleverTap writes audit/ACCOUNT/audit_ACCOUNT_TIMESTAMP.zip every " +
			"four hours: give the place that has the folder audit, or a folder in it"))
		return
	case len(names) > mostLogs:
		a.part.fail(fmt.Errorf("there are %d files, and %d are read at most. Give the folder of the account, or remove old files",
			len(names), mostLogs))
		return
	}
	slices.Sort(names)
	failed := make([]error, len(names))
	found := make([][]sighting, len(names))
	group := errgroup.Group{}
	group.SetLimit(atATime)
	for i, name := range names {
		group.Go(func() error {
			data, err := a.logs.read(ctx, name)
			if err == nil {
				found[i], err = sightings(data, watched)
			}
			if err != nil {
				failed[i] = fmt.Errorf("%s: %w", cli.Printable(name), err)
			}
			return nil
		})
	}
	_ = group.Wait() // they keep their errors
	for _, s := range slices.Concat(found...) {
		s.watch.note(s.record)
	}
	failed = slices.DeleteFunc(failed, func(err error) bool { return err == nil })
	for i, err := range failed {
		if i == mostReasons {
			a.part.fail(fmt.Errorf("%d more files cannot be read", len(failed)-mostReasons))
			break
		}
		a.part.fail(err)
	}
}

// watch is an object whose records are looked for.
type watch struct {
	object object
	since  time.Time
	ids    []string
	// save and mention are the first records since then: later ones change nothing of what is told.
	save, mention *record
}

// sighting is a record of a watched object.
type sighting struct {
	watch  *watch
	record record
}

// concerns says whether a record is of the object: of its campaigns by ID, of others by a name.
func (w *watch) concerns(r record) bool {
	if w.object.Kind == templatestore.LineCampaignBodies {
		return slices.Contains(w.ids, r.id())
	}
	return r.id() == w.object.Name || hasWord(r.Description, w.object.Name)
}

func (w *watch) note(r record) {
	first := &w.mention
	if w.object.Kind == templatestore.LineCampaignBodies && r.isSave() {
		first = &w.save
	}
	if *first == nil || cmp.Or(r.at.Compare((*first).at), cmp.Compare(r.String(), (*first).String())) < 0 {
		*first = &r
	}
}

// hasWord says whether a name is in a text, and not as part of a longer word.
func hasWord(text, name string) bool {
	isPart := func(r rune, _ int) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' }
	for rest := text; ; rest = rest[1:] {
		next := strings.Index(rest, name)
		if next < 0 {
			return false
		}
		rest = rest[next:]
		before := text[:len(text)-len(rest)]
		if !isPart(utf8.DecodeLastRuneInString(before)) && !isPart(utf8.DecodeRuneInString(rest[len(name):])) {
			return true
		}
	}
}

// sightings are the records of a file that are of watched objects, and later than their receipts. With an error, they are those
// before it.
func sightings(data []byte, watched []*watch) (found []sighting, err error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("this is no zip file: %w", err)
	}
	left := int64(mostUnzipped)
	for _, entry := range archive.File {
		if entry.FileInfo().IsDir() {
			continue
		}
		file, err := entry.Open()
		if err != nil {
			return found, err
		}
		limited := &io.LimitedReader{R: file, N: left + 1}
		err = records(limited, func(r record) error {
			for _, w := range watched {
				if !w.concerns(r) {
					continue
				}
				if r.at, err = time.Parse(time.RFC3339, *r.Date); err != nil {
					return fmt.Errorf("the date %s is not written as in RFC 3339, with a time zone, and cannot be compared", httpclient.Excerpt(*r.Date))
				}
				if r.at.After(w.since) {
					found = append(found, sighting{w, r})
				}
			}
			return nil
		})
		_ = file.Close() // it was only read
		if left = limited.N - 1; left < 0 {
			return found, fmt.Errorf("it has more than %d bytes when it is unzipped", mostUnzipped)
		}
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// noRecord says what is not as a record has it.
func noRecord(err error) error {
	mismatch, typed := errors.AsType[*json.UnmarshalTypeError](err)
	if !typed {
		return fmt.Errorf("these are no records of an audit log: %w", err)
	}
	return fmt.Errorf("these are no records of an audit log: %s is a JSON %s", cmp.Or(mismatch.Field, "one of them"), mismatch.Value)
}

// records reads objects, one after the other or in arrays.
func records(r io.Reader, each func(record) error) error {
	decoder := json.NewDecoder(r)
	decoder.UseNumber()
	for {
		var text json.RawMessage
		if err := decoder.Decode(&text); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("this is not JSON: %w", err)
		}
		all := []record{{}}
		into := any(&all[0])
		if text[0] == '[' {
			into = &all
		}
		values := json.NewDecoder(bytes.NewReader(text))
		values.UseNumber()
		if err := values.Decode(into); err != nil {
			return noRecord(err)
		}
		for _, one := range all {
			if one.Date == nil || one.Action == nil {
				return errors.New("a record has no Date or no Action, which CleverTap documents")
			}
			if err := each(one); err != nil {
				return err
			}
		}
	}
}
