package handoff

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestDifferences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ a, b, was, is string }{
		{"abc", "abd", "ab|c|", "ab|d|"},
		{"Hello, old!", "Hello, new!", "Hello, |old|!", "Hello, |new|!"},
		{"", "a", "||", "|a|"},
		{"aa", "aaa", "aa||", "aa|a|"},
		{"あい", "いい", "|あ|い", "|い|い"}, // whose first bytes are the same
		{"あ", "い", "|あ|", "|い|"},
		{"aあ", "aあb", "aあ||", "aあ|b|"},
		{"\u00e9", "\u03a9", "|é|", "|Ω|"}, // whose last bytes are the same
	} {
		was, is := differences(test.a, test.b)
		join := func(d difference) string { return d.Before + "|" + d.Differs + "|" + d.After }
		if join(was) != test.was || join(is) != test.is {
			t.Errorf("%q and %q: %q, %q", test.a, test.b, join(was), join(is))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab\u3042\u3044\u00e9\u03a9\U0001f600")), 0, 6, -1)
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		was, is := differences(a, b)
		if was.Before+was.Differs+was.After != a || is.Before+is.Differs+is.After != b || was.Before != is.Before || was.After != is.After {
			t.Fatalf("%q, %q", was, is)
		}
		for _, part := range []string{was.Before, was.Differs, is.Differs, was.After} {
			if !utf8.ValidString(part) {
				t.Fatalf("%q, %q: a character is cut", was, is)
			}
		}
	})
}

// TestQuoted has a real shell read what is to be pasted into it.
func TestQuoted(t *testing.T) {
	t.Parallel()
	words := []string{"", "a", "./a/b", "LINE push", "it's", "$HOME `id` $(id) \\", "a\"b", "*", "~", "~/a", "!x", "=a", "#", "a;b&c|d<e>f", "日本", "a\nb", "{a,b}", "-x", "[a]", "a\tb", "''"}
	var line strings.Builder
	for _, word := range words {
		line.WriteString(" " + quoted(word))
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	out, err := exec.CommandContext(t.Context(), shell, "-c", "printf '%s\\0'"+line.String()).Output()
	if got := strings.Split(string(out), "\x00"); err != nil || !slices.Equal(got[:len(got)-1], words) {
		t.Errorf("the shell reads %q, %v", got, err)
	}
	if quoted("line-campaign-bodies/a_b.c") != "line-campaign-bodies/a_b.c" {
		t.Error("plain words are quoted")
	}
}

func TestWordsAreThere(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%.`)
	en, ja := fmt.Sprintf("%#v", english), fmt.Sprintf("%#v", japanese)
	if strings.Contains(en+ja, `:""`) || len(english.Kinds) != 4 || len(japanese.Kinds) != 4 {
		t.Errorf("a text is missing: %s %s", en, ja)
	}
	if !slices.Equal(verbs.FindAllString(en, -1), verbs.FindAllString(ja, -1)) {
		t.Error("the two languages want other values")
	}
}
