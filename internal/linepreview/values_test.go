package linepreview

import "testing"

func TestValues(t *testing.T) {
	t.Parallel()
	read := map[string]func(string) (cssValue, bool){
		"color":  func(text string) (cssValue, bool) { return parseColor(text) },
		"length": func(text string) (cssValue, bool) { return parseLength(text, true, false) },
		"offset": func(text string) (cssValue, bool) { return parseLength(text, true, true) },
		"pixels": func(text string) (cssValue, bool) { return parseLength(text, false, false) },
		"angle":  func(text string) (cssValue, bool) { return parseAngle(text) },
		"ratio":  func(text string) (cssValue, bool) { return parseRatio(text) },
	}
	for _, test := range []struct{ kind, text, want string }{
		{"color", "#AAbb01", "#aabb01"},
		{"color", "#aabb0180", "#aabb0180"},
		{"color", "#aabb01ff", "#aabb01"},
		{"color", "#abc", ""},
		{"color", "red", ""},
		{"color", "#+12345", ""},
		{"color", "#12_345", ""},
		{"color", "#aabbcc;}body{display:none", ""},
		{"color", "url(https://example.com)", ""},
		{"color", "#aabbcc/*", ""},
		{"color", "", ""},
		{"length", "10px", "10px"},
		{"length", "12.5%", "12.5%"},
		{"length", "0.33333px", "0.333px"},
		{"length", "-1px", ""},
		{"length", "1.00000000000000000000px", ""},
		{"length", "1e9px", ""},
		{"length", "10001px", ""},
		{"length", "99999999999999999999999999px", ""},
		{"length", ".5px", ""},
		{"length", "5.px", ""},
		{"length", "NaNpx", ""},
		{"length", "0x10px", ""},
		{"length", "1_0px", ""},
		{"length", "10", ""},
		{"length", "10em", ""},
		{"length", "10px;color:red", ""},
		{"length", "calc(1px)", ""},
		{"length", " 10px", ""},
		{"length", "px", ""},
		{"offset", "-4px", "-4px"},
		{"offset", "--4px", ""},
		{"offset", "-4.5%", "-4.5%"},
		{"pixels", "4%", ""},
		{"angle", "0deg", "0deg"},
		{"angle", "23.5deg", "23.5deg"},
		{"angle", "360deg", ""},
		{"angle", "-1deg", ""},
		{"angle", "1turn", ""},
		{"angle", "90deg,red", ""},
		{"ratio", "20:13", "20/13"},
		{"ratio", "1.91:1", "1.91/1"},
		{"ratio", "1:3", "1/3"},
		{"ratio", "1:4", ""},
		{"ratio", "0:1", ""},
		{"ratio", "100001:1", ""},
		{"ratio", "20/13", ""},
		{"ratio", "20:13:1", ""},
		{"ratio", "1", ""},
	} {
		got := ""
		if value, ok := read[test.kind](test.text); ok {
			got = value.css()
		}
		if got != test.want {
			t.Errorf("the %s %q is %q, want %q", test.kind, test.text, got, test.want)
		}
	}
}
