package linebody

import (
	"bytes"
	"strconv"
	"strings"
)

// exact is the value of a JSON number without rounding: digits times ten to the exponent. The digits neither begin nor
// end with a zero; zero has none.
type exact struct {
	negative bool
	digits   string
	exponent int
}

// exactNumber reads a literal that is known to be a JSON number.
func exactNumber(literal string) exact {
	literal, negative := strings.CutPrefix(literal, "-")
	mantissa, exponent := literal, 0
	if at := strings.IndexAny(literal, "eE"); at >= 0 {
		mantissa = literal[:at]
		exponent, _ = strconv.Atoi(literal[at+1:]) // the parser has bounded it
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return exact{}
	}
	trimmed := strings.TrimRight(digits, "0")
	return exact{negative, trimmed, exponent - len(fraction) + len(digits) - len(trimmed)}
}

// whole says whether the number has no fraction.
func (e exact) whole() bool { return e.exponent >= 0 }

// float is the number rounded to a float64; a number too large for one becomes infinite.
func (e exact) float() float64 {
	f, _ := strconv.ParseFloat(string(appendNumber(nil, e)), 64)
	return f
}

// appendNumber writes the one form of a number: plain where that takes few zeros, else digits and an exponent.
func appendNumber(dst []byte, e exact) []byte {
	const fewZeros = 20
	if e.digits == "" {
		return append(dst, '0')
	}
	if e.negative {
		dst = append(dst, '-')
	}
	point := len(e.digits) + e.exponent
	switch {
	case 0 <= e.exponent && e.exponent <= fewZeros:
		dst = append(dst, e.digits...)
		return append(dst, bytes.Repeat([]byte{'0'}, e.exponent)...)
	case 0 < point && e.exponent < 0:
		dst = append(dst, e.digits[:point]...)
		dst = append(dst, '.')
		return append(dst, e.digits[point:]...)
	case -fewZeros < point && e.exponent < 0:
		dst = append(dst, "0."...)
		dst = append(dst, bytes.Repeat([]byte{'0'}, -point)...)
		return append(dst, e.digits...)
	default:
		dst = append(dst, e.digits...)
		dst = append(dst, 'e')
		return strconv.AppendInt(dst, int64(e.exponent), 10)
	}
}
