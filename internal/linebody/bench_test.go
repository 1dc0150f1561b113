package linebody

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// flexCarousel is a flex message of about that many bytes.
func flexCarousel(size int) string {
	line := `{"type":"box","layout":"baseline","margin":"md","contents":[{"type":"icon","size":"sm","url":"https://cdn.example.com/star.png"},` +
		`{"type":"text","text":"お買い上げ Item number one","size":"sm","color":"#999999","margin":"md","flex":0,"wrap":true}]},` +
		`{"type":"button","style":"link","height":"sm","action":{"type":"uri","label":"Open the shop","uri":"https://shop.example.com/items?id=1"}}`
	const bubbles = 10
	lines := max(1, size/bubbles/len(line))
	bubble := `{"type":"bubble","size":"kilo","body":{"type":"box","layout":"vertical","contents":[` + times(lines,
		line) + `]}}`
	return flexOf(`{"type":"carousel","contents":[` + times(bubbles, bubble) + `]}`)
}

func benchmarkBodies() map[string]string {
	column := `{"thumbnailImageUrl":"https://cdn.example.com/item.jpg","title":"This is an item","text":"With a description","actions":[` +
		`{"type":"postback","label":"Buy","data":"action=buy&itemid=111"},{"type":"uri","label":"View detail","uri":"https://shop.example.com/111"}]}`
	return map[string]string{
		"text": bodyTo("{{ Profile.LineID | default: 'N.A' }}",
			`{"type":"text","text":"Hello {{ Profile.Name | default: 'you' }}, your order is on its way."}`),
		"carousel": bodyTo(user, template("carousel", `"columns":[`+times(10, column)+`]`)),
		"flex50KB": bodyTo(user, flexCarousel(49_000)),
	}
}

// BenchmarkValidate reports how long Validate takes in comparison with json.Unmarshal into any.
func BenchmarkValidate(b *testing.B) {
	for name, body := range benchmarkBodies() {
		b.Run(name, func(b *testing.B) {
			text := []byte(body)
			if problems := Validate(text); len(problems) > 0 {
				b.Fatalf("the body has problems: %v", problems)
			}
			var decoding, checking time.Duration
			for b.Loop() {
				start := time.Now()
				var decoded any
				if err := json.Unmarshal(text, &decoded); err != nil {
					b.Fatal(err)
				}
				between := time.Now()
				Validate(text)
				decoding += between.Sub(start)
				checking += time.Since(between)
			}
			b.ReportMetric(float64(checking.Nanoseconds())/float64(b.N), "ns/op")
			b.ReportMetric(float64(checking)/float64(decoding), "x-unmarshal")
		})
	}
}

// BenchmarkValidateSizes shows that the time for a byte does not grow with the body.
func BenchmarkValidateSizes(b *testing.B) {
	for _, size := range []int{1_000, 10_000, 100_000, 1_000_000, 2_000_000} {
		for name, body := range map[string]string{
			"flex":   bodyTo(user, flexCarousel(size)),
			"text":   bodyTo(user, `{"type":"text","text":"`+strings.Repeat("あa😀", size/8)+`"}`),
			"liquid": bodyTo(user, `{"type":"text","text":"`+strings.Repeat("{{ Profile.A | default: 'x' }} @ ", size/32)+`"}`),
			"hostile": bodyTo(user,
				inBubble(`"body":{"type":"box",`+manyKeys(size/24)+`,"layout":"baseline","contents":[`+
					times(size/60, `{"type":"text","text":"a"}`)+`]}`)),
			"keys": bodyTo(user, `{"type":"text","text":"a","sender":{`+manyKeys(size/12)+`}}`),
		} {
			b.Run(fmt.Sprintf("%s-%d", name, size), func(b *testing.B) {
				text := []byte(body)
				for b.Loop() {
					Validate(text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
			})
		}
	}
}

func manyKeys(count int) string {
	keys := make([]string, count)
	for i := range keys {
		keys[i] = fmt.Sprintf(`"%07d":1`, i)
	}
	return strings.Join(keys, ",")
}
