package clevertap

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// MaxUploadRecords is the largest number of records in one call ("Upload User Profiles API").
const MaxUploadRecords = 1000

const uploadProfiles = "upload profiles"

// UploadResult is what became of the records of one call: each was either processed or refused.
type UploadResult struct {
	// Processed is the number of records that CleverTap took.
	Processed int
	// Refused are the others, in the order of CleverTap's answer.
	Refused []Refusal
}

// Refusal is a record that CleverTap did not take. What the profile was before, it still is.
type Refusal struct {
	// Index is the record's place in the call, from 0.
	Index    int
	Identity string
	// Code is CleverTap's, for example 523 ("API Errors"); 0 if the answer gives none.
	Code int
	// Message is CleverTap's own, without its closing "Skipped record number", which counts within the call.
	Message string
}

// String is the message with its code.
func (r Refusal) String() string {
	if r.Code == 0 {
		return r.Message
	}
	return fmt.Sprintf("%s (code %d)", r.Message, r.Code)
}

// Upload writes up to [MaxUploadRecords] profiles in one call, and creates those that do not exist. A record that fails
// [Record.Check] or an identity that comes twice is an error before anything is sent.
//
// That CleverTap refuses records is no error: they are in the result. A request that it refuses as a whole is an
// [*APIError]. After an error it is not known which records were taken, but the call may always be made again with the
// same records. Upload does so by itself after an answer that was lost or may be another one a moment later.
func (c *Client) Upload(ctx context.Context, records []Record) (UploadResult, error) {
	b, err := encode(records)
	if err != nil {
		return UploadResult{}, err
	}
	return c.send(ctx, b)
}

// batch is the records of one call, ready to be sent.
type batch struct {
	records   []Record
	positions map[string]int // by identity
	body      []byte
}

func encode(records []Record) (batch, error) {
	refuse := func(format string, args ...any) (batch, error) {
		return batch{}, fmt.Errorf(uploadProfiles+": "+format+". The call was not made", args...)
	}
	if len(records) == 0 || len(records) > MaxUploadRecords {
		return refuse("%d records are not between 1 and %d", len(records), MaxUploadRecords)
	}
	positions := make(map[string]int, len(records))
	body := append(make([]byte, 0, 128*len(records)), `{"d":[`...)
	for i, record := range records {
		if err := record.Check(); err != nil {
			return refuse("record %d: %w", i+1, err)
		}
		if first, twice := positions[record.Identity]; twice {
			return refuse("records %d and %d have the same identity %q", first+1, i+1, record.Identity)
		}
		positions[record.Identity] = i
		if i > 0 {
			body = append(body, ',')
		}
		body = record.appendJSON(body)
	}
	return batch{records, positions, append(body, "]}"...)}, nil
}

func (c *Client) send(ctx context.Context, b batch) (UploadResult, error) {
	defer c.schema.forget()
	response, err := c.post(ctx, uploadProfiles, "/1/upload", b.body)
	if err != nil {
		return UploadResult{}, err
	}
	if response.StatusCode != http.StatusOK {
		return UploadResult{}, c.apiError(uploadProfiles, response)
	}
	return c.uploadResult(response, b)
}

// uploadResult reads an answer with status 200. Its own status is success, partial or fail, but older answers say
// success although all records were refused, so that only the counts decide.
func (c *Client) uploadResult(response *httpclient.Response, b batch) (UploadResult, error) {
	var answer struct {
		envelope
		Processed   int           `json:"processed"`
		Unprocessed []unprocessed `json:"unprocessed"`
	}
	if err := decode(response.Body, &answer); err != nil {
		return UploadResult{}, c.unusable(uploadProfiles, response, fmt.Sprintf("not with the result of an upload (%v)", err))
	}
	switch answer.Status {
	case "success", "partial":
	case "fail":
		if len(answer.Unprocessed) == 0 {
			return UploadResult{}, c.apiError(uploadProfiles, response)
		}
	default:
		return UploadResult{}, c.unusable(uploadProfiles, response, "with the status "+httpclient.Excerpt(response.Redact(answer.Status)))
	}
	if answer.Processed < 0 || answer.Processed+len(answer.Unprocessed) != len(b.records) {
		return UploadResult{}, fmt.Errorf("%s: of %d records, CleverTap answered that it took %d and refused %d, and the rest "+
			"is not accounted for%s. Upload the same records again: that does no harm",
			uploadProfiles, len(b.records), answer.Processed, len(answer.Unprocessed), vendor.RequestIDNote(response.RequestID()))
	}
	result := UploadResult{Processed: answer.Processed}
	refused := make(map[int]bool, len(answer.Unprocessed))
	for _, entry := range answer.Unprocessed {
		index, known := entry.index(b)
		message := response.Redact(entry.message())
		if !known || refused[index] {
			return UploadResult{}, fmt.Errorf("%s: CleverTap refused %d of %d records, but not every refusal says of which: %q%s. "+
				"Upload the records in smaller groups to find them: taking one twice does no harm",
				uploadProfiles, len(answer.Unprocessed), len(b.records), message, vendor.RequestIDNote(response.RequestID()))
		}
		refused[index] = true
		result.Refused = append(result.Refused, Refusal{
			Index: index, Identity: b.records[index].Identity, Code: number(entry.Code), Message: message,
		})
	}
	return result, nil
}

// unprocessed is one refused record in an answer.
type unprocessed struct {
	Code   json.Number     `json:"code"`
	Error  string          `json:"error"`
	Record json.RawMessage `json:"record"`
}

// UnmarshalJSON reads both forms there are: an object with code, error and record, the record as an object or as a
// text that holds one; and an older one with a single key, which is the record's text, and the error as its value.
func (u *unprocessed) UnmarshalJSON(body []byte) error {
	type plain unprocessed
	if err := decode(body, (*plain)(u)); err != nil {
		return err
	}
	if u.Error != "" {
		return nil
	}
	var keyed map[string]json.RawMessage
	if err := decode(body, &keyed); err != nil {
		return err
	}
	for key, value := range keyed {
		if len(keyed) == 1 && strings.HasPrefix(key, "{") && decode(value, &u.Error) == nil {
			u.Record = json.RawMessage(key)
		}
	}
	return nil
}

// skipped is how CleverTap's message ends; the number counts the records of the call from 1.
var skipped = lazyregexp.New(`\s*Skipped record number\s*:\s*(\d+)\s*$`)

func (u *unprocessed) message() string { return skipped.ReplaceAllString(u.Error, "") }

// index finds which record was refused: the one whose identity is repeated, or else the one whose number is in the
// message. An identity that comes back as a number may be another one's (0012 as 12): there the message's number decides.
func (u *unprocessed) index(b batch) (int, bool) {
	position, counted := 0, false
	if match := skipped.FindStringSubmatch(u.Error); match != nil {
		number, err := strconv.Atoi(match[1])
		position, counted = number-1, err == nil && number >= 1 && number <= len(b.records)
	}
	switch identity := u.identity().(type) {
	case string:
		if index, known := b.positions[identity]; known {
			return index, true
		}
	case json.Number:
		if index, known := b.positions[identity.String()]; known && (!counted || index == position) {
			return index, true
		}
	}
	return position, counted
}

// identity is the one in the repeated record, as it is there; nil if there is none.
func (u *unprocessed) identity() any {
	echo := u.Record
	var text string
	if decode(echo, &text) == nil {
		echo = json.RawMessage(text)
	}
	var record struct {
		Identity any `json:"identity"`
	}
	if decode(echo, &record) != nil {
		return nil
	}
	return record.Identity
}
