package profiles

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/moby/sys/atomicwriter"
)

// writeRefused writes the file of what was refused, in the order of the upload's. If nothing was, there is none.
func (r *uploadRun) writeRefused() error {
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
	if err := r.refusedTo(file); err != nil {
		_ = file.Close()         // which puts a part of the lines in place
		_ = os.Remove(r.refused) // the next run writes them all
		return err
	}
	return file.Close()
}

func (r *uploadRun) refusedTo(file io.Writer) error {
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
