package templatestore

import (
	"context"
	"errors"
)

// Backend keeps bytes under keys; what they mean is the Store's business. A key is path segments joined by "/", each
// of [A-Za-z0-9._~%-]. All methods are safe for concurrent use, end with the context's end, and retry nothing that may
// have been done already: the Store finds that out.
type Backend interface {
	// Location says where a key is, in words a person can find it by (a path, a URL); that of "" is the store's,
	// as clevertap-line takes it.
	Location(key string) string
	// List gives what is under a prefix: that of a folder, ending with "/", or "" for all. It may give more than
	// documents. A store that does not exist is empty, and an entry that cannot be read has no ETag.
	List(ctx context.Context, prefix string) ([]Entry, error)
	// Get reads one key, or fails with ErrAbsent. A backend may cut what is longer than MaxDocumentBytes at a later byte.
	Get(ctx context.Context, key string) (data []byte, etag string, err error)
	// Put writes atomically if the present ETag is the given one, "" meaning that there is none: else ErrCondition.
	Put(ctx context.Context, key string, data []byte, etag string) (newETag string, err error)
	// Delete removes if the present ETag is the given one, else ErrCondition. What is absent already is done.
	Delete(ctx context.Context, key, etag string) error
}

// Entry is one line of a listing.
type Entry struct {
	Key, ETag string
	// Data is the content where the backend had it at hand, else nil.
	Data []byte
}

// What a Backend answers besides errors of its own.
var (
	ErrAbsent    = errors.New("there is nothing under this key")
	ErrCondition = errors.New("the condition of the write does not hold")
)

// MaxDocumentBytes is the size above which nothing is stored or read.
const MaxDocumentBytes = 4 << 20
