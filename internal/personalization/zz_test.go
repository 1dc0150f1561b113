package personalization

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func BenchmarkZZ(b *testing.B) {
	for n, u := range map[string]string{"out": "some text, and some more text, and more {{ Profile.A | default: 'x' }} ", "ifs": "{% if Profile.A == 'x' %}text, and text, and text, {% else %}some other text, and more text of it,{% endif %} text, and text, and text, and text, and text, "} {
		text := strings.Repeat(u, 8000/len(u))
		js := []byte(`"` + text + `"`)
		b.Run(n+"/json", func(b *testing.B) {
			for b.Loop() {
				var v any
				json.Unmarshal(js, &v)
			}
		})
		b.Run(n+"/scan", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(text)
			}
		})
		t := Parse(text)
		b.Run(n+"/check", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				t.Check()
			}
		})
		b.Run(n+"/build", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				t.build()
			}
		})
		v, _ := t.Variants()
		b.Run(n+"/extent", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.Extent(func(s string) int { return len(s) }, math.MaxInt)
			}
		})
		b.Run(n+"/extent0", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.Extent(func(s string) int { return len(s) }, 5000)
			}
		})
	}
}
