package linepreview

import (
	"strings"
	"testing"
)

func TestLiquid(t *testing.T) {
	t.Parallel()
	samples := map[string]string{"Profile.Name": "Aya", "Profile.Color": "#112233"}
	for _, test := range []struct{ text, with, without, note string }{
		{"{{ Profile.Name | default: 'you' }}", ">Aya</span>", ">you</span>", ""},
		{"{{ Profile.City }}!", `<span class="tag">{{ Profile.City }}</span>!`, `<div class="say">!</div>`, ""},
		{"{{ Profile.Name | upcase }}", ">Aya</span>", `<div class="say"></div>`, "&#34;upcase&#34;"},
		{"{% if Profile.Name %}yes{% else %}{% abort %}{% endif %}", `>yes</div>`, `<span class="tag">{% abort %}</span>`, "nothing is sent"},
		{"{% if Event.Paid %}paid{% endif %}", `<span class="tag">{% if Event.Paid %}</span>paid`, `<div class="say"></div>`, ""},
		{"open {{ Profile.Name", `open <span class="tag">{{ Profile.Name</span>`, "", ""},
		{strings.Repeat("x", mostCharacters+1), strings.Repeat("x", mostCharacters) + "…", "", "too long"},
	} {
		got := drawn(t, `{"type":"text","text":"`+test.text+`"}`, Options{Samples: samples})
		with, without, two := strings.Cut(got, english.withoutProperties)
		if !strings.Contains(with, test.with) || !strings.Contains(without, test.without) || two != (test.without != "") ||
			!strings.Contains(got, test.note) {
			t.Errorf("%.60s is drawn as %.2000s", test.text, got)
		}
	}
	for text, want := range map[string]string{
		`{"type":"text","text":"{{ Profile.City | default: 'there' }}"}`:                                                 english.forAll,
		`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"sticker","packageId":"1","stickerId":"2"}]}`: "",
	} {
		got := drawn(t, text, Options{})
		if strings.Count(got, "<figure>") != 1 || strings.Contains(got, "<figcaption>") != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%s is drawn as %s", text, got)
		}
	}
	got := drawn(t, `{"type":"bubble","body":{"type":"box","layout":"vertical","backgroundColor":"{{ Profile.Color | default: '#445566' }}","contents":[]}}`,
		Options{Samples: samples})
	if !strings.Contains(got, "background-color:#112233") || !strings.Contains(got, "background-color:#445566") {
		t.Errorf("a colour with Liquid is drawn as %s", got)
	}
}
