package profiles

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
)

// identityColumn is the first column's name, in lower case ("CSV Upload", docs.clevertap.com).
const identityColumn = "identity"

// profileRow is one profile in a CSV file.
type profileRow struct {
	line     int
	identity string
	lineID   line.UserID
}

// lineFault is what is wrong with one line of a file. What follows it can still be read.
type lineFault struct {
	line int
	text string
}

func (f *lineFault) Error() string { return fmt.Sprintf("line %d: %s", f.line, f.text) }

// profileRows reads the profiles in a CSV file one after the other (RFC 4180; line ends of either kind; a byte order
// mark is skipped).
type profileRows struct {
	// property is the name of the second column.
	property string
	reader   *csv.Reader
	bounded  *boundedReader
	// last is the line on which the last record ended.
	last int
}

// maxRecord is a hundred times what a profile takes. A quotation mark that nothing closes makes a record of all that
// follows, and of a large file that would all be kept in memory.
const maxRecord = 1 << 20

var errLongRecord = errors.New("the record is longer than 1 MiB")

// boundedReader gives maxRecord bytes at most between two resets.
type boundedReader struct {
	io.Reader
	left int
}

func (r *boundedReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errLongRecord
	}
	n, err := r.Reader.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}

func (r *boundedReader) reset() { r.left = maxRecord }

// newProfileRows reads the header.
func newProfileRows(r io.Reader) (*profileRows, error) {
	bounded := &boundedReader{Reader: r}
	bounded.reset()
	buffered := withoutMark(bounded)
	advice := csvAdvice(buffered)
	reader := csv.NewReader(buffered)
	reader.ReuseRecord = true
	header, err := reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty; its first line is identity and the name of the property, for instance identity,LineID")
	case errors.Is(err, errLongRecord):
		return nil, fmt.Errorf("line 1: %w%s", err, advice)
	case err != nil:
		return nil, fmt.Errorf("%w%s", err, advice)
	case len(header) != 2 || header[0] != identityColumn:
		more := ""
		if len(header) > 2 {
			more = fmt.Sprintf(" and %d more", len(header)-2)
		}
		return nil, fmt.Errorf("line 1: the columns are %.50q%s; there are two, identity and the name of the property, for instance "+
			"identity,LineID%s", header[:min(len(header), 2)], more, advice)
	}
	if err := profileproperty.CheckName(header[1]); err != nil {
		return nil, fmt.Errorf("line 1: %w%s", err, advice)
	}
	reader.FieldsPerRecord = 2
	return &profileRows{property: header[1], reader: reader, bounded: bounded, last: 1}, nil
}

// withoutMark skips a byte order mark, which Windows programs write.
func withoutMark(r io.Reader) *bufio.Reader {
	buffered := bufio.NewReaderSize(r, 64<<10)
	mark := []byte("\ufeff")
	if got, _ := buffered.Peek(len(mark)); bytes.Equal(got, mark) { // a shorter file has none
		_, _ = buffered.Discard(len(mark)) // they were seen
	}
	return buffered
}

// csvAdvice is for a header that is wrong: what to do if the file looks like another kind of CSV. It consumes nothing.
func csvAdvice(r *bufio.Reader) string {
	beginning, _ := r.Peek(r.Size()) // a shorter file has less
	header, _, _ := bytes.Cut(beginning, []byte("\n"))
	if !bytes.ContainsAny(bytes.TrimSuffix(header, []byte("\r")), "\r;\t\x00") {
		return ""
	}
	return ". Save it as CSV UTF-8, separated by commas, with LF or CRLF line ends"
}

// next returns the next profile, a [*lineFault], or io.EOF or another error after which there is nothing.
func (r *profileRows) next() (profileRow, error) {
	r.bounded.reset()
	record, err := r.reader.Read()
	if parsing, ok := errors.AsType[*csv.ParseError](err); ok {
		r.last = parsing.Line
		return profileRow{}, &lineFault{parsing.StartLine, parsing.Err.Error()}
	}
	if errors.Is(err, errLongRecord) {
		return profileRow{}, fmt.Errorf("after line %d: %w. Is there a quotation mark that nothing closes?", r.last, err)
	}
	if err != nil {
		return profileRow{}, err
	}
	row := profileRow{identity: record[0]}
	row.line, _ = r.reader.FieldPos(0)
	r.last, _ = r.reader.FieldPos(1)
	r.last += strings.Count(record[1], "\n")
	if err := clevertap.CheckIdentity(row.identity); err != nil {
		return row, &lineFault{row.line, err.Error()}
	}
	if row.lineID, err = line.ParseUserID(record[1]); err != nil {
		return row, &lineFault{row.line, err.Error()}
	}
	return row, nil
}

// batch returns as many of the next profiles as go into one upload, none at the end. Any fault is an error.
func (r *profileRows) batch() ([]profileRow, error) {
	batch := make([]profileRow, 0, clevertap.MaxUploadRecords)
	for len(batch) < cap(batch) {
		row, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		batch = append(batch, row)
	}
	return batch, nil
}
