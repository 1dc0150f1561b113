package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// onePage is a limit that the checks do not reach.
const onePage = 100

func (v *verification) checkPages(ctx context.Context) error {
	const documents, limit = 25, 10
	folder := v.space + "/line-campaign-bodies/"
	want := map[string]string{}
	for i := range documents {
		key := fmt.Sprintf("%spage=20%02d.json", folder, i)
		etag, err := v.create(ctx, key, document(key))
		if err != nil {
			return err
		}
		want[key] = etag
	}
	return v.lists(ctx, folder+"page", limit, want)
}

// checkListingFollows wants no listing that lags behind: what it omits would be taken for deleted, were it not looked for.
func (v *verification) checkListingFollows(ctx context.Context) error {
	key := v.key("follows")
	etag, err := v.create(ctx, key, document("1"))
	if err != nil {
		return err
	}
	if err := v.lists(ctx, key, onePage, map[string]string{key: etag}); err != nil {
		return err
	}
	etag, err = v.write(ctx, message{method: http.MethodPut, key: key, body: document("2"), ifMatch: etag})
	if err != nil {
		return err
	}
	if err := v.lists(ctx, key, onePage, map[string]string{key: etag}); err != nil {
		return err
	}
	if _, err := v.expect(ctx, message{method: http.MethodDelete, key: key, ifMatch: etag}, http.StatusNoContent); err != nil {
		return err
	}
	return v.lists(ctx, key, onePage, map[string]string{})
}

// checkKinds makes a document of each kind and its receipt, whose key has a segment more.
func (v *verification) checkKinds(ctx context.Context) error {
	etags := map[string]string{}
	for _, kind := range templatestore.Kinds() {
		name := string(kind) + "/of=20every=20kind.json"
		keys := []string{v.space + "/" + name}
		if !kind.Live() {
			keys = append(keys, v.space+"/receipts/"+name)
		}
		for _, key := range keys {
			etag, err := v.create(ctx, key, document(key))
			if err != nil {
				return err
			}
			etags[key] = etag
		}
	}
	for key, etag := range etags {
		if err := v.holds(ctx, key, document(key), etag); err != nil {
			return err
		}
		if err := v.lists(ctx, key, onePage, map[string]string{key: etag}); err != nil {
			return err
		}
	}
	return nil
}

// lists wants the listing of a folder to have, of the keys that begin so, exactly these, with their ETags. Other checks may
// have documents in it, too.
func (v *verification) lists(ctx context.Context, begin string, limit int, want map[string]string) error {
	folder, _ := path.Split(begin)
	got, err := v.list(ctx, folder, limit)
	maps.DeleteFunc(got, func(key, _ string) bool { return strings.HasPrefix(key, folder) && !strings.HasPrefix(key, begin) })
	if err == nil && !maps.Equal(got, want) {
		err = fmt.Errorf("GET /?prefix=%s&limit=%d: the pages have the documents\n%s\nexpected\n%s", folder, limit,
			describe(got), describe(want))
	}
	return err
}

func describe(etags map[string]string) string {
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(etags)) {
		fmt.Fprintf(&text, "  %s %s\n", cli.Printable(key), cli.Printable(etags[key]))
	}
	if text.Len() == 0 {
		return "  none"
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// maxListed is more documents than the account of a test ever has.
const maxListed = 1000

// list reads a listing to its end, and gives the ETags by key.
func (v *verification) list(ctx context.Context, prefix string, limit int) (map[string]string, error) {
	etags := map[string]string{}
	query := url.Values{"prefix": {prefix}, "limit": {fmt.Sprint(limit)}}
	for {
		m := message{method: http.MethodGet, query: query}
		answer, err := v.expect(ctx, m, http.StatusOK)
		if err != nil {
			return nil, err
		}
		var page struct {
			Documents []struct{ Key, ETag string } `json:"documents"`
			Next      string                       `json:"next"`
		}
		if err := json.Unmarshal(answer.Body, &page); err != nil || page.Documents == nil {
			return nil, m.unexpected(answer, `{"documents": [{"key": …, "etag": …}, …], "next": …}`)
		}
		if len(page.Documents) > limit {
			return nil, m.unexpected(answer, fmt.Sprintf("at most %d documents, not %d", limit, len(page.Documents)))
		}
		for _, document := range page.Documents {
			if _, twice := etags[document.Key]; twice {
				return nil, m.unexpected(answer, fmt.Sprintf("each document once, and %s is there twice", cli.Printable(document.Key)))
			}
			etags[document.Key] = document.ETag
		}
		switch {
		case page.Next == "":
			return etags, nil
		case len(page.Documents) == 0:
			return nil, m.unexpected(answer, "no next page after a page without documents")
		case len(etags) > maxListed:
			return nil, m.unexpected(answer, fmt.Sprintf("the end of the listing, after %d documents", len(etags)))
		}
		query = url.Values{"prefix": {prefix}, "limit": {fmt.Sprint(limit)}, "next": {page.Next}}
	}
}
