package linebody

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// validMessages are messages without an error.
func validMessages(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile("testdata/everyday/valid.txt")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.Split(strings.TrimSpace(string(content)), "\n"), func(line string) bool { return line[0] == ' ' })
}

// TestValidStaysValid: a message without an error has none when its keys come in another order, with other white space, and
// when any of its texts is an output whose default is that text.
func TestValidStaysValid(t *testing.T) {
	t.Parallel()
	messages := validMessages(t)
	rapid.Check(t, func(t *rapid.T) {
		message := ParseMessage(rapid.SampledFrom(messages).Draw(t, "message"))
		respelled := string(respell(t, message.document, exactjson.Root, nil))
		for _, p := range ValidateMessages("{{ Profile.LineID | default: 'N.A' }}", ParseMessages(respelled), Options{Strict: true}) {
			if p.Severity == Error {
				t.Fatalf("%s\nwas %s:\n%+v", respelled, message.Text(), p)
			}
		}
	})
}

// respell writes a value in another way.
func respell(t *rapid.T, d *exactjson.Document, v exactjson.Value, dst []byte) []byte {
	space := func() { dst = append(dst, rapid.SampledFrom([]string{"", " ", "\n\t", "\r\n"}).Draw(t, "space")...) }
	kind := d.Kind(v)
	switch kind {
	case exactjson.Object, exactjson.Array:
		children := slices.Collect(d.Children(v))
		open, closed := byte('['), byte(']')
		if kind == exactjson.Object {
			children = rapid.Permutation(children).Draw(t, "order")
			open, closed = '{', '}'
		}
		dst = append(dst, open)
		for i, child := range children {
			if i > 0 {
				dst = append(dst, ',')
			}
			space()
			if kind == exactjson.Object {
				dst = exactjson.AppendString(dst, d.Key(child))
				space()
				dst = append(dst, ':')
				space()
			}
			dst = respell(t, d, child, dst)
			space()
		}
		return append(dst, closed)
	case exactjson.String:
		text := d.Text(v)
		if !strings.ContainsAny(text, `'"\{}`+"\n") && rapid.IntRange(0, 3).Draw(t, "output") == 0 {
			text = "{{ Profile.Other | default: '" + text + "' }}"
		}
		return exactjson.AppendString(dst, text)
	default:
		return append(dst, d.Raw(v)...)
	}
}

// TestNoRuleComparesLiquid: a message in which one text after the other becomes one that nobody knows has no error about how
// values go together, whatever they are.
func TestNoRuleComparesLiquid(t *testing.T) {
	t.Parallel()
	for _, text := range validMessages(t) {
		message := ParseMessage(text)
		for at := range exactjson.Value(message.document.Len()) {
			raw := message.document.Raw(at)
			if message.document.Kind(at) != exactjson.String || strings.ContainsAny(raw, "{}") || len(raw) < 3 {
				continue
			}
			offset := message.document.Offset(at)
			open := text[:offset] + `"{{ Profile.Other }}"` + text[offset+len(raw):]
			for _, p := range ValidateMessages(user, ParseMessages(open), Options{}) {
				if p.Severity == Error {
					t.Errorf("%s: %+v", open, p.Problem)
				}
			}
		}
	}
}
