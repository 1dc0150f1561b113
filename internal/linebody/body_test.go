package linebody

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBuild(t *testing.T) {
	t.Parallel()
	yes := true
	const to = "{{ Profile.LineID | default: 'N.A' }}"
	tests := map[string]struct {
		body Body
		want string
	}{
		"text": {
			Body{To: to, Messages: ParseMessages(`{"type":"text","text":"Hello, world1"}`)},
			`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"text","text":"Hello, world1"}]}`,
		},
		"everything": {
			Body{To: to, Messages: ParseMessages(`{"type":"a"}`, `{"b":[1, {"c":null}, true ,false, {}, []]}`),
				NotificationDisabled: &yes, CustomAggregationUnits: []string{"u_1"}},
			`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"a"},` +
				`{"b":[1,{"c":null},true,false,{},[]]}],"notificationDisabled":true,"customAggregationUnits":["u_1"]}`,
		},
		"no messages": {Body{To: "x", Messages: nil}, `{"to":"x","messages":[]}`},
		"keys keep their order, white space goes": {
			Body{To: "x", Messages: ParseMessages(" {\r\n\t\"z\" : 1 , \"a\" : [ 1 , 2 ] } \n")},
			`{"to":"x","messages":[{"z":1,"a":[1,2]}]}`,
		},
		"numbers keep their spelling": {
			Body{To: "x", Messages: ParseMessages(`{"n":[1.0,1E2,-0,12345678901234567891,0.10]}`)},
			`{"to":"x","messages":[{"n":[1.0,1E2,-0,12345678901234567891,0.10]}]}`,
		},
		"least escaping": {
			Body{To: `a"b`, Messages: ParseMessages(`{"t":"\u003c\u003e\u0026\u3042\uD83D\uDE00\/\u2028 \"\\\b\f\n\r\t\u0000\u001F\u007f","\u006b":1}`)},
			`{"to":"a\"b","messages":[{"t":"<>&あ😀/` + "\u2028" + ` \"\\\b\f\n\r\t\u0000\u001f` + "\x7f" + `","k":1}]}`,
		},
		"a Liquid tag written by jsonencode": {
			Body{To: "x", Messages: ParseMessages(`{"t":"{% if Event.N \u003e 1 %}a{% endif %}"}`)},
			`{"to":"x","messages":[{"t":"{% if Event.N > 1 %}a{% endif %}"}]}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Build(test.body)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if !json.Valid([]byte(got)) {
				t.Error("the built body is not JSON")
			}
		})
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body Body
		want []string // parts of the error
	}{
		"to": {Body{To: "\xff"}, []string{"to", "UTF-8"}},
		"unit": {Body{CustomAggregationUnits: []string{"a", "\xff"}}, []string{"customAggregationUnits[1]",
			"UTF-8"}},
		"array":          {Body{Messages: ParseMessages(`{}`, `[]`)}, []string{"messages[1]", "one JSON object", "an array"}},
		"string":         {Body{Messages: ParseMessages(`"a"`)}, []string{"messages[0]", "a string"}},
		"empty":          {Body{Messages: ParseMessages(``)}, []string{"messages[0]", "line 1, column 1", "empty"}},
		"duplicate key":  {Body{Messages: ParseMessages("{\n\"a\":1, \"\\u0061\":2}")}, []string{"line 2, column 8", `"a"`}},
		"deep duplicate": {Body{Messages: ParseMessages(`{"x":[{"b":1,"b":1}]}`)}, []string{`"b"`, "already"}},
		"two objects":    {Body{Messages: ParseMessages(`{} {}`)}, []string{"column 4", "follows"}},
		"trailing comma": {Body{Messages: ParseMessages(`{"a":1,}`)}, []string{"comma", "closing }"}},
		"bad UTF-8":      {Body{Messages: ParseMessages("{\"a\":\"あ\xff\"}")}, []string{"column 8", "0xFF"}},
		"lone surrogate": {Body{Messages: ParseMessages(`{"a":"\ud800"}`)}, []string{`\ud800`, "surrogate"}},
		"unquoted Liquid": {Body{Messages: ParseMessages(`{"a":{{ Profile.X }}}`)},
			[]string{"personalisation", "double quotes"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Build(test.body)
			if err == nil {
				t.Fatalf("built %s", got)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error %q lacks %q", err, want)
				}
			}
		})
	}
}

func TestNormalizeIsStable(t *testing.T) {
	t.Parallel()
	once, err := ParseMessage(`{"b" : "\u003e", "a" : 1.0}`).Normal()
	if err != nil || once != `{"b":">","a":1.0}` {
		t.Fatalf("got %s, %v", once, err)
	}
	twice, err := ParseMessage(once).Normal()
	if err != nil || twice != once {
		t.Errorf("normalising again gives %s, %v", twice, err)
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{`{"a":1,"b":[true,null]}`, " { \"b\" : [ true , null ] ,\n\"a\" : 1 } ", true},
		{`"\u003e\uD83D\uDE00"`, `">😀"`, true},
		{`1.0`, `1`, true},
		{`1e2`, `100`, true},
		{`-0.0`, `0`, true},
		{`0e99`, `0`, true},
		{`1200e-2`, `12`, true},
		{`0.000000000000000000000000000001`, `1e-30`, true},
		{`1e30`, `1000000000000000000000000000000`, true},
		{`1e0000000000001`, `10`, true},
		{`123.4500`, `12345e-2`, true},
		{`12345678901234567890`, `12345678901234567891`, false},
		{`0.1`, `0.10000000000000000001`, false},
		{`1`, `-1`, false},
		{`1`, `"1"`, false},
		{`1e2`, `1e3`, false},
		{`[1,2]`, `[2,1]`, false},
		{`{"a":1}`, `{"a":1,"b":null}`, false},
		{`{"a":1,"a":1}`, `{"a":1,"a":1}`, false},
		{``, ``, false},
		{`{`, `{`, false},
		{`{"a":1}`, `{"a":1} x`, false},
	}
	for _, test := range tests {
		if got := ParseMessage(test.a).Equal(ParseMessage(test.b)); got != test.want {
			t.Errorf("Equal(%s, %s) = %v", test.a, test.b, got)
		}
		if got := ParseMessage(test.b).Equal(ParseMessage(test.a)); got != test.want {
			t.Errorf("Equal(%s, %s) = %v", test.b, test.a, got)
		}
	}
}

// canonicalMessage is a message as the canonical body has it.
func canonicalMessage(text string) (string, error) {
	body, err := Canonical(Body{Messages: ParseMessages(text)})
	return strings.TrimSuffix(strings.TrimPrefix(body, `{"messages":[`), `],"to":""}`), err
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	got, err := canonicalMessage(`{"b":1.50,"a":{"\ud83d\ude00":1,"\uff5e":2e1,"é":[ ]},"c":1e-40,"d":-5e30,"e":0.05}`)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"a":{"é":[],"～":20,"😀":1},"b":1.5,"c":1e-40,"d":-5e30,"e":0.05}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := canonicalMessage(`{"a":1,"a":2}`); err == nil {
		t.Error("duplicate keys were accepted")
	}
}

func TestPosition(t *testing.T) {
	t.Parallel()
	const text = "ab\r\nあ😀x\n"
	for offset, want := range map[int][2]int{
		-1: {1, 1}, 0: {1, 1}, 2: {1, 3}, 4: {2, 1}, 7: {2, 2}, 11: {2, 3}, 13: {3, 1}, 99: {3, 1},
	} {
		if line, column := Position([]byte(text), offset); line != want[0] || column != want[1] {
			t.Errorf("Position at %d = %d, %d, want %v", offset, line, column, want)
		}
	}
}
