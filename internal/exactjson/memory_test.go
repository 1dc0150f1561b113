package exactjson

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// allocated is how many bytes of memory a text costs for each of its own.
func allocated(text string) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d, _ := Parse(text)
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(d)
	return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(text))
}

// TestMemoryIsLinear: whatever a text is made of, memory for a byte of it is bounded, however long the text is. The
// dearest are texts of many small values, which cost a node each and the copies of the arena as it grows.
func TestMemoryIsLinear(t *testing.T) {
	const most = 150
	keys := func(size int, key func(i int) string) string {
		var text strings.Builder
		text.WriteByte('{')
		for i := 0; text.Len() < size; i++ {
			text.WriteString(string(AppendString(nil, key(i))) + `:0,`)
		}
		return text.String() + `"":0}`
	}
	for name, shape := range map[string]func(size int) string{
		"deep": func(size int) string {
			return strings.Repeat(strings.Repeat("[", 255)+strings.Repeat("]", 255), size/510)
		},
		"deep, side by side": func(size int) string {
			return "[" + strings.Repeat(strings.Repeat("[", 255)+strings.Repeat("]", 255)+",", size/511) + "0]"
		},
		"long keys, nested": func(size int) string {
			return strings.Repeat(`{"`+strings.Repeat("k", size/MaxDepth)+`":`, MaxDepth-1) + "0" + strings.Repeat("}", MaxDepth-1)
		},
		"long escaped keys, nested": func(size int) string {
			return strings.Repeat(`{"`+strings.Repeat(`\n`, size/MaxDepth/2)+`":`, MaxDepth-1) + "0" + strings.Repeat("}", MaxDepth-1)
		},
		"short keys":     func(size int) string { return keys(size, func(i int) string { return strconv.Itoa(i) }) },
		"escaped keys":   func(size int) string { return keys(size, func(i int) string { return "\n" + strconv.Itoa(i) }) },
		"duplicates":     func(size int) string { return keys(size, func(int) string { return "k" }) },
		"small values":   func(size int) string { return "[" + strings.Repeat("0,", size/2) + "0]" },
		"small objects":  func(size int) string { return "[" + strings.Repeat(`{"":0},`, size/7) + "0]" },
		"fifteen keys":   func(size int) string { return "[" + strings.Repeat(keys(80, strconv.Itoa)+",", size/90) + "0]" },
		"one string":     func(size int) string { return `"` + strings.Repeat("a", size) + `"` },
		"one number":     func(size int) string { return strings.Repeat("9", size) },
		"not closed":     func(size int) string { return strings.Repeat(`[0,`, size/3) },
		"text after it":  func(size int) string { return "[" + strings.Repeat("0,", size/2) + "0] x" },
		"invalid at end": func(size int) string { return "[" + strings.Repeat("0,", size/2) + "0]\xff" },
	} {
		small, large := allocated(shape(20_000)), allocated(shape(1_000_000))
		t.Logf("%s: %.1f and %.1f bytes", name, small, large)
		if small > most || large > most {
			t.Errorf("%s: a byte costs %.1f, and %.1f in a large text; at most %d are expected", name, small, large, most)
		}
	}
}
