package exactjson

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestDecimalIsExact compares with an arithmetic of fractions.
func TestDecimalIsExact(t *testing.T) {
	t.Parallel()
	literals := rapid.StringMatching(`-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?`)
	rapid.Check(t, func(t *rapid.T) {
		one, two := literals.Draw(t, "one"), literals.Draw(t, "two")
		fraction, _ := new(big.Rat).SetString(one)
		d := ParseDecimal(one)
		written := string(d.Append(nil))
		back, ok := new(big.Rat).SetString(written)
		if !ok || back.Cmp(fraction) != 0 || ParseDecimal(written) != d {
			t.Fatalf("%s became %s", one, written)
		}
		if d.IsWhole() != fraction.IsInt() {
			t.Fatalf("%s is whole: %v", one, d.IsWhole())
		}
		other, _ := new(big.Rat).SetString(two)
		if (ParseDecimal(two) == d) != (other.Cmp(fraction) == 0) {
			t.Fatalf("%s and %s", one, two)
		}
		if order := d.Compare(ParseDecimal(two)); order != fraction.Cmp(other) {
			t.Fatalf("%s compared with %s is %d", one, two, order)
		}
	})
}

// TestNumbersHaveOneForm: hashes are made of it, so that it is the same for ever.
func TestNumbersHaveOneForm(t *testing.T) {
	t.Parallel()
	zeros := func(count int) string { return strings.Repeat("0", count) }
	for literal, want := range map[string]string{
		"0": "0", "-0.0": "0", "0e9": "0", "7": "7", "-70": "-70", "1.50": "1.5", "12.5E0": "12.5", "1e-1": "0.1", "-0.5e1": "-5",
		"1e20": "1" + zeros(20), "1e21": "1e21", "-1" + zeros(21): "-1e21", "12" + zeros(20): "12" + zeros(20), "12e21": "12e21",
		"1e-20": "0." + zeros(19) + "1", "1e-21": "1e-21", "-0." + zeros(20) + "1": "-1e-21", "0." + zeros(19) + "12": "0." + zeros(19) + "12",
		"1e0000000001": "10", "1E+999999999": "1e999999999", "1e-000999999999": "1e-999999999",
	} {
		if got := string(mustParse(t, literal).AppendCanonical(nil, Root)); got != want {
			t.Errorf("%s becomes %s, want %s", literal, got, want)
		}
	}
}

func TestDecimalFloat(t *testing.T) {
	t.Parallel()
	for literal, want := range map[string]float64{
		"0": 0, "-0": 0, "1.5": 1.5, "-25e-1": -2.5, "1e400": math.Inf(1), "-1e400": math.Inf(-1), "1e-400": 0, "1e22": 1e22,
	} {
		if got := ParseDecimal(literal).Float(); got != want {
			t.Errorf("%s is %v", literal, got)
		}
	}
}
