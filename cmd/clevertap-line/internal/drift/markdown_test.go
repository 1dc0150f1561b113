package drift

import (
	"fmt"
	"strings"
	"testing"
)

const behind = "<!-- What follows may change while the drift does not. -->"

// many is a result with so many bodies off, and something to say of them in other parts, too.
func many(bodies, information int) result {
	store, lineAPI := newPart("template store"), newPart("LINE")
	for i := range bodies {
		store.found(notEntered, nameOf("line-campaign-bodies", fmt.Sprintf("body @%04d", i)), "%s is declared, and there is no receipt.", "2c26b46b68ff")
	}
	for i := range information {
		lineAPI.found(lineAccount, "", "The token is of @line%d.", i)
	}
	lineAPI.fail(fmt.Errorf("<!-- off in: LINE -->\n<!-- off in: LINE --> %s", strings.Repeat("down ", information)))
	return result{"A", []*part{store, lineAPI}}
}

// However much is off, the text fits, and nothing is left out without a word; what is off is the same text whatever the rest is.
func TestMarkdownLimit(t *testing.T) {
	t.Parallel()
	const url = "https://ci.example.com/jobs/1"
	for _, test := range []struct {
		bodies, information, limit int
		rows, names, more          int
	}{
		{20, 5, 65_536, 20, 0, 0},
		{200, 5, 65_536, 200, 0, 0},
		{1000, 2000, 65_536, 0, 1000, 0},
		{1000, 0, 65_536, 0, 1000, 0},
		{4000, 200, 65_536, 0, 0, 1},
		{4000, 200, 1_000_000, 0, 0, 0},
		{30, 0, 4_000, 0, 0, 0},
		{1, 3000, 65_536, 1, 0, 0},
	} {
		text, err := markdown(many(test.bodies, test.information), test.limit, url)
		if err != nil || len(text) > test.limit || len(text) < test.limit*3/4 && strings.Contains(text, "no room") {
			t.Fatalf("%+v: %d bytes, %v", test, len(text), err)
		}
		off, rest, _ := strings.Cut(text, behind)
		rows, names, more := strings.Count(off, "\n| line-campaign-bodies/"), strings.Count(off, "\n- line-campaign-bodies/"), 0
		if _, cut, left := strings.Cut(off, "\n- "); left && strings.HasSuffix(cut, " more\n\n") {
			line := cut[strings.LastIndex(strings.TrimSpace(cut), "\n")+1:]
			if _, err := fmt.Sscanf(line, "- %d more", &more); err != nil {
				t.Errorf("%+v: %q, %v", test, line, err)
			}
		}
		if rows+names+more != test.bodies || test.rows != 0 && rows != test.rows || test.names != 0 && rows+names != test.names || test.more != 0 && more == 0 {
			t.Errorf("%+v: %d rows, %d names, %d more", test, rows, names, more)
		}
		if isCut := rows < test.bodies; isCut != strings.Contains(off, "There is no room for all of what is off. [All of it is here](<"+url+">).") {
			t.Errorf("%+v: it is not said that something is left out, or is:\n%.300s", test, off)
		}
		if strings.Contains(rest, "There is no room") != strings.Contains(rest, "Lines that are left out: ") ||
			!strings.Contains(rest, "\n| LINE | could not look |") || !strings.HasSuffix(rest, "</details>\n") {
			t.Errorf("%+v: the rest is %.500s", test, rest)
		}
		other, err := markdown(many(test.bodies, 0), test.limit, url)
		if again, _, _ := strings.Cut(other, behind); err != nil || again != off {
			t.Errorf("%+v: what is off depends on the rest, %v", test, err)
		}
		if strings.Count(text, "\n<!-- off in: ") != 1 || strings.Count(text, "\n<!-- not looked at: LINE -->\n") != 1 {
			t.Errorf("%+v: the comments are not each there once", test)
		}
	}
	long := url + strings.Repeat("x", 3000)
	if text, err := markdown(many(4000, 3000), 65_536, long); err != nil || len(text) > 65_536 || strings.Count(text, "(<"+long+">)") != 2 {
		t.Errorf("%d bytes with a long address, %v", len(text), err)
	}
	for _, limit := range []int{1, 500, 1_200} {
		text, err := markdown(many(3000, 0), limit, url)
		smallest := 0
		if err == nil || text != "" {
			t.Fatalf("got %s, %v", text, err)
		}
		if _, scanned := fmt.Sscanf(err.Error(), fmt.Sprintf("what was found does not fit into --limit %d: the smallest for it is %%d", limit), &smallest); scanned != nil {
			t.Fatal(err)
		}
		if _, err := markdown(many(3000, 0), smallest, url); err != nil {
			t.Error(err)
		}
		if _, err := markdown(many(3000, 0), smallest-1, url); err == nil {
			t.Errorf("%d is not the smallest", smallest)
		}
	}
}

// Nothing that a forge reads in a text from outside is left together.
func TestEscape(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"www.evil.com and WWW.x": "www<!-- -->.evil.com and WWW<!-- -->.x",
		"GH-1, gh-2, xGH-3":      "GH<!-- -->-1, gh<!-- -->-2, xGH-3",
		`%1 %"a"`:                `%<!-- -->1 %<!-- -->"a"`,
		":tada::100:+1:":         ":<!-- -->tada::<!-- -->100:<!-- -->+1:",
		":_x: a: b":              `:<!-- -->\_x: a: b`,
		"https://a@b#1":          "https:<!-- -->//a@<!-- -->b#<!-- -->1",
		"at 03:00Z":              "at 03:<!-- -->00Z",
		"a|b<c>`d`":              "a\\|b\\<c\\>\\`d\\`",
		"":                       "",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
