package linebody

import (
	"fmt"
	"strings"
)

func messageCases() []ruleSample {
	textFrame := `{"type":"text","text":§}`
	emoji := `{"index":0,"productId":"5ac1bfd5040ab15980c9b435","emojiId":"001"}`
	v2 := func(text, substitution string) string {
		return `{"type":"textV2","text":` + text + `,"substitution":` + substitution + `}`
	}
	mention := `{"type":"mention","mentionee":{"type":"all"}}`
	v2Emoji := `{"type":"emoji","productId":"a","emojiId":"b"}`
	entries := func(count int, value string) string {
		var all []string
		for i := range count {
			all = append(all, fmt.Sprintf(`"k%d":%s`, i, value))
		}
		return "{" + strings.Join(all, ",") + "}"
	}
	image := `{"type":"image","originalContentUrl":"https://a.example","previewImageUrl":§}`
	video := `{"type":"video",§"previewImageUrl":"https://a.example"}`
	tracked := `{"type":"video","originalContentUrl":"https://a.example","previewImageUrl":"https://a.example","trackingId":§}`
	place := func(member string) string { return `{"type":"location",` + member + `,"latitude":1,"longitude":1.5}` }
	at := `{"type":"location","title":"a","address":"a",§}`
	return []ruleSample{
		lengths("text text", textFrame, "text", codeUnits, 5000, "error"),
		{"text text", textFrame, "text", []string{`" "`, `"Hi {{ Profile.Name | default: 'you' }}!"`},
			map[string]string{`""`: "error empty-text", `null`: "error missing-property",
				`["a"]`: "error wrong-json-type",
				quoted(strings.Repeat("a", 5001) + "{{ Profile.A | default: 'a' }}"): "error text-length",
				quoted(strings.Repeat("a", 4490) + "{{ Profile.A | default: 'a' }}"): "warning text-length",
			}},
		needed("text text", `{"type":"text",§"sender":{}}`, "text", `"a"`),
		{"text emojis", `{"type":"text","text":"` + strings.Repeat("$", 21) + `","emojis":§}`, "emojis", []string{"[]", emojis(1), emojis(20)},
			map[string]string{emojis(21): "error item-count", emoji: "error wrong-json-type",
				"[" + emoji + "," + emoji + "]": "warning emoji-index emojis[1].index"}},
		{"text emojis[].index", `{"type":"text","text":"$a😀$","emojis":[{"index":§,"productId":"a","emojiId":"b"}]}`,
			"emojis[0].index",
			[]string{"0", "4", "4.0"}, map[string]string{"1": "error emoji-index", "3": "error emoji-index",
				"5":  "error emoji-index",
				"-1": "error number-range", "0.5": "error number-range", `"0"`: "error wrong-json-type"}},
		{"text emojis[].index",
			`{"type":"text","text":"$ {{ Profile.A | default: 'a' }} $","emojis":[{"index":§,"productId":"a","emojiId":"b"}]}`,
			"emojis[0].index", []string{"0"}, map[string]string{"1": "error emoji-index", "9": "warning emoji-index"}},
		{"text emojis[].index", `{"type":"text","text":"a$","emojis":[{"index":§,"productId":"a","emojiId":"b"}]}`,
			"emojis[0].index", []string{"1"}, map[string]string{"0": "error emoji-index"}},
		{"text emojis[].index", `{"type":"text","text":"$","emojis":[{§"productId":"a","emojiId":"b"}]}`,
			"emojis[0].index",
			[]string{`"index":0,`}, map[string]string{"": "warning missing-property"}},
		{"text text", `{"type":"text","text":§,"emojis":[` + emoji + `]}`, "text", []string{quoted("$" +
			strings.Repeat("a", 4499)), quoted("$" + strings.Repeat("あ", 4499))},
			map[string]string{quoted("$" + strings.Repeat("a", 4500)): "warning text-length",
				quoted("$" + strings.Repeat("あ", 4500)): "warning text-length",
				quoted("$" + strings.Repeat("a", 4999)): "warning text-length",
				quoted("$" + strings.Repeat("a", 5000)): "error text-length"}},
		{"text emojis[].productId / emojiId", `{"type":"text","text":"$","emojis":[{"index":0§,"emojiId":"b"}]}`,
			"emojis[0].productId",
			[]string{`,"productId":"a"`}, map[string]string{"": "warning missing-property"}},
		{"text quoteToken", `{"type":"text","text":"a"§}`, "quoteToken", []string{""},
			map[string]string{`,"quoteToken":"yHAz4Ua2wx7"`: "warning quote-token"}},

		lengths("textV2 text", `{"type":"textV2","text":§}`, "text", codeUnits, 5000, "error"),
		{"textV2 text", bodyTo(group, v2("§", `{"a":`+mention+`,"b_1":`+v2Emoji+`}`)), "messages[0].text",
			[]string{`"no keys"`, `"{a} and {b_1}{a}"`, `"a"`, `"{% raw %}a {{b}} {a}{% endraw %}"`,
				`"{% if Profile.X contains '100%' %}a{% endif %} {a}"`},
			map[string]string{
				`"{c}{c}"`: "error text-v2-substitution", `"{!owe}"`: "error text-v2-key", `"{}"`: "error text-v2-key",
				`"{a"`: "error text-v2-braces", `"a}"`: "error text-v2-braces", `"{a{b_1}}"`: "error text-v2-braces",
				quoted("{" + strings.Repeat("a", 21) + "}"): "error text-v2-key", `""`: "error empty-text",
				`"{{literal}} {a}"`:                         "warning text-v2-liquid",
				`"{{ Profile.Name | default: 'you' }} {a}"`: "warning text-v2-liquid",
				`"{{{a}}}"`:                            "warning text-v2-liquid",
				`"{{ Profile.A | default: 'b' }} {a}"`: "warning text-v2-liquid",
				`"{% comment %}{x}{% endcomment %}{{ Profile.A | default: 'a' }}"`: "warning text-v2-liquid",
				`"{% if Profile.A = 'x' %}a{% endif %}{a}"`:                        "error liquid-syntax",
				`"{% raw %}{c}{% endraw %}"`:                                       "error text-v2-substitution",
			}},
		needed("textV2 text", `{"type":"textV2",§"sender":{}}`, "text", `"a"`),
		{"textV2 text", `{"type":"textV2","text":"{a}"§}`, "text", nil,
			map[string]string{"": "error text-v2-substitution"}},
		{"textV2 substitution", bodyTo(group, v2(`"a"`, "§")), "messages[0].substitution",
			[]string{"{}", entries(20, mention), "null", `{"` + strings.Repeat("a", 20) + `":` + mention + `}`},
			map[string]string{
				"[]": "error wrong-json-type", `{"a-b":` + mention +
					`}`: "error text-v2-key messages[0].substitution.a-b",
				`{"` + strings.Repeat("a", 21) + `":` + mention + `}`: "error text-v2-key messages[0].substitution." +
					strings.Repeat("a", 21),
				`{"":` + mention + `}`: `error text-v2-key messages[0].substitution[""]`,
				entries(100, v2Emoji):  "error item-count",
				entries(101, v2Emoji):  "error item-count",
			}},
		{"textV2 substitution.*.type", bodyTo(group, v2(`"a"`, `{"a":§}`)), "messages[0].substitution.a",
			[]string{mention, v2Emoji},
			map[string]string{`{"type":"sticker"}`: "error unknown-type messages[0].substitution.a.type",
				`{}`: "error missing-property messages[0].substitution.a.type", `1`: "error wrong-json-type",
				`{"type":"emoji","productId":"a"}`: "error missing-property messages[0].substitution.a.emojiId"}},
		{"textV2 substitution.*.type", `{"to":"` + group +
			`","messages":[{"type":"textV2","text":"a","substitution":§}]}`, "messages[0].substitution",
			[]string{entries(20, mention), entries(20, v2Emoji)},
			map[string]string{entries(21, mention): "error item-count", entries(21, v2Emoji): "error item-count"}},
		{"textV2 substitution.*.type", bodyTo(group, v2("§", `{"a":`+mention+`}`)), "messages[0].substitution",
			[]string{quoted(strings.Repeat("{a}", 20))}, map[string]string{quoted(strings.Repeat("{a}",
				21)): "error item-count"}},
		{"textV2 mentionee", bodyTo(group, v2(`"{a}"`, `{"a":{"type":"mention"§}}`)),
			"messages[0].substitution.a.mentionee",
			[]string{`,"mentionee":{"type":"all"}`, `,"mentionee":{"type":"user","userId":"` + user + `"}`},
			map[string]string{"": "error missing-property",
				`,"mentionee":{"type":"group"}`: "error unknown-type messages[0].substitution.a.mentionee.type",
				`,"mentionee":{"type":"user"}`:  "error missing-property messages[0].substitution.a.mentionee.userId"}},
		{"textV2 mentionee", `{"to":"§","messages":[` + v2(`"{a}"`, `{"a":`+mention+`}`) + `]}`,
			"messages[0].substitution.a",
			[]string{group, "R" + group[1:], "{{ Event.Group | default: 'N.A' }}"},
			map[string]string{user: "error mention-without-group",
				"{{ Profile.LineID | default: 'N.A' }}": "warning mention-without-group"}},

		{"sticker packageId, stickerId", `{"type":"sticker","packageId":"446"§}`, "stickerId",
			[]string{`,"stickerId":"1988"`}, map[string]string{"": "error missing-property",
				`,"stickerId":1988`: "error wrong-json-type"}},

		media("image originalContentUrl",
			`{"type":"image","originalContentUrl":§,"previewImageUrl":"https://a.example"}`, "originalContentUrl"),
		needed("image originalContentUrl", `{"type":"image",§"previewImageUrl":"https://a.example"}`,
			"originalContentUrl", `"https://a.example"`),
		media("image previewImageUrl", image, "previewImageUrl"),
		needed("image previewImageUrl", `{"type":"image",§"originalContentUrl":"https://a.example"}`,
			"previewImageUrl", `"https://a.example"`),
		needed("video originalContentUrl", video, "originalContentUrl", `"https://a.example"`),
		media("video originalContentUrl", strings.Replace(video, "§", `"originalContentUrl":§,`, 1),
			"originalContentUrl"),
		needed("video previewImageUrl", `{"type":"video",§"originalContentUrl":"https://a.example"}`,
			"previewImageUrl", `"https://a.example"`),
		media("video previewImageUrl",
			`{"type":"video","originalContentUrl":"https://a.example","previewImageUrl":§}`, "previewImageUrl"),
		{"video trackingId", tracked, "trackingId",
			[]string{quoted(strings.Repeat("a", 100)), `"-.=,+*()%$&;:@{}!?<>[]"`},
			map[string]string{quoted(strings.Repeat("a", 101)): "error text-length", `"a_b"`: "error text-characters",
				`"あ"`: "error text-characters"}},
		{"video trackingId", `{"to":"§","messages":[` + strings.Replace(tracked, "§", `"a"`, 1) + `]}`,
			"messages[0].trackingId",
			[]string{user, "{{ Profile.LineID | default: 'N.A' }}"},
			map[string]string{group: "error tracking-id-in-group", "R" + group[1:]: "error tracking-id-in-group"}},
		media("audio originalContentUrl", `{"type":"audio","originalContentUrl":§,"duration":1}`, "originalContentUrl"),
		needed("audio originalContentUrl", `{"type":"audio",§"duration":1}`, "originalContentUrl", `"https://a.example"`),
		{"audio duration", `{"type":"audio","originalContentUrl":"https://a.example","duration":§}`, "duration",
			[]string{"1", "60000", "6e4"},
			map[string]string{"0": "error number-range", "-1": "error number-range", "1.5": "error number-range",
				`"60000"`: "error wrong-json-type", "null": "error missing-property"}},
		lengths("location title", place(`"title":§,"address":"a"`), "title", codeUnits, 100, "error"),
		{"location title", place(`"title":§,"address":"a"`), "title", nil, map[string]string{`""`: "error empty-text",
			"null": "error missing-property"}},
		lengths("location address", place(`"title":"a","address":§`), "address", codeUnits, 100, "error"),
		{"location address", place(`"title":"a","address":§`), "address", nil,
			map[string]string{`""`: "error empty-text", "null": "error missing-property"}},
		{"location latitude, longitude", at, "latitude", []string{`"latitude":90,"longitude":-180`,
			`"latitude":-9e1,"longitude":180.0`},
			map[string]string{`"latitude":90.001,"longitude":0`: "warning number-range",
				`"latitude":0,"longitude":-180.5`: "warning number-range longitude",
				`"latitude":"35.6","longitude":0`: "error wrong-json-type", `"longitude":0`: "error missing-property"}},
		{"coupon couponId", `{"type":"coupon","couponId":§}`, "couponId", []string{`"01JYNW8JMQVFBNWF1APF8Z3FS7"`},
			map[string]string{`""`: "error empty-text", "null": "error missing-property", "1": "error wrong-json-type"}},
		{"coupon deliveryTag", `{"type":"coupon","couponId":"a","deliveryTag":§}`, "deliveryTag",
			[]string{quoted(strings.Repeat("a", 30)), `"2025_winter"`},
			map[string]string{quoted(strings.Repeat("a", 31)): "error text-length", `"a-b"`: "error text-characters"}},
	}
}

// emojis are so many, each at an index of its own.
func emojis(count int) string {
	list := make([]string, count)
	for i := range list {
		list[i] = fmt.Sprintf(`{"index":%d,"productId":"5ac1bfd5040ab15980c9b435","emojiId":"001"}`, i)
	}
	return "[" + strings.Join(list, ",") + "]"
}
