package profiles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"

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

// do uploads, and takes the journal away once all is done.
func (r *uploadRun) do(ctx context.Context, journalName string, header journalHeader) error {
	journal, err := openJournal(journalName, header, r.checked.rows)
	if err != nil {
		return err
	}
	r.journal = journal
	if err := r.send(ctx); err != nil {
		return errors.Join(err, journal.close())
	}
	refused := journal.refused
	fmt.Fprintf(r.stdout, "%d profiles: %d uploaded, %d refused.\n", r.checked.rows, r.checked.rows-refused, refused)
	if err := journal.discard(); err != nil {
		return fmt.Errorf("all is done, but the journal is still there: %w", err)
	}
	if refused > 0 {
		return fmt.Errorf("CleverTap refused %d of %d profiles; %s says which and why", refused, r.checked.rows, r.refused)
	}
	return nil
}

// send uploads the batches that are not in the journal, and writes the file of what was refused.
func (r *uploadRun) send(ctx context.Context) error {
	var todo []int
	rows := 0
	for batch := range batchCount(r.checked.rows) {
		if !r.journal.done(batch) {
			todo = append(todo, batch)
			rows += batchSize(batch, r.checked.rows)
		}
	}
	done := r.checked.rows - rows
	if done > 0 {
		fmt.Fprintf(r.stderr, "%d of %d profiles were done before and are not sent again.\n", done, r.checked.rows)
	}
	bar := cli.Progress(r.stderr, "profiles", rows)
	err := r.client.UploadAll(ctx, r.records(todo), func(index int, result clevertap.UploadResult) error {
		if err := r.journal.finish(todo[index], result); err != nil {
			return err
		}
		size := batchSize(todo[index], r.checked.rows)
		done += size
		_ = bar.Add(size)
		return nil
	})
	_ = bar.Exit()
	if err == nil {
		err = r.writeRefused()
	}
	if err != nil {
		fmt.Fprintf(r.stderr, "%d of %d profiles are done. Give the same command again to go on.\n", done, r.checked.rows)
	}
	return err
}

// batchCount is how many batches make a file of so many profiles. They count from 0 in the order of the file.
func batchCount(rows int) int {
	return (rows + clevertap.MaxUploadRecords - 1) / clevertap.MaxUploadRecords
}

// batchSize is how many of a file's profiles are in a batch.
func batchSize(batch, rows int) int {
	return min(clevertap.MaxUploadRecords, rows-batch*clevertap.MaxUploadRecords)
}

// batches reads the file once more. It ends with an error if the file is no longer the one that was checked.
func (r *uploadRun) batches() iter.Seq2[[]profileRow, error] {
	return func(yield func([]profileRow, error) bool) {
		if _, err := r.file.Seek(0, io.SeekStart); err != nil {
			yield(nil, err)
			return
		}
		rows, err := newProfileRows(r.file)
		for number := 0; err == nil && number < batchCount(r.checked.rows); number++ {
			var batch []profileRow
			if batch, err = rows.batch(); err == nil {
				err = r.unchanged(len(batch) == batchSize(number, r.checked.rows))
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
