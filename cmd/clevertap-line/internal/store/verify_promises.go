package store

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// promise is one thing that the protocol promises.
type promise struct {
	what string
	kept func(context.Context) error
}

func (v *verification) promises() []promise {
	return []promise{
		{"an account without documents has an empty listing", v.checkEmptyListing},
		{"the store's identity can be asked for", v.checkIdentity},
		{"an absent document is 404 with problem details", func(ctx context.Context) error {
			return v.isAbsent(ctx, v.key("absent"))
		}},
		{"a document is created, and read back as it was written", v.checkCreate},
		{"a create where a document is already is refused", v.checkCreateTwice},
		{"a document is replaced over its ETag", v.checkReplace},
		{"a replace over another ETag is refused", v.checkStaleReplace},
		{"a replace where nothing is, is refused and creates nothing", v.checkReplaceOfNothing},
		{"a delete over another ETag is refused", v.checkStaleDelete},
		{"a document is deleted over its ETag, and once", v.checkDelete},
		{"bytes are kept: order of keys, white space, numbers, Unicode", v.checkBytes},
		{fmt.Sprintf("documents of %d MiB are taken", templatestore.MaxDocumentBytes>>20), v.checkSize},
		{"all names are kept apart", v.checkNames},
		{"a listing in pages has each document once, with its ETag", v.checkPages},
		{"a listing shows a create, a replace and a delete at once", v.checkListingFollows},
		{"documents of every kind and their receipts are kept apart", v.checkKinds},
		{"of ten creates at a time, one succeeds", v.checkConcurrentCreates},
		{"of ten replaces at a time, one succeeds", v.checkConcurrentReplaces},
		{"a request without the token, or with another, is 401", v.checkToken},
	}
}

// document is a document of the test that differs from others by its name.
func document(name string) string {
	return fmt.Sprintf("{\n  \"schema_version\": 1,\n  \"kind\": \"webhook-templates\",\n  \"name\": %q\n}\n", name)
}

func (v *verification) checkEmptyListing(ctx context.Context) error {
	documents, err := v.list(ctx, v.space+"/", 10)
	if err == nil && len(documents) > 0 {
		err = fmt.Errorf("the listing of an unused account has %d documents", len(documents))
	}
	return err
}

func (v *verification) checkIdentity(ctx context.Context) error {
	_, err := v.expect(ctx, message{method: http.MethodGet, key: templatestore.IdentityKey}, http.StatusOK, http.StatusNotFound)
	return err
}

func (v *verification) checkCreate(ctx context.Context) error {
	key := v.key("create")
	etag, err := v.create(ctx, key, document("create"))
	if err != nil {
		return err
	}
	return v.holds(ctx, key, document("create"), etag)
}

func (v *verification) checkCreateTwice(ctx context.Context) error {
	key := v.key("twice")
	etag, err := v.create(ctx, key, document("1"))
	if err != nil {
		return err
	}
	return errors.Join(
		v.refused(ctx, message{method: http.MethodPut, key: key, body: document("2"), create: true}),
		v.holds(ctx, key, document("1"), etag))
}

func (v *verification) refused(ctx context.Context, m message) error {
	_, err := v.expect(ctx, m, http.StatusPreconditionFailed)
	return err
}

// twoRevisions makes a document and replaces it.
func (v *verification) twoRevisions(ctx context.Context, key string) (first, second string, err error) {
	if first, err = v.create(ctx, key, document("1")); err != nil {
		return "", "", err
	}
	second, err = v.write(ctx, message{method: http.MethodPut, key: key, body: document("2"), ifMatch: first})
	if err == nil && first == second {
		err = fmt.Errorf("PUT /%s: other bytes have the same ETag, %s", key, first)
	}
	return first, second, err
}

func (v *verification) checkReplace(ctx context.Context) error {
	key := v.key("replace")
	_, second, err := v.twoRevisions(ctx, key)
	if err != nil {
		return err
	}
	return v.holds(ctx, key, document("2"), second)
}

func (v *verification) checkStaleReplace(ctx context.Context) error {
	key := v.key("stale-replace")
	first, second, err := v.twoRevisions(ctx, key)
	if err != nil {
		return err
	}
	return errors.Join(
		v.refused(ctx, message{method: http.MethodPut, key: key, body: document("3"), ifMatch: first}),
		v.holds(ctx, key, document("2"), second))
}

func (v *verification) checkReplaceOfNothing(ctx context.Context) error {
	key := v.key("nothing")
	return errors.Join(
		v.refused(ctx, message{method: http.MethodPut, key: key, body: document("1"), ifMatch: `"0123456789abcdef"`}),
		v.isAbsent(ctx, key))
}

func (v *verification) checkStaleDelete(ctx context.Context) error {
	key := v.key("stale-delete")
	first, second, err := v.twoRevisions(ctx, key)
	if err != nil {
		return err
	}
	return errors.Join(v.refused(ctx, message{method: http.MethodDelete, key: key, ifMatch: first}),
		v.holds(ctx, key, document("2"), second))
}

func (v *verification) checkDelete(ctx context.Context) error {
	key := v.key("delete")
	etag, err := v.create(ctx, key, document("1"))
	if err != nil {
		return err
	}
	remove := message{method: http.MethodDelete, key: key, ifMatch: etag}
	if _, err := v.expect(ctx, remove, http.StatusNoContent); err != nil {
		return err
	}
	_, err = v.expect(ctx, remove, http.StatusNotFound)
	return errors.Join(err, v.isAbsent(ctx, key))
}

func (v *verification) checkBytes(ctx context.Context) error {
	key := v.key("bytes")
	const body = " {\"z\": 1e2,\t\"a\": 12345678901234567890,\r\n\"e\": \"\\u003c<é世😀\u2028\", \"a b\": [ ] , \"1.0\": 1.0}\n\n"
	etag, err := v.create(ctx, key, body)
	if err != nil {
		return err
	}
	return v.holds(ctx, key, body, etag)
}

func (v *verification) checkSize(ctx context.Context) error {
	key := v.key("size")
	frame := len(document(""))
	body := document(strings.Repeat("x", templatestore.MaxDocumentBytes-frame))
	etag, err := v.create(ctx, key, body)
	if err != nil {
		return err
	}
	return v.holds(ctx, key, body, etag)
}

// checkNames uses the file names of names that are like each other in some way, or that servers and proxies tend to mangle.
func (v *verification) checkNames(ctx context.Context) error {
	etags := map[string]string{}
	names := []string{
		"name", "Name", "LINE=20push", "=2E.", "=2E.=2Fname", "a=2Fb", "100=25", "=252F", "=E3=81=82", "=C3=A9", "e=CC=81", "a.b", "-", "_",
		strings.Repeat("a", 180) + "~0123456789abcdef", strings.Repeat("a", 180) + "~0123456789abcdee",
	}
	for _, name := range names {
		etag, err := v.create(ctx, v.key(name), document(name))
		if err != nil {
			return err
		}
		etags[name] = etag
	}
	for _, name := range names {
		if err := v.holds(ctx, v.key(name), document(name), etags[name]); err != nil {
			return err
		}
	}
	return nil
}

func (v *verification) checkConcurrentCreates(ctx context.Context) error {
	key := v.key("creates")
	return v.oneOfTen(ctx, func(body string) message {
		return message{method: http.MethodPut, key: key, body: body, create: true}
	})
}

func (v *verification) checkConcurrentReplaces(ctx context.Context) error {
	key := v.key("replaces")
	etag, err := v.create(ctx, key, document("start"))
	if err != nil {
		return err
	}
	return v.oneOfTen(ctx, func(body string) message {
		return message{method: http.MethodPut, key: key, body: body, ifMatch: etag}
	})
}

// oneOfTen sends ten requests at a time, of which one must be carried out and the others refused.
func (v *verification) oneOfTen(ctx context.Context, make func(body string) message) error {
	const writers = 10
	statuses := [writers]int{}
	failures := [writers]error{}
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			answer, err := v.send(ctx, make(document(fmt.Sprint("writer ", i))))
			if failures[i] = err; err == nil {
				statuses[i] = answer.StatusCode
			}
		})
	}
	all.Wait()
	if err := errors.Join(failures[:]...); err != nil {
		return err
	}
	carriedOut, refused := 0, 0
	for _, status := range statuses {
		switch status {
		case http.StatusOK, http.StatusCreated, http.StatusNoContent:
			carriedOut++
		case http.StatusPreconditionFailed:
			refused++
		}
	}
	if carriedOut != 1 || refused != writers-1 {
		return fmt.Errorf("ten PUTs at a time with the same condition: answered %v, expected one success and nine times 412", statuses)
	}
	return nil
}

func (v *verification) checkToken(ctx context.Context) error {
	if v.token == "" {
		return errNoToken
	}
	for _, authorization := range []string{"", "Bearer " + v.space} {
		for _, m := range []message{
			{method: http.MethodGet, query: url.Values{"prefix": {v.space + "/"}}},
			{method: http.MethodGet, key: v.key("absent")},
			{method: http.MethodPut, key: v.key("token"), body: document("token"), create: true},
		} {
			m.authorization = &authorization
			if _, err := v.expect(ctx, m, http.StatusUnauthorized); err != nil {
				return err
			}
		}
	}
	return nil
}
