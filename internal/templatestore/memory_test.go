package templatestore

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// allocatedBy is how many bytes of memory reading a document costs for each of its own.
func allocatedBy(read func(data []byte), text string) float64 {
	data := []byte(text)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	read(data)
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(text))
}

// TestMemoryIsLinear: whatever is in a file, a byte of it costs a bounded amount of memory. The file may be a healthy
// document, or none.
func TestMemoryIsLinear(t *testing.T) {
	const most = 400
	body := func(messages string) string {
		return `{"schema_version":1,"kind":"line-campaign-bodies","name":"a","write_id":"","content":{"to":{},"body":"",` +
			`"content_sha256":"","messages":[` + messages + `]}}`
	}
	template := func(extra string) string {
		return `{"schema_version":1,"kind":"webhook-templates","name":"a","write_id":"","content":{"http_method":"",` +
			`"destination_url":"","content_sha256":"",` + extra + `}}`
	}
	members := func(size int, value string, key func(i int) string) string {
		var text strings.Builder
		for i := 0; text.Len() < size; i++ {
			text.WriteString(strconv.Quote(key(i)) + ":" + value + ",")
		}
		return text.String() + `"":` + value
	}
	nested := func(depth int, opening, inside, closing string) string {
		return strings.Repeat(opening, depth) + inside + strings.Repeat(closing, depth)
	}
	const depth = 200
	for name, shape := range map[string]func(size int) string{
		"deep": func(size int) string { return nested(size/2, "[", "", "]") },
		"deep objects": func(size int) string {
			return body(nested(depth, `{"`+strings.Repeat("k", size/depth)+`":`, "0", "}"))
		},
		"deep arrays": func(size int) string {
			return body(`{"a":[` + strings.Repeat(nested(depth, "[", "", "]")+",", size/depth/2) + `0]}`)
		},
		"escaped keys, deep": func(size int) string {
			return body(nested(depth, `{"`+strings.Repeat(`\n`, size/depth/2)+`":`, "0", "}"))
		},
		"deep in a list that is none": func(size int) string {
			return body(strings.Repeat(nested(depth, "[", "", "]")+",", size/depth/2) + "0")
		},
		"many messages":       func(size int) string { return body(strings.Repeat("{},", size/3) + "{}") },
		"many wrong messages": func(size int) string { return body(strings.Repeat("0,", size/2) + "0") },
		"many small values":   func(size int) string { return body(`{"a":[` + strings.Repeat("0,", size/2) + "0]}") },
		"many small objects":  func(size int) string { return body(`{"a":[` + strings.Repeat(`{"":0},`, size/7) + "0]}") },
		"many short keys":     func(size int) string { return body("{" + members(size, "0", strconv.Itoa) + "}") },
		"many duplicates":     func(size int) string { return body("{" + members(size, "0", func(int) string { return "k" }) + "}") },
		"many unknown":        func(size int) string { return template(members(size, "0", strconv.Itoa)) },
		"many headers":        func(size int) string { return template(`"headers":{` + members(size, `""`, strconv.Itoa) + "}") },
		"many wrong headers":  func(size int) string { return template(`"headers":{` + members(size, `0`, strconv.Itoa) + "}") },
		"a long number":       func(size int) string { return template(`"secret_headers_version":` + strings.Repeat("9", size)) },
		"a great number": func(size int) string {
			return template(`"secret_headers_version":1e999999999` + strings.Repeat(" ", size))
		},
		"a tiny number": func(size int) string {
			return template(`"secret_headers_version":-1e-999999999` + strings.Repeat(" ", size))
		},
		"a great version": func(size int) string {
			return strings.Replace(body(strings.Repeat(" ", size)), "1", "1e999999999", 1)
		},
		"a long string": func(size int) string { return body(`{"a":"` + strings.Repeat("a", size) + `"}`) },
		"a long key":    func(size int) string { return template(`"` + strings.Repeat("k", size) + `":0`) },
	} {
		for _, size := range []int{48_000, 480_000} {
			text := shape(size)
			cost := allocatedBy(func(data []byte) {
				if strings.Contains(text, "bodies") {
					_, _ = decodeDocument[LineCampaignBody](data, LineCampaignBodies, "a")
				} else {
					_, _ = decodeDocument[WebhookTemplate](data, WebhookTemplates, "a")
				}
			}, text)
			if cost > most {
				t.Errorf("%s: each of %d bytes costs %.1f, and at most %d are expected", name, len(text), cost, most)
			}
		}
	}
}
