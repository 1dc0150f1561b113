package exactjson

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
)

// Decimal is the value of a number without rounding: digits times ten to the exponent. The digits neither begin nor end
// with a zero; zero has none. So two numbers are equal if their Decimals are.
type Decimal struct {
	Negative bool
	Digits   string
	Exponent int
}

// ParseDecimal reads a literal that is known to be a JSON number.
func ParseDecimal(literal string) Decimal {
	literal, negative := strings.CutPrefix(literal, "-")
	mantissa, exponent := literal, 0
	if at := strings.IndexAny(literal, "eE"); at >= 0 {
		mantissa = literal[:at]
		exponent, _ = strconv.Atoi(literal[at+1:]) // the parser has bounded it
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return Decimal{}
	}
	trimmed := strings.TrimRight(digits, "0")
	return Decimal{negative, trimmed, exponent - len(fraction) + len(digits) - len(trimmed)}
}

// IsWhole says whether the number has no fraction.
func (d Decimal) IsWhole() bool { return d.Exponent >= 0 }

// Compare says without rounding whether a number is less than another (-1), equal (0) or more (1).
func (d Decimal) Compare(other Decimal) int {
	if order := cmp.Compare(d.sign(), other.sign()); order != 0 {
		return order
	}
	point, otherPoint := len(d.Digits)+d.Exponent, len(other.Digits)+other.Exponent
	if order := cmp.Compare(point, otherPoint); order != 0 {
		return order * d.sign()
	}
	return strings.Compare(d.Digits, other.Digits) * d.sign() // which begin at the same place
}

func (d Decimal) sign() int {
	switch {
	case d.Digits == "":
		return 0
	case d.Negative:
		return -1
	}
	return 1
}

// Float is the number rounded to a float64; a number too large for one becomes infinite.
func (d Decimal) Float() float64 {
	f, _ := strconv.ParseFloat(string(d.Append(nil)), 64)
	return f
}

// Append writes the one form of a number: plain where that takes few zeros, else digits and an exponent.
func (d Decimal) Append(dst []byte) []byte {
	const fewZeros = 20
	if d.Digits == "" {
		return append(dst, '0')
	}
	if d.Negative {
		dst = append(dst, '-')
	}
	point := len(d.Digits) + d.Exponent
	switch {
	case 0 <= d.Exponent && d.Exponent <= fewZeros:
		dst = append(dst, d.Digits...)
		return append(dst, bytes.Repeat([]byte{'0'}, d.Exponent)...)
	case 0 < point && d.Exponent < 0:
		dst = append(dst, d.Digits[:point]...)
		dst = append(dst, '.')
		return append(dst, d.Digits[point:]...)
	case -fewZeros < point && d.Exponent < 0:
		dst = append(dst, "0."...)
		dst = append(dst, bytes.Repeat([]byte{'0'}, -point)...)
		return append(dst, d.Digits...)
	default:
		dst = append(dst, d.Digits...)
		dst = append(dst, 'e')
		return strconv.AppendInt(dst, int64(d.Exponent), 10)
	}
}
