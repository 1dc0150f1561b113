package linebody

import "testing"

func TestSample(t *testing.T) {
	for message, want := range map[string]string{
		`{"type":"text","text":"Hello, {{ Profile.Name | default: 'you' }}!"}`: `{"type":"text","text":"Hello, you!"}`,
		`{"type":"text","text":"a > b"}`:                                       `{"type":"text","text":"a > b"}`,
		`{"n": 12345678901234567890, "a": ["{{ Event.Items }}"]}`:              `{"n":12345678901234567890,"a":["sample"]}`,
		`{"text":"{{ Profile.Q | default: 'say \"hi\"' }}"}`:                   `{"text":"say \"hi\""}`,
	} {
		got, err := ParseMessage(message).Sample()
		if err != nil || got != want {
			t.Errorf("Sample(%s) = %s, %v; want %s", message, got, err, want)
		}
	}
	if got, err := ParseMessage(`[]`).Sample(); err == nil {
		t.Errorf("an array is sampled as %s", got)
	}
}
