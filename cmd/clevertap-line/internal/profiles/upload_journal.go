package profiles

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
)

// journalHeader is what an upload is bound to. It is the first line of a journal.
type journalHeader struct {
	CSV       string `json:"csv_sha256"`
	AccountID string `json:"account_id"`
	API       string `json:"api"` // region or URL
	Property  string `json:"property"`
	BatchSize int    `json:"batch_size"`
}

// journalEntry is one line for each batch that CleverTap has answered for.
type journalEntry struct {
	Batch   int              `json:"batch"`
	Refused []journalRefusal `json:"refused,omitempty"`
}

type journalRefusal struct {
	Index   int    `json:"index"`
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// journal is the memory of an upload that may be interrupted at any instant: a file beside the CSV file. A batch that
// was sent but is not in it is sent again, which changes nothing. That is why a line that was not written whole or is
// damaged, and what follows it, may simply be cut off, and why nothing waits for the disk. It is used by one goroutine
// at a time.
type journal struct {
	file    *os.File
	remove  func(name string) error
	rows    int
	end     int64
	entries map[int]int64 // where the line of a batch begins
	refused int
}

// maxJournalLine is ten times what a batch of refusals takes. What is longer is damage.
const maxJournalLine = 1 << 20

// openJournal opens the journal of an upload of so many profiles or begins one. A file that belongs to another upload is
// an error.
func openJournal(name string, header journalHeader, rows int) (_ *journal, err error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = file.Close() // the first error is the one to tell
		}
	}()
	j := &journal{file: file, remove: os.Remove, rows: rows, entries: map[int]int64{}}
	want, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewReaderSize(file, maxJournalLine)
	first, err := lines.ReadSlice('\n')
	switch {
	case errors.Is(err, io.EOF) && bytes.HasPrefix(want, first): // new, or ended while it was begun
		err = errors.Join(file.Truncate(0), j.write(header))
		return j, err
	case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull):
		return nil, err
	case !bytes.Equal(bytes.TrimSuffix(first, []byte("\n")), want):
		return nil, fmt.Errorf("%s is the journal of an upload with another content or other settings: %s. To begin anew, delete it; "+
			"what was uploaded before is then uploaded once more, which does no harm", name, otherHeader(first, header))
	}
	j.end = int64(len(first))
	if err := j.read(lines); err != nil {
		return nil, err
	}
	return j, file.Truncate(j.end)
}

func otherHeader(line []byte, want journalHeader) string {
	var got journalHeader
	switch {
	case json.Unmarshal(line, &got) != nil || got.CSV == "":
		return "it is no journal at all"
	case got.CSV != want.CSV:
		return "the CSV file has changed since"
	}
	return fmt.Sprintf("it went to account %s at %s, property %s", cli.Printable(got.AccountID), cli.Printable(got.API),
		cli.Printable(got.Property))
}

// read takes in the lines of batches, up to one that is not whole or is damaged.
func (j *journal) read(lines *bufio.Reader) error {
	for {
		line, err := lines.ReadSlice('\n')
		if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
			return nil
		}
		if err != nil {
			return err
		}
		entry, sound := j.parse(line)
		if !sound {
			return nil
		}
		j.note(entry, len(line))
	}
}

// parse reads the line of a batch. What this upload would not have written is damage: other spelling, a batch or a
// profile that the file does not have, a batch that was there before.
func (j *journal) parse(line []byte) (entry journalEntry, sound bool) {
	if json.Unmarshal(line, &entry) != nil {
		return entry, false
	}
	again, err := encodeLine(entry)
	if err != nil || !bytes.Equal(again, line) || j.done(entry.Batch) ||
		entry.Batch < 0 || entry.Batch >= batchCount(j.rows) {
		return entry, false
	}
	size := batchSize(entry.Batch, j.rows)
	outside := func(r journalRefusal) bool { return r.Index < 0 || r.Index >= size }
	return entry, len(entry.Refused) <= size && !slices.ContainsFunc(entry.Refused, outside)
}

func (j *journal) note(entry journalEntry, length int) {
	j.refused += len(entry.Refused)
	j.entries[entry.Batch] = j.end
	j.end += int64(length)
}

func (j *journal) write(value any) error {
	line, err := encodeLine(value)
	if err != nil {
		return err
	}
	if _, err := j.file.WriteAt(line, j.end); err != nil {
		return err
	}
	if entry, ok := value.(journalEntry); ok {
		j.note(entry, len(line))
	} else {
		j.end += int64(len(line))
	}
	return nil
}

func encodeLine(value any) ([]byte, error) {
	line, err := json.Marshal(value)
	return append(line, '\n'), err
}

// done says whether CleverTap has answered for a batch.
func (j *journal) done(batch int) bool {
	_, done := j.entries[batch]
	return done
}

// finish notes CleverTap's answer for a batch.
func (j *journal) finish(batch int, result clevertap.UploadResult) error {
	entry := journalEntry{Batch: batch}
	for _, refusal := range result.Refused {
		message := strings.ToValidUTF8(refusal.Message, string(utf8.RuneError)) // as it is when it is read again
		entry.Refused = append(entry.Refused, journalRefusal{refusal.Index, refusal.Code, message})
	}
	return j.write(entry)
}

// refusals are what was refused of a finished batch.
func (j *journal) refusals(batch int) ([]journalRefusal, error) {
	at := j.entries[batch]
	var entry journalEntry
	err := json.NewDecoder(io.NewSectionReader(j.file, at, j.end-at)).Decode(&entry)
	return entry.Refused, err
}

func (j *journal) close() error { return j.file.Close() }

// discard takes the journal away. It is closed first, for Windows removes no open file.
func (j *journal) discard() error {
	_ = j.close() // nothing of it is needed any more
	return j.remove(j.file.Name())
}
