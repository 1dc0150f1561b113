package profiles_test

import (
	"fmt"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func TestGoldenStateOfLineProfiles(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	s := acctest.NewServer(t, fmt.Sprintf(`{"account_id": %q, "passcode": %q, "api_url": %q}`, acctest.CleverTapAccount, acctest.CleverTapPasscode, server.URL))
	applied := s.Apply("clevertap_line_profiles", fmt.Sprintf(`{"line_ids": {"user-0": %q, "user-1": %q}, "property": "LineID",
		"require_existing_profile": true}`, acctest.LineID(0), acctest.LineID(1)))
	acctest.Golden(t, "states/line_profiles.json", acctest.Indented(t, s.Plain("clevertap_line_profiles", applied.NewState)))
}

// What is said of faulty configurations is pinned word for word.
func TestGoldenDiagnostics(t *testing.T) {
	t.Parallel()
	acctest.Golden(t, "diagnostics.txt", acctest.NewServer(t, "{}").Said("clevertap_line_profiles", map[string]string{
		"faults": `{"property": "Line.ID", "line_ids": {"undefined": "U00000000000000000000000000000001", "a": "U1", "b": null, "c ": "x"}}`,
	}))
}
