package exactjson

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendString writes a JSON string with the least escaping: quote, backslash and control characters.
func AppendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	from := 0
	for at := range len(text) {
		c := text[at]
		if c >= ' ' && c != '"' && c != '\\' || c >= utf8.RuneSelf {
			continue
		}
		dst = append(dst, text[from:at]...)
		from = at + 1
		if short := strings.IndexByte("\"\\\b\f\n\r\t", c); short >= 0 {
			dst = append(dst, '\\', `"\bfnrt`[short])
		} else {
			dst = fmt.Appendf(dst, `\u%04x`, c)
		}
	}
	return append(append(dst, text[from:]...), '"')
}

// unescape resolves the escapes of a string whose syntax is known to be right.
func unescape(raw string, escaped bool) string {
	if !escaped {
		return raw
	}
	text := make([]byte, 0, len(raw))
	for at := 0; at < len(raw); {
		text, at = unescapeOne(text, raw, at)
	}
	return string(text)
}

// unescapeOne appends what the text at raw[at] stands for and says where the next begins.
func unescapeOne(text []byte, raw string, at int) ([]byte, int) {
	if raw[at] != '\\' {
		return append(text, raw[at]), at + 1
	}
	switch c := raw[at+1]; c {
	case 'b':
		return append(text, '\b'), at + 2
	case 'f':
		return append(text, '\f'), at + 2
	case 'n':
		return append(text, '\n'), at + 2
	case 'r':
		return append(text, '\r'), at + 2
	case 't':
		return append(text, '\t'), at + 2
	case 'u':
		unit, _ := hexEscape(raw[at:])
		at += 6
		if utf16.IsSurrogate(unit) {
			low, _ := hexEscape(raw[at:])
			unit, at = utf16.DecodeRune(unit, low), at+6
		}
		return append(text, string(unit)...), at
	default:
		return append(text, c), at + 2
	}
}

// hexEscape reads the \uXXXX that s begins with.
func hexEscape(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	var unit rune
	for _, c := range []byte(s[2:6]) {
		switch {
		case '0' <= c && c <= '9':
			unit = unit<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			unit = unit<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return unit, true
}
