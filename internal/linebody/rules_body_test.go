package linebody

import (
	"fmt"
	"strings"
)

const (
	oneText   = `{"type":"text","text":"a"}`
	oneAction = `{"type":"message","label":"a","text":"a"}`
	area      = `"area":{"x":0,"y":0,"width":1,"height":1}`
)

// times repeats a value as the elements of an array.
func times(count int, value string) string {
	return strings.TrimSuffix(strings.Repeat(value+",", count), ",")
}

func bodyCases() []ruleSample {
	textWith := func(member string) string { return `{"type":"text","text":"a",` + member + `}` }
	reply := textWith(`"quickReply":{"items":[{"type":"action",§"action":` + oneAction + `}]}`)
	button := `{"type":"action","action":` + oneAction + `}`
	unitFrame := `{"to":"` + user + `","messages":[` + oneText + `],"customAggregationUnits":§}`
	long := strings.Repeat("a", 30)
	size := bodyTo(user, oneText)
	padded := func(size int) string {
		return fmt.Sprintf(`{"to":"%s",%s"messages":[%s]}`, user, strings.Repeat(" ", size-len(bodyTo(user,
			oneText))), oneText)
	}
	return []ruleSample{
		{"PushBody to", `{"to":§,"messages":[` + oneText + `]}`, "to",
			[]string{quoted(user), quoted(group), quoted("R" + user[1:]), `"{{ Profile.LineID | default: 'N.A' }}"`,
				`"\u007b{ Profile.LineID | default: 'N.A' }}"`},
			map[string]string{
				quoted(user[:32]): "error recipient-form", quoted(strings.ToUpper(user)): "error recipient-form",
				quoted("U" + strings.Repeat("g", 32)): "error recipient-form",
				`"U4af4980629..."`:                    "warning recipient-form", `"N.A"`: "warning recipient-form",
				quoted(group + "0"): "warning recipient-form", `""`: "error empty-text", `1`: "error wrong-json-type",
				`"{{ Profile.LineID }}"`: "warning liquid-default",
			}},
		needed("PushBody to", `{§"messages":[`+oneText+`]}`, "to", quoted(user)),
		{"PushBody messages", `{"to":"` + user + `","messages":[§]}`, "messages",
			[]string{oneText, times(5, oneText)},
			map[string]string{"": "error item-count", times(6, oneText): "error item-count",
				`"a"`:  "error wrong-json-type messages[0]",
				"null": "error wrong-json-type messages[0]", "{}": "error missing-property messages[0].type"}},
		needed("PushBody messages", `{§"to":"`+user+`"}`, "messages", "["+oneText+"]"),
		{"PushBody notificationDisabled", `{"to":"` + user + `","messages":[` + oneText + `],"notificationDisabled":§}`,
			"notificationDisabled", []string{"true", "false", "null"},
			map[string]string{`"true"`: "error wrong-json-type", `0`: "error wrong-json-type"}},
		{"PushBody customAggregationUnits", unitFrame, "customAggregationUnits",
			[]string{"[]", `["promotion_A"]`, `["` + long + `"]`, "null"},
			map[string]string{
				`["a","b"]`: "error item-count", `"a"`: "error wrong-json-type",
				`["` + long + `a"]`: "error text-length customAggregationUnits[0]",
				`["a-b"]`:           "error text-characters customAggregationUnits[0]",
				`["あ"]`:             "error text-characters customAggregationUnits[0]",
				`[""]`:              "error empty-text customAggregationUnits[0]",
			}},
		{"PushBody (whole body)", `§`, "", []string{size, " \n" + size + "\t", padded(2_000_000)}, map[string]string{
			padded(2_000_001):                     "warning body-size",
			padded(2_097_152):                     "warning body-size",
			padded(2_097_153):                     "error body-size",
			"":                                    "error json-syntax",
			"null":                                "error wrong-json-type",
			size[:len(size)-1]:                    "error json-syntax",
			size + "x":                            "error json-trailing-data",
			size + size:                           "error json-trailing-data",
			"<html></html>":                       "error json-syntax",
			"\ufeff" + size:                       "error json-syntax",
			strings.Replace(size, "a", "\xff", 1): "error json-utf8",
			strings.Replace(size, `:"a"`, `:"\ud83d"`, 1):                   "error json-lone-surrogate",
			strings.Replace(size, `:"a"`, ":\"a\nb\"", 1):                   "error json-syntax",
			strings.Repeat("[", 100_000):                                    "error json-depth",
			strings.Replace(size, `{"to"`, `{"t\u006f":"`+user+`","to"`, 1): "error json-duplicate-key to",
			strings.Replace(size, `"a"}`, `"a","type":"text"}`, 1):          "error json-duplicate-key messages[0].type",
		}},
		{"Message quickReply.items", textWith(`"quickReply":{"items":[§]}`), "quickReply.items",
			[]string{button, times(13, button)},
			map[string]string{"": "error item-count", times(14, button): "error item-count",
				"1": "error wrong-json-type quickReply.items[0]"}},
		{"Message quickReply.items", textWith(`"quickReply":{§}`), "quickReply.items", []string{`"items":[` + button +
			`]`},
			map[string]string{"": "error missing-property", `"items":null`: "error missing-property",
				`"items":{}`:               "error wrong-json-type",
				`"Items":[` + button + `]`: "error property-case quickReply.Items"}},
		{"QuickReplyItem type", textWith(`"quickReply":{"items":[{§"action":` + oneAction + `}]}`),
			"quickReply.items[0].type",
			[]string{`"type":"action",`},
			map[string]string{"": "error missing-property", `"type":"message",`: "error unknown-word",
				`"type":1,`: "error wrong-json-type"}},
		media("QuickReplyItem imageUrl", strings.Replace(reply, "§", `"imageUrl":§,`, 1), "quickReply.items[0].imageUrl"),
		{"QuickReplyItem action", textWith(`"quickReply":{"items":[{"type":"action","action":§}]}`),
			"quickReply.items[0].action",
			[]string{oneAction, `{"type":"postback","label":"a","data":"a"}`,
				`{"type":"uri","label":"a","uri":"https://a.example"}`,
				`{"type":"datetimepicker","label":"a","data":"a","mode":"date"}`, `{"type":"camera","label":"a"}`,
				`{"type":"cameraRoll","label":"a"}`, `{"type":"location","label":"a"}`,
				`{"type":"clipboard","label":"a","clipboardText":"a"}`},
			map[string]string{
				`{"type":"richmenuswitch","label":"a","data":"a","richMenuAliasId":"a"}`: "error wrong-place quickReply.items[0].action.type",
				`{"type":"mesage","label":"a"}`:                                          "error unknown-type quickReply.items[0].action.type",
				`{"label":"a"}`:                                                          "error missing-property quickReply.items[0].action.type",
				`"message"`:                                                              "error wrong-json-type",
			}},
		lengths("Message sender.name", textWith(`"sender":{"name":§}`), "sender.name", codeUnits, 20, "error"),
		{"Message sender.name", textWith(`"sender":{"name":§}`), "sender.name", []string{`"Cony"`, `"Online"`,
			`"ONLINE"`},
			map[string]string{`"LINE"`: "warning sender-name-reserved",
				`"my LINE shop"`: "warning sender-name-reserved"}},
		media("Message sender.iconUrl", textWith(`"sender":{"iconUrl":§}`), "sender.iconUrl"),
		{"Message (last)", bodyTo(user, `{"type":"text","text":"a"§}`, oneText), "messages[0].quickReply", []string{""},
			map[string]string{`,"quickReply":{"items":[` + button + `]}`: "warning quick-reply-not-last"}},
		{"Message (last)", bodyTo(user, oneText, `{"type":"text","text":"a"§}`), "", []string{"",
			`,"quickReply":{"items":[` + button + `]}`}, nil},
	}
}
