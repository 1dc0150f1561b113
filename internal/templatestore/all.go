package templatestore

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Found is one object of a listing.
type Found[T Content] struct {
	// Name is "" if it cannot be known, and of an error that is not one of a single object.
	Name    string
	Content *T
	// Err is an *Error that says why there is no content.
	Err error
}

// All gives the objects of a kind whose names begin with a prefix, in the order of their names' bytes. It reads one document
// at a time, when the caller comes to it. What is damaged is an error of that object alone; after any other error nothing
// follows.
func All[T Content](ctx context.Context, s *Store, prefix string) iter.Seq[Found[T]] {
	return func(yield func(Found[T]) bool) {
		listed, err := s.existing(ctx, KindOf[T]())
		if err != nil {
			yield(Found[T]{Err: err})
			return
		}
		told := map[string]bool{}
		for _, file := range s.files(listed, KindOf[T]()) {
			if !file.mayBegin(prefix) {
				continue
			}
			found := Found[T]{Name: file.name}
			if file.uncertain {
				found.Name, found.Err = s.nameUnder(ctx, KindOf[T](), file.key)
			}
			if found.Err == nil {
				if told[found.Name] || !strings.HasPrefix(found.Name, prefix) {
					continue // one of several files of a name tells of all
				}
				told[found.Name] = true
				found.Content, _, found.Err = Read[T](ctx, s, found.Name, Revision{})
			}
			var failure *Error
			switch errors.As(found.Err, &failure); {
			case failure == nil:
			case failure.Reason == NotFound:
				continue // deleted since the listing
			case failure.Reason == Unavailable:
				yield(Found[T]{Err: found.Err})
				return
			}
			if !yield(found) {
				return
			}
		}
	}
}

// existing is the listing of a kind in a store that must be there.
func (s *Store) existing(ctx context.Context, kind Kind) (*listing, error) {
	listed, err := s.listing(ctx, kind)
	if err != nil || s.idOf(listed) != "" {
		return listed, err
	}
	if len(listed.etags) > 0 {
		return nil, s.identityLost()
	}
	return nil, &Error{
		Reason: StoreMissing, Where: s.backend.Location(""), What: "there is no store here (" + IdentityKey + " is missing)",
		Next: "Correct its place in the configuration. If that is right, nothing was ever written here.",
	}
}

// nameUnder is the name of the document under a key.
func (s *Store) nameUnder(ctx context.Context, kind Kind, key string) (string, error) {
	data, _, err := s.look(ctx, object{kind: kind, key: key})
	if errors.Is(err, ErrAbsent) {
		return "", s.absent(object{kind: kind, key: key})
	}
	if err != nil {
		return "", err
	}
	name, _ := peek(data)
	if name == "" {
		if _, err := parseStrictly(data, kind); err != nil {
			return "", s.damaged(key, err)
		}
	}
	return name, nil
}

// listedFile is a file of a listing, and what its key says of the name of its object.
type listedFile struct {
	key, name string
	// uncertain is a name of which the key has the start alone, or nothing, since a person named the file.
	uncertain bool
}

// mayBegin says whether the name can begin with a prefix.
func (f listedFile) mayBegin(prefix string) bool {
	return strings.HasPrefix(f.name, prefix) || f.uncertain && strings.HasPrefix(prefix, f.name)
}

// files are those of a listing and of what this Store knows better, sorted by name.
func (s *Store) files(listed *listing, kind Kind) []listedFile {
	there := map[string]bool{}
	for key := range listed.etags {
		there[key] = true
	}
	s.mu.Lock()
	for key, etag := range s.newer {
		if strings.HasPrefix(key, folder(s.account, kind)) {
			there[key] = etag != ""
		}
	}
	s.mu.Unlock()
	var files []listedFile
	for key, present := range there {
		if !present {
			continue
		}
		file := listedFile{key: key, uncertain: true}
		if isFileName(key) {
			var start string
			start, _, file.uncertain = strings.Cut(strings.TrimSuffix(path.Base(key), extension), "~")
			file.name, _ = url.PathUnescape(start) // what is cut is cut between characters
		}
		files = append(files, file)
	}
	slices.SortFunc(files, func(a, b listedFile) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.key, b.key)) })
	return files
}
