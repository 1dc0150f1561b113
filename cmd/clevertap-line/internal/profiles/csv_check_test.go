package profiles

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func checkText(ctx context.Context, text string) (checkedProfiles, error) {
	return checkProfiles(ctx, strings.NewReader(text))
}

func TestCheckedFile(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain": csvText(3), "CRLF": strings.ReplaceAll(csvText(3), "\n", "\r\n"), "byte order mark": "\ufeff" + csvText(3),
		"no last line end": strings.TrimSuffix(csvText(3), "\n"), "empty lines": strings.ReplaceAll(csvText(3), "\n", "\n\n"),
		"quotes": strings.ReplaceAll(csvText(3), "LineID", `"LineID"`),
	} {
		checked, err := checkText(t.Context(), text)
		if err != nil || checked.rows != 3 || checked.property != "LineID" || checked.shared != "" {
			t.Errorf("%s: %+v, %v", name, checked, err)
		}
	}
	checked, err := checkText(t.Context(), "identity,LineID\n")
	const sum = "50d7ceb482efd6f65527e58d747176bb6e2bbebaf9e65b85df6bc52ad5226150"
	if err != nil || checked.rows != 0 || checked.sha256 != sum {
		t.Errorf("without profiles: %+v, %v", checked, err)
	}
}

func TestFaultsOfAFile(t *testing.T) {
	t.Parallel()
	id := fmt.Sprintf("U%032x", 1)
	for want, text := range map[string]string{
		"the file is empty":                                              "",
		"line 1: the columns are":                                        "name,LineID\n",
		`["identity" "a"] and 1 more`:                                    "identity,a,b\n",
		`["identity"]; there are two`:                                    "identity\n",
		"Save it as CSV UTF-8":                                           "identity;LineID\n",
		"line 1: the property name":                                      "identity,Line.ID\n",
		"1 lines are wrong:\n  line 3: the ident":                        "identity,LineID\na," + id + "\n," + id + "\n",
		"line 2: \"\\xff\" is no LINE user ID":                           "identity,LineID\na,\xff\n",
		"line 2: wrong number of fields":                                 "identity,LineID\na," + id + ",x\n",
		"line 3: the identity is on line 2, too, with the same LINE ID":  "identity,LineID\na," + id + "\na," + id + "\n",
		"line 3: the identity is on line 2, too, with another LINE ID":   "identity,LineID\na," + id + "\na," + fmt.Sprintf("U%032x", 2) + "\n",
		"line 2: extraneous or missing \" in quoted-field":               "identity,LineID\n\"a," + id + "\n",
		"2 lines are wrong:\n  line 2: wrong number of fields\n  line 3": "identity,LineID\na\nb\n",
	} {
		if _, err := checkText(t.Context(), text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// The first twenty faults are listed by line, and all are counted, whatever the order in which they are found.
func TestManyFaults(t *testing.T) {
	t.Parallel()
	// Twins are found last, and stand in front.
	twins := fmt.Sprintf("a,U%032x\na,U%032x\n", 1, 1)
	for n, more := range map[int][]string{maxFaults: {}, maxFaults + 1: {"  and 1 more"}, 2 * maxFaults: {"  and 20 more"}} {
		_, err := checkText(t.Context(), "identity,LineID\n"+twins+strings.Repeat("b,x\n", n-1))
		if err == nil {
			t.Fatalf("%d faults: none", n)
		}
		lines := strings.Split(err.Error(), "\n")
		if lines[0] != fmt.Sprintf("%d lines are wrong:", n) || !strings.HasPrefix(lines[1], "  line 3: the identity is on line 2") ||
			!strings.HasPrefix(lines[maxFaults], "  line 22: ") || !slices.Equal(lines[maxFaults+1:], more) {
			t.Errorf("%d faults: %v", n, err)
		}
	}
}

func TestSharedLineIDs(t *testing.T) {
	t.Parallel()
	id := func(i int) string { return fmt.Sprintf("U%032x", i) }
	// The example is the pair that comes first in the file, not the one of the lowest LINE ID.
	text := "identity,LineID\na," + id(9) + "\nb," + id(1) + "\nc," + id(9) + "\nd," + id(1) + "\ne," + id(9) + "\n"
	checked, err := checkText(t.Context(), text)
	want := "3 lines have a LINE ID that an earlier line has, for instance " + id(9) + " on lines 2 and 4: "
	if err != nil || !strings.HasPrefix(checked.shared, want) {
		t.Errorf("%v, %q, want %q", err, checked.shared, want)
	}
}

func TestCheckEndsWhenItIsInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := checkText(ctx, csvText(3)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// A quotation mark that nothing closes makes one record of all that follows: a large file is not kept in memory.
func TestARecordIsBounded(t *testing.T) {
	t.Parallel()
	profile := func(i int) string { return fmt.Sprintf("user-%d,U%032x\n", i, i) }
	var text strings.Builder
	text.WriteString("identity,LineID\n" + profile(1) + "\"two\nlines\"," + profile(2)[len("user-2,"):] + "a,\"no\nID\"\nb\"c,\n\"")
	for i := range 60_000 {
		text.WriteString(profile(i))
	}
	const want = "after line 7: the record is longer than 1 MiB. Is there a quotation mark that nothing closes?"
	for name, file := range map[string]string{"no mark": text.String(), "a mark at the end": text.String() + "\",x\n"} {
		reader := strings.NewReader(file)
		_, err := checkProfiles(t.Context(), reader)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
		if read := len(file) - reader.Len(); read > maxRecord+2*64<<10 {
			t.Errorf("%s: %d bytes of %d were read", name, read, len(file))
		}
	}
	reader := strings.NewReader(strings.Repeat("x", 4*maxRecord))
	if _, err := checkProfiles(t.Context(), reader); err == nil || err.Error() != "line 1: the record is longer than 1 MiB" || reader.Len() < 2*maxRecord {
		t.Errorf("%d bytes left, %v", reader.Len(), err)
	}
	// Many short records are no long one, and what is as long as a record may be is read.
	if checked, err := checkText(t.Context(), csvText(60_000)); err != nil || checked.rows != 60_000 {
		t.Errorf("%d rows, %v", checked.rows, err)
	}
}
