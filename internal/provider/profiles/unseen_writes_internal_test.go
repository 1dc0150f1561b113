package profiles

import (
	"fmt"
	"testing"
	"time"
)

func TestUnseenWrites(t *testing.T) {
	t.Parallel()
	now := time.Now()
	none, empty := sighting{}, sighting{profile: true}
	value := func(i int) sighting { return sighting{profile: true, value: fmt.Sprint("U", i)} }
	unseen := unseenWrites{}
	unseen.add("a", now.Add(-time.Hour), value(9))
	unseen.add("a", now, empty)
	unseen.add("a", now.Add(time.Minute), value(1), value(2))
	for name, test := range map[string]struct {
		seen  sighting
		after time.Duration
		want  bool
	}{
		"likeliest":               {value(1), time.Minute, true},
		"other":                   {value(2), time.Minute, true},
		"before the write before": {empty, time.Minute, true},
		"before a write long ago": {value(9), time.Minute, false},
		"somebody's change":       {value(3), time.Minute, false},
		"profile gone":            {none, time.Minute, false},
		"just within the time":    {value(1), time.Minute + settleTime - 1, true},
		"after the time":          {value(1), time.Minute + settleTime, false},
	} {
		if got := unseen.explain("a", test.seen, now.Add(test.after)); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if unseen.explain("b", empty, now) {
		t.Error("a profile that was not written is explained")
	}
	for i := range 100 {
		unseen.add("a", now, value(i))
	}
	if got := len(unseen["a"].Before); got != maxBefore || !unseen.explain("a", value(99), now) {
		t.Errorf("it remembers %d values, not the last %d", got, maxBefore)
	}
}

func TestParseProfilesImport(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"LineID:a":         "{LineID [a]}",
		"LineID:a, b:c ,d": "{LineID [a b:c d]}",
		`{"property":"LineID","identities":["a,b"]}`:         "{LineID [a,b]}",
		"{\"property\":\"LineID\",\"identities\":[\"a\"]}\n": "{LineID [a]}",
	} {
		if got, err := parseProfilesImport(id); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%s: %v, %v", id, got, err)
		}
	}
	for _, id := range []string{"", "a", ":a", "LineID:", "LineID:a,,b", "Line.ID:a", "LineID:null", "{", `{"property":"LineID"}`,
		`{"property":"LineID","identity":["a"]}`,
		`{"property":"LineID","identities":["a"]},b`, `{"property":"LineID","identities":["a"]} {}`} {
		if got, err := parseProfilesImport(id); err == nil {
			t.Errorf("%s: %v", id, got)
		}
	}
}
