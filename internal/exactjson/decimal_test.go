package exactjson

import (
	"math"
	"math/big"
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
	})
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
