package profiles

import (
	"reflect"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// A profile that the last upload created counts as one, though CleverTap does not show it yet: for the next value, and for
// the removal of it.
func TestWriteOfProfilesNotYetShown(t *testing.T) {
	t.Parallel()
	server := clevertaptest.NewServer(clevertaptest.Config{AccountID: "TEST-1", Passcode: "CODE", StaleReads: 100})
	t.Cleanup(server.Close)
	client, err := clevertap.New(clevertap.Config{AccountID: "TEST-1", Passcode: "CODE", APIURL: server.URL, HTTP: httpclient.Config{}})
	if err != nil {
		t.Fatal(err)
	}
	w := &profilesWrite{
		client: client, property: "LineID", lineIDs: map[string]string{}, refused: map[string]refusalModel{}, unseen: unseenWrites{},
	}
	first, second := "U00000000000000000000000000000001", "U00000000000000000000000000000002"
	if err := w.do(t.Context(), map[string]string{"new": first}, nil); err != nil {
		t.Fatal(err)
	}
	w.requireExisting = true
	if err := w.do(t.Context(), map[string]string{"new": second}, nil); err != nil {
		t.Fatalf("a profile of the last upload is taken for none: %v", err)
	}
	if got, want := server.Profiles(), map[string]map[string]any{"new": {"LineID": second}}; !reflect.DeepEqual(got, want) {
		t.Errorf("CleverTap has %v, not %v", got, want)
	}
	if err := w.do(t.Context(), map[string]string{"nobody": first}, nil); err == nil {
		t.Error("a profile is created where one must exist")
	}
	if err := w.do(t.Context(), nil, []string{"new", "never"}); err != nil {
		t.Fatal(err)
	}
	if got, want := server.Profiles(), map[string]map[string]any{"new": {}}; !reflect.DeepEqual(got, want) {
		t.Errorf("CleverTap has %v after the removal, not %v", got, want)
	}
}
