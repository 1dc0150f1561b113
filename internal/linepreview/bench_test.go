package linepreview

import (
	"fmt"
	"strings"
	"testing"
)

// benchmarkBody is a push body of about 2 KB, a card as shops send it.
func benchmarkBody(n int) string {
	row := `{"type":"box","layout":"horizontal","margin":"md","contents":[{"type":"text","text":"お買い上げ Item %d","size":"sm","color":"#555555","flex":0},` +
		`{"type":"text","text":"¥1,200","size":"sm","color":"#111111","align":"end"}]}`
	var rows []string
	for i := range 6 {
		rows = append(rows, fmt.Sprintf(row, n+i))
	}
	return `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"text","text":"Hello {{ Profile.Name | default: 'you' }}"},` +
		`{"type":"flex","altText":"Receipt","contents":{"type":"bubble","hero":{"type":"image","url":"https://cdn.example.com/hero.png","size":"full","aspectRatio":"20:13","aspectMode":"cover"},` +
		`"body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"Receipt","weight":"bold","size":"xl"},{"type":"separator","margin":"lg"},` +
		strings.Join(rows, ",") + `]},"footer":{"type":"box","layout":"vertical","contents":[{"type":"button","style":"primary","color":"#1DB446",` +
		`"action":{"type":"uri","label":"Open the shop","uri":"https://shop.example.com/items?id=1"}}]}}}]}`
}

// BenchmarkPage draws 200 bodies of 2 KB, each with and without values, and reports how large the page is. It is to take
// less than a second and two megabytes.
func BenchmarkPage(b *testing.B) {
	var sets []Set
	for i := range 200 {
		sets = append(sets, Set{fmt.Sprintf("Body %d", i), benchmarkBody(i)})
	}
	size := 0
	for b.Loop() {
		size = len(Page("All", sets, Options{}))
	}
	b.ReportMetric(float64(len(sets[0].Text)), "body-bytes")
	b.ReportMetric(float64(size), "page-bytes")
}

// BenchmarkPageSizes shows that the time for a byte does not grow with the message, up to where the picture ends.
func BenchmarkPageSizes(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000, 2_000_000} {
		for name, text := range map[string]string{
			"text":   `{"type":"text","text":"` + strings.Repeat("あa😀", size/8) + `"}`,
			"liquid": `{"type":"text","text":"` + strings.Repeat("{{ Profile.A | default: 'x' }} @ ", size/32) + `"}`,
			"assign": `{"type":"text","text":"{% assign a = '` + strings.Repeat("x", 500) + `' %}` + strings.Repeat("{{a}}", size/5) + `"}`,
			"flex": `{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[` +
				strings.Repeat(`{"type":"text","text":"a","size":"sm"},`, size/40) + `{"type":"filler"}]}}`,
			"styles": `{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[` + manyStyles(size/60) + `{"type":"filler"}]}}`,
		} {
			b.Run(fmt.Sprintf("%s-%d", name, size), func(b *testing.B) {
				for b.Loop() {
					Page("", []Set{{"", text}}, Options{})
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
			})
		}
	}
}

// manyStyles are texts of which no two look alike.
func manyStyles(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, `{"type":"text","text":"a","size":"1px","color":"#%06x"},`, i)
	}
	return b.String()
}
