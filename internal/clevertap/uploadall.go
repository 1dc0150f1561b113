package clevertap

import (
	"context"
	"fmt"
	"iter"
	"sync"

	"golang.org/x/sync/errgroup"
)

// UploadAll uploads any number of records, in batches as [Client.Upload] takes them, as many at a time as the client's
// UploadConcurrency. It pulls a batch when there is room for it, keeps only those, and tells onBatch of each that is
// finished, once and one after the other, in no particular order; index counts the batches from 0. A batch must not be
// changed after it was given.
//
// The first error ends it: one that batches yields, one of an upload or one that onBatch returns. Calls that are under
// way then are finished and reported, so that what is not reported was either not sent or sent without an answer that
// can be relied on; it may be uploaded again. When ctx ends, the calls are broken off, too.
func (c *Client) UploadAll(
	ctx context.Context, batches iter.Seq2[[]Record, error], onBatch func(index int, result UploadResult) error,
) error {
	group, stopped := errgroup.WithContext(ctx)
	// Twice as many as can be under way: while one half waits for answers, the other half is made ready. That is done
	// here, one batch after the other, so that it never takes all processors from what is under way.
	group.SetLimit(2 * c.config.UploadConcurrency)
	fail := func(err error) { group.Go(func() error { return err }) }
	var reporting sync.Mutex
	index := 0
	for records, err := range batches {
		if stopped.Err() != nil {
			break
		}
		if err != nil {
			fail(err)
			break
		}
		place := index
		index++
		b, err := encode(records)
		if err != nil {
			fail(fmt.Errorf("batch %d: %w", place+1, err))
			break
		}
		group.Go(func() error {
			if stopped.Err() != nil {
				return nil
			}
			result, err := c.send(ctx, b)
			if err != nil {
				return fmt.Errorf("batch %d: %w", place+1, err)
			}
			reporting.Lock()
			defer reporting.Unlock()
			return onBatch(place, result)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
