// Package sharedcall lets those who want the same at one time share one call for it. It knows no other package of this module.
package sharedcall

import (
	"context"
	"errors"

	"golang.org/x/sync/singleflight"
)

// errCallerGone ends a call whose caller's context ended; the others take it up again.
var errCallerGone = errors.New("the context of the call ended")

// Group has the calls that are under way. It is ready to use, and safe for concurrent use.
type Group[T any] struct{ flight singleflight.Group }

// Do makes a call, or waits for the one that is under way for the same key. A call lives as long as its own caller's context, which
// it uses; where that ends it, one of those who wait makes another. The error is that of ctx once ctx has ended.
func (g *Group[T]) Do(ctx context.Context, key string, call func() (T, error)) (T, error) {
	var none T
	for ctx.Err() == nil {
		shared := g.flight.DoChan(key, func() (any, error) {
			result, err := call()
			if err != nil && ctx.Err() != nil {
				return none, errCallerGone
			}
			return result, err
		})
		select {
		case <-ctx.Done():
		case result := <-shared:
			if errors.Is(result.Err, errCallerGone) {
				continue
			}
			value, _ := result.Val.(T) // what a call gave is a T
			return value, result.Err
		}
	}
	return none, ctx.Err()
}
