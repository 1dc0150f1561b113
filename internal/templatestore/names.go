package templatestore

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Listed is one object of a listing, or a file of it.
type Listed struct {
	// Name is "" where Err is.
	Name string
	// Err is an *Error that says why the name of the object in a file cannot be known.
	Err error
}

// Names gives the objects of a kind whose names begin with a prefix, in the order of their bytes. Of most the file's name tells;
// what only the document tells is read. Whether the others can be read is not known. Its errors are *Error; a store that is not
// there is StoreMissing.
func Names[T Content](ctx context.Context, s *Store, prefix string) ([]Listed, error) {
	kind := KindOf[T]()
	listed, err := s.existing(ctx, kind)
	if err != nil {
		return nil, err
	}
	var names []Listed
	told := map[string]bool{}
	for _, file := range s.files(listed, kind) {
		if !file.mayBegin(prefix) {
			continue
		}
		if file.uncertain {
			data, _, err := s.look(ctx, object{kind: kind, key: file.key})
			if errors.Is(err, ErrAbsent) { // deleted since the listing
				continue
			}
			if err != nil {
				return nil, err
			}
			if file.name, _ = peek(data); file.name == "" {
				_, err = parseStrictly(data, kind) // which wants a name
				names = append(names, Listed{Err: s.damaged(file.key, err)})
				continue
			}
		}
		if !told[file.name] && strings.HasPrefix(file.name, prefix) { // several files of a name are one object
			told[file.name] = true
			names = append(names, Listed{Name: file.name})
		}
	}
	slices.SortStableFunc(names, func(a, b Listed) int { return cmp.Compare(a.Name, b.Name) })
	return names, nil
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

// files are those of a listing, and what this Store knows better, in the order of their keys.
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
	slices.SortFunc(files, func(a, b listedFile) int { return cmp.Compare(a.key, b.key) })
	return files
}
