package exactjson

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func mustParse(t *testing.T, text string) *Document {
	t.Helper()
	d, fault := Parse(text)
	if fault != nil {
		t.Fatalf("%.80q: %+v", text, *fault)
	}
	return d
}

const sample = `{"a": [1, {"b\u0063": "x\n\u00e9\ud83d\ude00y"}, [], {}], "": null, "é": true, "f": false, "n": -1.50e1}`

func TestDocument(t *testing.T) {
	t.Parallel()
	d := mustParse(t, sample)
	type described struct {
		kind, raw, key string
		count, index   int
	}
	var got []described
	for v := range Value(d.Len()) {
		one := described{kind: d.Kind(v).String(), raw: d.Raw(v), index: -1}
		parent, inside := d.Parent(v)
		switch {
		case d.IsMember(v):
			one.key = d.Key(v)
		case inside:
			one.index = d.Index(v)
		}
		if inside && !slices.Contains(slices.Collect(d.Children(parent)), v) {
			t.Errorf("%s is no child of its parent", d.Raw(v))
		}
		if d.Kind(v) == Object || d.Kind(v) == Array {
			one.count = d.Count(v)
		}
		got = append(got, one)
	}
	want := []described{
		{"an object", sample, "", 5, -1},
		{"an array", `[1, {"b\u0063": "x\n\u00e9\ud83d\ude00y"}, [], {}]`, "a", 4, -1},
		{"a number", "1", "", 0, 0},
		{"an object", `{"b\u0063": "x\n\u00e9\ud83d\ude00y"}`, "", 1, 1},
		{"a string", `"x\n\u00e9\ud83d\ude00y"`, "bc", 0, -1},
		{"an array", "[]", "", 0, 2},
		{"an object", "{}", "", 0, 3},
		{"null", "null", "", 0, -1},
		{"a boolean", "true", "é", 0, -1},
		{"a boolean", "false", "f", 0, -1},
		{"a number", "-1.50e1", "n", 0, -1},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if str := Value(4); d.Text(str) != "x\né😀y" || !d.HasEscapes(str) || d.HasEscapes(8) {
		t.Errorf("the string is %q", d.Text(str))
	}
	if d.Source() != sample || len(d.Duplicates()) > 0 {
		t.Errorf("got the source %s and duplicates %v", d.Source(), d.Duplicates())
	}
}

func TestOffsets(t *testing.T) {
	t.Parallel()
	d := mustParse(t, sample)
	str, ok := d.At(Root, "a", "1", "bc")
	if !ok || !strings.HasPrefix(sample[d.KeyOffset(str):], `"b\u0063"`) || !strings.HasPrefix(sample[d.Offset(str):], `"x\n`) {
		t.Errorf("the string begins at %d, its key at %d", d.Offset(str), d.KeyOffset(str))
	}
	for offset, want := range map[int]string{0: `x\n`, 1: `\n`, 2: `\u00e9`, 4: `\ud83d`, 8: `y"`, 9: `"}`} {
		if at := d.OffsetIn(str, offset); !strings.HasPrefix(sample[at:], want) {
			t.Errorf("byte %d is written at %.8s, want %s", offset, sample[at:], want)
		}
	}
	d = mustParse(t, `["abc"]`)
	if at := d.OffsetIn(1, 2); at != 4 {
		t.Errorf("without escapes: %d", at)
	}
}

func TestEscapedUnits(t *testing.T) {
	t.Parallel()
	const written = `"\u0009\u0030\u00aA\u00fF\u0Fa9\uD83D\uDE00\udbff\udfff"`
	if got, want := mustParse(t, written).Text(Root), "\t0\u00aa\u00ff\u0fa9\U0001F600\U0010FFFF"; got != want {
		t.Errorf("got %+q, want %+q", got, want)
	}
}

// TestAt follows paths that come from outside: no step may do harm.
func TestAt(t *testing.T) {
	t.Parallel()
	many := make([]string, 40)
	for i := range many {
		many[i] = `"k` + strconv.Itoa(i) + `":` + strconv.Itoa(i)
	}
	d := mustParse(t, `{"a":[10,[11,{"b":12,"b":13,"0":14}],"x"],"":{"":15},"large":{`+strings.Join(many, ",")+`,"k7":99},"-1":16}`)
	for _, test := range []struct {
		steps string
		raw   string
		found bool
	}{
		{"a 0", "10", true},
		{"a 1 0", "11", true},
		{"a 1 1 b", "12", true},
		{"a 1 1 0", "14", true},
		{"a 2", `"x"`, true},
		{"-1", "16", true},
		{"large k7", "7", true},
		{"large k39", "39", true},
		{"a 3", `[10,[11,{"b":12,"b":13,"0":14}],"x"]`, false},
		{"a 0 0", "10", false},
		{"a 2 0", `"x"`, false},
		{"a 1 2", `[11,{"b":12,"b":13,"0":14}]`, false},
		{"a 1 1 c", `{"b":12,"b":13,"0":14}`, false},
		{"nowhere", d.Source(), false},
		{"nowhere a", d.Source(), false},
	} {
		v, found := d.At(Root, strings.Fields(test.steps)...)
		if d.Raw(v) != test.raw || found != test.found {
			t.Errorf("%s leads to %s, %v", test.steps, d.Raw(v), found)
		}
	}
	for _, index := range []string{"-1", "+0", "00", "0 ", " 0", "", "1.0", "1e0", "0x0", "４", "-9223372036854775808",
		"9223372036854775807", "9223372036854775808", strings.Repeat("9", 1000), "4294967296", "3"} {
		if v, found := d.At(Root, "a", index); found || d.Raw(v)[0] != '[' {
			t.Errorf("the index %.40q leads to %s, %v", index, d.Raw(v), found)
		}
	}
	if v, found := d.At(Root, "", ""); !found || d.Raw(v) != "15" {
		t.Errorf("empty keys lead to %s, %v", d.Raw(v), found)
	}
	if v, found := d.At(Root); !found || v != Root {
		t.Errorf("no steps lead to %s, %v", d.Raw(v), found)
	}
	if _, found := d.At(Root, "large", "k40"); found {
		t.Error("a member that is not there was found among many")
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	for i := range 50 {
		many.WriteString(`"k` + strconv.Itoa(i) + `":0,`)
	}
	for text, want := range map[string][]string{
		`{}`:                            nil,
		`{"a":1,"b":1,"A":1}`:           nil,
		`[{"a":1},{"a":1}]`:             nil,
		`{"a":{"a":1}}`:                 nil,
		`{"a":1,"a":2}`:                 {"a 2"},
		`{"a":1,"a":2,"\u0061":3}`:      {"a 2", "a 3"},
		`{"":1,"":2}`:                   {" 2"},
		`{"a":{"b":1,"b":2},"a":3}`:     {"a 3", "b 2"},
		`{"a\"":1,"a\u0022":2}`:         {`a" 2`},
		`{` + many.String() + `"k7":7}`: {"k7 7"},
		`{` + many.String() + `"k7":7,"\u006b7":8,"new":0}`: {"k7 7", "k7 8"},
	} {
		d := mustParse(t, text)
		var got []string
		for _, member := range d.Duplicates() {
			got = append(got, d.Key(member)+" "+d.Raw(member))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestPosition(t *testing.T) {
	t.Parallel()
	const text = "ab\r\nあ😀x\n"
	for offset, want := range map[int][2]int{
		-1: {1, 1}, 0: {1, 1}, 2: {1, 3}, 4: {2, 1}, 7: {2, 2}, 11: {2, 3}, 12: {2, 4}, 13: {3, 1}, 99: {3, 1},
	} {
		if line, column := Position(text, offset); line != want[0] || column != want[1] {
			t.Errorf("Position at %d = %d, %d, want %v", offset, line, column, want)
		}
		if line, column := Position([]byte(text), offset); line != want[0] || column != want[1] {
			t.Errorf("Position in bytes at %d = %d, %d, want %v", offset, line, column, want)
		}
	}
}

// TestMemberOfManyAndFew looks each member up in objects around the size from which on they have an index.
func TestMemberOfManyAndFew(t *testing.T) {
	t.Parallel()
	for count := few - 2; count <= few+2; count++ {
		members := make([]string, count)
		for i := range members {
			members[i] = `"k` + strconv.Itoa(i) + `":` + strconv.Itoa(i)
		}
		d := mustParse(t, "{"+strings.Join(members, ",")+"}")
		for i := range count + 1 {
			v, found := d.Member(Root, "k"+strconv.Itoa(i))
			if found != (i < count) || found && d.Raw(v) != strconv.Itoa(i) {
				t.Errorf("of %d members, number %d is %s, %v", count, i, d.Raw(v), found)
			}
		}
	}
}
