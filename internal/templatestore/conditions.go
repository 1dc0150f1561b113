package templatestore

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/semaphore"
)

// guarded refuses a server that ignores the conditions of writes: two runs could then overwrite each other's work and
// never know. It finds out with the first write, through writes that must be refused and would change nothing if they
// were not: of the store's identity as it is, or of the very document that was just created.
type guarded struct {
	Backend

	// turn is held by the one caller that is finding out. It guards what follows.
	turn *semaphore.Weighted
	// writes and deletes are known to be honest.
	writes, deletes bool
	verdict         error
}

// improbableETag is the form of an ETag in S3, and of no document.
const improbableETag = `"00000000000000000000000000000000"`

func guard(backend Backend) Backend {
	return &guarded{Backend: backend, turn: semaphore.NewWeighted(1)}
}

func (g *guarded) Put(ctx context.Context, key string, data []byte, etag string) (string, error) {
	if err := g.turn.Acquire(ctx, 1); err != nil {
		return "", err
	}
	err := g.checkByIdentity(ctx)
	if err == nil && !g.writes && etag == "" {
		defer g.turn.Release(1)
		return g.checkByCreating(ctx, key, data)
	}
	g.turn.Release(1)
	if err != nil {
		return "", err
	}
	return g.Backend.Put(ctx, key, data, etag)
}

func (g *guarded) Delete(ctx context.Context, key, etag string) error {
	if err := g.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	err := g.checkByIdentity(ctx)
	if err == nil && !g.deletes {
		defer g.turn.Release(1)
		return g.checkByDeleting(ctx, key, etag)
	}
	g.turn.Release(1)
	if err != nil {
		return err
	}
	return g.Backend.Delete(ctx, key, etag)
}

// checkByIdentity finds nothing out as long as the store has no identity.
func (g *guarded) checkByIdentity(ctx context.Context) error {
	if g.verdict != nil || g.writes {
		return g.verdict
	}
	data, _, err := g.Backend.Get(ctx, IdentityKey)
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	return g.check(ctx, IdentityKey, data)
}

// checkByCreating does the write as well. From a server that is refused it is removed again.
func (g *guarded) checkByCreating(ctx context.Context, key string, data []byte) (string, error) {
	etag, err := g.Backend.Put(ctx, key, data, "")
	if err != nil {
		return "", err
	}
	err = g.check(ctx, key, data)
	if g.verdict != nil {
		if _, present, absent := g.Backend.Get(ctx, key); absent == nil {
			_ = g.Backend.Delete(ctx, key, present) // the verdict is worse news than a leftover
		}
	}
	return etag, err
}

// checkByDeleting does the deletion as well: a server that should have refused the first one has done what was wanted,
// and is refused from then on.
func (g *guarded) checkByDeleting(ctx context.Context, key, etag string) error {
	_, present, err := g.Backend.Get(ctx, key)
	switch {
	case errors.Is(err, ErrAbsent):
		return nil
	case err != nil:
		return err
	case present != etag:
		return ErrCondition
	}
	err = g.Backend.Delete(ctx, key, improbableETag)
	if err == nil {
		g.verdict = ignores("a DELETE with If-Match")
		return g.verdict
	}
	if !errors.Is(err, ErrCondition) {
		return err
	}
	g.deletes = true
	return g.Backend.Delete(ctx, key, etag)
}

// check wants both conditions to be honoured with the bytes that are there already.
func (g *guarded) check(ctx context.Context, key string, data []byte) error {
	for _, probe := range []struct{ etag, what string }{
		{"", "a PUT with If-None-Match"}, {improbableETag, "a PUT with If-Match"},
	} {
		_, err := g.Backend.Put(ctx, key, data, probe.etag)
		if err == nil {
			g.verdict = ignores(probe.what)
			return g.verdict
		}
		if !errors.Is(err, ErrCondition) {
			return err
		}
	}
	g.writes = true
	return nil
}

func ignores(what string) error {
	return fmt.Errorf("the server carries out %s though the condition does not hold, so that two runs could overwrite each "+
		"other's work unnoticed: use one with conditional writes and deletes, as Amazon S3 has them", what)
}
