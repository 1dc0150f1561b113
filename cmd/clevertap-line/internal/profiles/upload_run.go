package profiles

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strconv"

	"github.com/moby/sys/atomicwriter"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
)

// uploadRun uploads what is left of a checked file.
type uploadRun struct {
	*upload
	client  *clevertap.Client
	file    *os.File
	before  fs.FileInfo // of the file, when it was checked
	checked checkedProfiles
	journal *journal
	stdout  io.Writer
	stderr  io.Writer
}

func (r *uploadRun) do(ctx context.Context, journalName string, header journalHeader) (err error) {
	if r.journal, err = openJournal(journalName, header); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.journal.close()) }()
	var todo []int
	rows := 0
	for batch := 0; batch*clevertap.MaxUploadRecords < r.checked.rows; batch++ {
		if !r.journal.done(batch) {
			todo = append(todo, batch)
			rows += r.size(batch)
		}
	}
	done := r.checked.rows - rows
	if done > 0 {
		fmt.Fprintf(r.stderr, "%d of %d profiles were done before and are not sent again.\n", done, r.checked.rows)
	}
	bar := cli.Progress(r.stderr, "profiles", rows)
	err = r.client.UploadAll(ctx, r.records(todo), func(index int, result clevertap.UploadResult) error {
		if err := r.journal.finish(todo[index], result); err != nil {
			return err
		}
		done += r.size(todo[index])
		_ = bar.Add(r.size(todo[index]))
		return nil
	})
	_ = bar.Exit()
	if err == nil {
		err = r.writeRefused()
	}
	if err != nil {
		fmt.Fprintf(r.stderr, "%d of %d profiles are done. Give the same command again to go on.\n", done, r.checked.rows)
		return err
	}
	refused := r.journal.refused
	fmt.Fprintf(r.stdout, "%d profiles: %d uploaded, %d refused.\n", r.checked.rows, r.checked.rows-refused, refused)
	if err := os.Remove(journalName); err != nil {
		return fmt.Errorf("all is done, but the journal is still there: %w", err)
	}
	if refused > 0 {
		return fmt.Errorf("CleverTap refused %d of %d profiles; %s says which and why", refused, r.checked.rows, r.refused)
	}
	return nil
}

// size is the number of profiles in a batch.
func (r *uploadRun) size(batch int) int {
	return min(clevertap.MaxUploadRecords, r.checked.rows-batch*clevertap.MaxUploadRecords)
}

// batches reads the file once more. It ends with an error if the file is no longer the one that was checked.
func (r *uploadRun) batches() iter.Seq2[[]profileRow, error] {
	return func(yield func([]profileRow, error) bool) {
		if _, err := r.file.Seek(0, io.SeekStart); err != nil {
			yield(nil, err)
			return
		}
		rows, err := newProfileRows(r.file)
		for number := 0; err == nil && number*clevertap.MaxUploadRecords < r.checked.rows; number++ {
			var batch []profileRow
			if batch, err = rows.batch(); err == nil {
				err = r.unchanged(len(batch) == r.size(number))
			}
			if err == nil && !yield(batch, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func (r *uploadRun) unchanged(asLong bool) error {
	now, err := r.file.Stat()
	if err == nil && (!asLong || now.Size() != r.before.Size() || !now.ModTime().Equal(r.before.ModTime())) {
		err = errors.New("the CSV file was changed while it was being uploaded")
	}
	return err
}

// records are the batches to upload.
func (r *uploadRun) records(todo []int) iter.Seq2[[]clevertap.Record, error] {
	return func(yield func([]clevertap.Record, error) bool) {
		number := 0
		for batch, err := range r.batches() {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(todo) == 0 {
				return
			}
			if number == todo[0] {
				records := make([]clevertap.Record, len(batch))
				for i, row := range batch {
					records[i] = clevertap.Record{Identity: row.identity, Set: map[string]string{r.property: row.lineID.String()}}
				}
				if todo = todo[1:]; !yield(records, nil) {
					return
				}
			}
			number++
		}
	}
}

// writeRefused writes the file of what was refused, in the order of the upload's. If nothing was, there is none.
func (r *uploadRun) writeRefused() (err error) {
	if r.journal.refused == 0 {
		if err := os.Remove(r.refused); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	file, err := atomicwriter.New(r.refused, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	writer := csv.NewWriter(file)
	lines := [][]string{{identityColumn, r.property, "line", "code", "reason"}}
	number := 0
	for batch, err := range r.batches() {
		if err != nil {
			return err
		}
		refusals, err := r.journal.refusals(number)
		if err != nil {
			return err
		}
		for _, refusal := range refusals {
			row := batch[refusal.Index]
			lines = append(lines, []string{row.identity, row.lineID.String(), strconv.Itoa(row.line), strconv.Itoa(refusal.Code), refusal.Message})
		}
		if err := writer.WriteAll(lines); err != nil {
			return err
		}
		lines = lines[:0]
		number++
	}
	return nil
}
