package linepreview

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzPage checks that no message, title or value gets out of its place, and that a page does not outgrow its messages.
func FuzzPage(f *testing.F) {
	for _, pattern := range []string{"testdata/*.json", "../linebody/testdata/samples/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("no samples: %v", err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text), `"><script>`)
		}
	}
	f.Add(`{"type":"bubble","size":"x\"><script>","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"</style><script>","color":"#fff}*{"}]}}`, "")
	f.Add(`{"type":"text","text":"{% assign a = '`+strings.Repeat("x", 600)+`' %}`+strings.Repeat("{{ a }}", 50)+`"}`, "\x00")
	f.Add(`{"type":"image","previewImageUrl":"javascript:alert(1)//https://x"}`, "javascript:alert(1)")
	f.Fuzz(func(t *testing.T, text, value string) {
		samples := map[string]string{"Profile.Name": value, "Event.URL": value}
		for _, images := range []bool{false, true} {
			page := Page(value, []Set{{value, text}}, Options{Images: images, Samples: samples})
			wantSafe(t, page, images)
			if bytes.Contains(page, []byte("ZgotmplZ")) && !strings.Contains(text+value, "ZgotmplZ") {
				t.Error("a value was taken out by html/template")
			}
			if most := 3 * mostDrawn; len(page) > most {
				t.Errorf("the page has %d bytes", len(page))
			}
		}
	})
}
