package connect_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

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

// Two that are to be created with one name are told apart from one that is planned again.
func TestNamesCreate(t *testing.T) {
	t.Parallel()
	plan := func(url, body any) tftypes.Value {
		return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"url": tftypes.String, "body": tftypes.String}},
			map[string]tftypes.Value{"url": tftypes.NewValue(tftypes.String, url), "body": tftypes.NewValue(tftypes.String, body)})
	}
	unknown := tftypes.UnknownValue
	for name, test := range map[string]struct {
		replanned     bool
		first, second tftypes.Value
		free          bool
	}{
		"the same, where each is planned once":   {false, plan("a", "b"), plan("a", "b"), false},
		"the same again":                         {true, plan("a", "b"), plan("a", "b"), true},
		"the same, of which more is known":       {true, plan("a", unknown), plan("a", "b"), true},
		"another":                                {true, plan("a", "b"), plan("a", "c"), false},
		"another, of which not all is known":     {true, plan("a", unknown), plan("c", unknown), false},
		"another that leaves out what one gives": {true, plan("a", "b"), plan("a", nil), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			names := connect.Names{Replanned: test.replanned}
			if !names.Create("kind", "welcome", test.first) || !names.Create("kind", "other", test.second) || !names.Create("other kind", "welcome", test.second) {
				t.Fatal("a free name is taken")
			}
			if free := names.Create("kind", "welcome", test.second); free != test.free {
				t.Errorf("the second is free: %t", free)
			}
		})
	}
}

func TestNamesForget(t *testing.T) {
	t.Parallel()
	var names connect.Names
	names.Own("kind", "welcome")
	names.Create("kind", "welcome", tftypes.Value{})
	names.Hold("kind", "welcome", "what was")
	names.Forget("kind", "welcome")
	if !names.Create("kind", "welcome", tftypes.Value{}) {
		t.Error("what is gone is still being created")
	}
	if held := names.Held("kind", "welcome"); held != nil {
		t.Errorf("%v is held of what is gone", held)
	}
	if owned, _ := names.Owner(t.Context(), "kind", "welcome"); owned {
		t.Error("what is gone is owned")
	}
}
