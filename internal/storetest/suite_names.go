package storetest

import (
	"fmt"
	"strings"
	"testing"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// testListedNames: the objects of one kind and account, sorted, by the start of their names.
func testListedNames(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	listedNames(t, &faults{Backend: newBackend(t)})
	listedNames(t, &faults{Backend: newBackend(t), keysOnly: true})
}

func listedNames(t *testing.T, backend *faults) {
	t.Helper()
	ctx := t.Context()
	names := func(store *ts.Store, prefix string) string {
		t.Helper()
		var told []string
		for _, one := range Must(ts.Names[ts.LineCampaignBody](ctx, store, prefix))(t) {
			if one.Err != nil {
				told = append(told, fmt.Sprintf("(%s)", one.Err))
				continue
			}
			if len(one.Name) > 200 {
				one.Name = fmt.Sprintf("%s…%s", one.Name[:1], one.Name[len(one.Name)-1:])
			}
			told = append(told, one.Name)
		}
		return strings.Join(told, "|")
	}
	_, err := ts.Names[ts.LineCampaignBody](ctx, ts.New(backend, ""), "")
	WantReason(t, err, ts.StoreMissing, ts.IdentityKey)

	long := strings.Repeat("l", 300)
	store := ts.New(backend, "")
	for _, name := range []string{"b", "a b", "B", "世界", "a", ".*", "a%20b", long + "1", long + "2"} {
		Must(ts.Create(ctx, store, name, FullBody()))(t)
	}
	Must(ts.Create(ctx, store, "a template", Template("")))(t)
	Must(ts.Create(ctx, ts.New(backend, "other"), "a of another account", FullBody()))(t)
	const all = ".*|B|a|a b|a%20b|b|l…1|l…2|世界"
	for prefix, want := range map[string]string{
		"": all, "a": "a|a b|a%20b", "a ": "a b", "世": "世界", "界": "", ".": ".*", "%": "",
		"l": "l…1|l…2", long: "l…1|l…2", long + "2": "l…2", long + "3": "",
	} {
		if got := names(ts.New(backend, ""), prefix); got != want {
			t.Errorf("of %.20q the names are %q, not %q", prefix, got, want)
		}
	}
	if got := names(store, ""); got != all { // whose listing is that before the first write
		t.Errorf("beside own writes the names are %q", got)
	}
	_, revision, err := ts.Read[ts.LineCampaignBody](ctx, store, "b", ts.Revision{})
	if err != nil {
		t.Fatal(err)
	}
	old := ts.New(backend, "")
	names(old, "") // takes the listing
	if err := ts.Delete[ts.LineCampaignBody](ctx, old, "b", revision); err != nil {
		t.Fatal(err)
	}
	if got := names(old, "b"); got != "" {
		t.Errorf("after its own deletion there is %q", got)
	}

	// What a person named is one object with what bears its proper name, and what cannot be read is told.
	Plant(t, backend, Bodies+"a~HEAD.json", []byte(MinimalBody))
	Plant(t, backend, Bodies+"z~by-hand.json", []byte("{"))
	unread := "(" + backend.Location(Bodies+"z~by-hand.json") + ":1:2: "
	got := names(ts.New(backend, ""), "")
	if !strings.HasPrefix(got, unread) || !strings.Contains(got, "|a|a b|") || strings.Contains(got, "a|a|") {
		t.Errorf("beside what a person named the names are %q", got)
	}
	if got := names(ts.New(backend, ""), "b"); !strings.Contains(got, "z~by-hand.json") { // it may begin with anything
		t.Errorf("of b the names are %q", got)
	}

	// A listing may be older than the last deletion.
	gone := ts.Entry{Key: Bodies + strings.Repeat("g", 180) + "~0123456789abcdef.json", ETag: "x"}
	backend.extra = []ts.Entry{gone}
	if got := names(ts.New(backend, ""), "g"); strings.Contains(got, "g…") || strings.Contains(got, "there is no") {
		t.Errorf("beside what is gone the names are %q", got)
	}
	backend.onGet = func(key string) error {
		if key == gone.Key {
			return errLost
		}
		return nil
	}
	_, err = ts.Names[ts.LineCampaignBody](ctx, ts.New(backend, ""), "g")
	WantReason(t, err, ts.Unavailable, "cannot be read: connection reset")
	backend.onGet, backend.extra = nil, nil
	remove(t, backend, ts.IdentityKey)
	_, err = ts.Names[ts.LineCampaignBody](ctx, ts.New(backend, ""), "")
	WantReason(t, err, ts.Damaged, ts.IdentityKey)
}
