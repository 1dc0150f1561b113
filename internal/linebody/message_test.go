package linebody

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// TestMessagesAreParsedOnce: whatever is done with messages, nobody reads their texts again, nor the body.
func TestMessagesAreParsedOnce(t *testing.T) {
	texts := []string{`{"type":"text","text":"{{ Profile.Name | default: 'x' }}"}`, `{"type":"flex"}`, `[]`, `{`}
	before := exactjson.Parsed()
	messages := ParseMessages(texts...)
	const to = "{{ Profile.LineID | default: 'N.A' }}"
	ValidateMessages(to, messages, Options{})
	for _, message := range messages {
		_ = message.Err()
		_, _ = message.Normal()
		_, _ = message.Sample()
		_ = message.Equal(messages[0])
		_, _ = message.At("text")
		_ = message.SampleAt("text")
	}
	for _, body := range []Body{{To: to, Messages: messages[:2]}, {To: to, Messages: messages}} {
		_, _ = Build(body)
		_, _ = Canonical(body)
	}
	if got := exactjson.Parsed() - before; got != int64(len(texts)) {
		t.Errorf("%d texts were parsed %d times", len(texts), got)
	}
}

// TestCanonicalIsThatOfTheBuiltBody: what is hashed is the value that is pasted.
func TestCanonicalIsThatOfTheBuiltBody(t *testing.T) {
	t.Parallel()
	text := rapid.StringN(0, 12, -1)
	spelled := rapid.OneOf(
		rapid.SampledFrom([]string{"1.0", "1e2", "-0", "0.1e-30", "12345678901234567890", `"\u003c"`, "null", "true", "[ 1 , [ ] ]",
			`{"b":1 , "a":2.50,"\u0061b":3}`}),
		rapid.Map(text, quoted),
	)
	message := rapid.Map(rapid.MapOf(text, spelled), func(members map[string]string) string {
		var list []string
		for key, value := range members {
			list = append(list, quoted(key)+" : "+value)
		}
		return "{ " + strings.Join(list, " , ") + " }"
	})
	rapid.Check(t, func(t *rapid.T) {
		body := Body{
			To:                   text.Draw(t, "to"),
			Messages:             ParseMessages(rapid.SliceOfN(message, 0, 3).Draw(t, "messages")...),
			NotificationDisabled: rapid.Ptr(rapid.Bool(), true).Draw(t, "disabled"),
		}
		if rapid.Bool().Draw(t, "with units") {
			body.CustomAggregationUnits = rapid.SliceOfN(text, 0, 2).Draw(t, "units")
		}
		built, err := Build(body)
		if err != nil || !json.Valid([]byte(built)) {
			t.Fatalf("built %s, %v", built, err)
		}
		d, fault := exactjson.Parse(built)
		if fault != nil {
			t.Fatal(fault.Message)
		}
		want := string(d.AppendCanonical(nil, exactjson.Root))
		if got, err := Canonical(body); got != want || err != nil {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
	})
}

func TestCanonicalRefusesWhatBuildRefuses(t *testing.T) {
	t.Parallel()
	for _, body := range []Body{
		{To: "\xff"}, {CustomAggregationUnits: []string{"\xff"}}, {Messages: ParseMessages(`{}`, `[]`)}, {Messages: ParseMessages("{")},
		{Messages: ParseMessages(`{"a":1,"a":1}`)}, {Messages: []Message{{}}},
	} {
		_, want := Build(body)
		if got, err := Canonical(body); want == nil || err == nil || err.Error() != want.Error() {
			t.Errorf("Canonical says %s, %v, and Build %v", got, err, want)
		}
	}
}

// TestMessageAt follows the paths of others, which may be anything.
func TestMessageAt(t *testing.T) {
	t.Parallel()
	const hero = `{ "type": "image", "url": "{{ Profile.Picture | default: 'a' }}" }`
	message := ParseMessage(`{"type":"flex","contents":{"hero": ` + hero + `, "list": [1, {"a":"{{ b }}"}]}}`)
	for _, test := range []struct {
		steps, raw, sample string
		found              bool
	}{
		{"contents hero url", `"{{ Profile.Picture | default: 'a' }}"`, `"a"`, true},
		{"contents hero", hero, `{"type":"image","url":"a"}`, true},
		{"contents list 1 a", `"{{ b }}"`, `"sample"`, true},
		{"contents list -1", `[1, {"a":"{{ b }}"}]`, `[1,{"a":"sample"}]`, false},
		{"contents list 99999999999999999999", `[1, {"a":"{{ b }}"}]`, `[1,{"a":"sample"}]`, false},
		{"contents hero url 0", `"{{ Profile.Picture | default: 'a' }}"`, `"a"`, false},
		{"contents hero footer", hero, `{"type":"image","url":"a"}`, false},
		{"", message.Text(), `{"type":"flex","contents":{"hero":{"type":"image","url":"a"},"list":[1,{"a":"sample"}]}}`, true},
	} {
		steps := strings.Fields(test.steps)
		if raw, found := message.At(steps...); raw != test.raw || found != test.found {
			t.Errorf("%s: got %s, %v", test.steps, raw, found)
		}
		if sample := message.SampleAt(steps...); sample != test.sample {
			t.Errorf("%s: got the sample %s", test.steps, sample)
		}
	}
	for _, none := range []Message{{}, ParseMessage(""), ParseMessage(`{"a":`)} {
		if raw, found := none.At("a"); raw != none.Text() || found || none.SampleAt("a") != raw {
			t.Errorf("%q has %q, %v", none.Text(), raw, found)
		}
	}
}

// TestZeroMessage: it is an empty text, which is no message.
func TestZeroMessage(t *testing.T) {
	t.Parallel()
	zero, empty := Message{}, ParseMessage("")
	if zero.Err() == nil || zero.Err().Error() != empty.Err().Error() || zero.Equal(empty) {
		t.Errorf("got %v and %v", zero.Err(), empty.Err())
	}
	got, want := ValidateMessages(user, []Message{zero}, Options{}), ValidateMessages(user, []Message{empty}, Options{})
	if len(got) != 1 || len(want) != 1 || got[0] != want[0] {
		t.Errorf("got %+v and %+v", got, want)
	}
}
