package linebody

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// denseLiquid are texts with a tag in each 70 bytes or so, as long as a size.
func denseLiquid(size int) map[string]string {
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	half := strings.Repeat("{% if Profile.A %}b", size/32)
	return map[string]string{
		"outputs":   fill("some text, and some more text, and more {{ Profile.A | default: 'x' }} "),
		"ifs":       fill("{% if Profile.A == 'x' %}text, and text, and text, {% else %}some other text, and more text of it,{% endif %} text, and text, and text, and text, and text, "),
		"case":      "{% case Profile.A %}" + fill("{% when 'x' %}some text, and some more text, and more text of it, text ") + "{% endcase %}",
		"assigns":   fill("{% assign a = Profile.A | default: 'x' %}text, and text, and text {{ a }} "),
		"nested":    half + strings.Repeat("{% endif %} ", size/32),
		"elsif":     "{% if Profile.A %}" + fill("{% elsif Profile.B == 'b' or Profile.C %}some text, and some more text ") + "{% endif %}",
		"condition": "{% if Profile.A" + fill(" or Profile.B == 'b'") + " %}a{% endif %}",
		"filters":   "{{ Profile.A" + fill(" | append: 'b', 'c'") + " }}",
		"braces":    fill("{ {a} } { "),
		"pickers":   fill("some text, and text @Profile - A | default: 'b' and text "),
	}
}

// BenchmarkLiquid reports how long Validate takes for texts full of Liquid, in comparison with json.Unmarshal into any: medians of
// pairs. One of 2 MB takes no longer for a byte than one of 8 KB, or something is not linear.
func BenchmarkLiquid(b *testing.B) {
	for _, size := range []int{500, 2_000, 8_000, 32_000, 1_900_000} {
		for name, text := range denseLiquid(size) {
			b.Run(fmt.Sprintf("%s-%d", name, size), func(b *testing.B) {
				body := []byte(bodyTo(user, `{"type":"text","text":"`+text+`"}`))
				rounds := max(1, 20_000/size)
				var ratios []float64
				for b.Loop() {
					start := time.Now()
					for range rounds {
						var decoded any
						if err := json.Unmarshal(body, &decoded); err != nil {
							b.Fatal(err)
						}
					}
					between := time.Now()
					for range rounds {
						Validate(body)
					}
					ratios = append(ratios, float64(time.Since(between))/float64(between.Sub(start)))
				}
				slices.Sort(ratios)
				b.ReportMetric(ratios[len(ratios)/2], "x-unmarshal")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
