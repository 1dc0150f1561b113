package connect_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
)

// A name is called nobody's only after no resource was read for a second, the first of them included.
func TestNamesOwner(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		reads          map[time.Duration]string // by the time after the question
		owned, anyRead bool
		after          time.Duration
	}{
		"nothing is read":              {nil, false, false, time.Second},
		"read before":                  {map[time.Duration]string{-time.Minute: "a"}, true, true, 0},
		"others were read long before": {map[time.Duration]string{-time.Minute: "b"}, false, true, 0},
		"others were just read":        {map[time.Duration]string{-time.Second / 4: "b"}, false, true, 3 * time.Second / 4},
		"read within the second":       {map[time.Duration]string{3 * time.Second / 4: "a"}, true, true, time.Second},
		"read after another":           {map[time.Duration]string{time.Second / 2: "b", 5 * time.Second / 4: "a"}, true, true, 3 * time.Second / 2},
		"read too late":                {map[time.Duration]string{2 * time.Second: "a"}, false, false, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var names connect.Names
				asked := time.Now().Add(time.Hour)
				for at, object := range test.reads {
					go func() {
						time.Sleep(time.Until(asked.Add(at)))
						names.Read("kind", object)
					}()
				}
				time.Sleep(time.Until(asked))
				owned, anyRead := names.Owner(t.Context(), "kind", "a")
				if took := time.Since(asked); owned != test.owned || anyRead != test.anyRead || took != test.after {
					t.Errorf("%t, %t after %s, not %t, %t after %s", owned, anyRead, took, test.owned, test.anyRead, test.after)
				}
				time.Sleep(time.Minute) // for what is read too late
			})
		})
	}
}
