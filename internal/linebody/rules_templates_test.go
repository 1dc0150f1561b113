package linebody

import (
	"fmt"
	"slices"
	"strings"
)

func imagemapCases() []ruleSample {
	imagemap := func(member string) string {
		return `{"type":"imagemap","baseUrl":"https://a.example","altText":"a","baseSize":{"width":1040,"height":585},"actions":[]` + member + `}`
	}
	without := func(member string) string { return strings.Replace(imagemap(""), member, "§", 1) }
	action := func(kind, member string) string {
		return strings.Replace(imagemap(""), `"actions":[]`, `"actions":[{"type":"`+kind+`",`+member+`,`+area+`}]`, 1)
	}
	message := `{"type":"message","text":"a",` + area + `}`
	actions := strings.Replace(imagemap(""), `"actions":[]`, `"actions":§`, 1)
	video := func(member string) string {
		return imagemap(`,"video":{"originalContentUrl":"https://a.example","previewImageUrl":"https://a.example",` +
			area + member + `}`)
	}
	inArea := strings.Replace(imagemap(""), `"actions":[]`, `"actions":[{"type":"message","text":"a","area":{§}}]`, 1)
	return []ruleSample{
		withoutWidth(media("imagemap baseUrl", strings.Replace(imagemap(""), `"https://a.example"`, "§", 1), "baseUrl")),
		needed("imagemap baseUrl", without(`"baseUrl":"https://a.example",`), "baseUrl", `"https://a.example"`),
		lengths("imagemap altText", strings.Replace(imagemap(""), `"altText":"a"`, `"altText":§`, 1), "altText",
			codeUnits, 1500, "error"),
		needed("imagemap altText", without(`"altText":"a",`), "altText", `"a"`),
		{"imagemap baseSize.width", strings.Replace(imagemap(""), "1040", "§", 1), "baseSize.width", []string{"1040",
			"1.04e3"},
			map[string]string{"1039": "error number-range", "1041": "error number-range", "1040.5": "error number-range",
				`"1040"`: "error wrong-json-type", "null": "error missing-property"}},
		{"imagemap baseSize.height", strings.Replace(imagemap(""), "585", "§", 1), "baseSize.height", []string{"1",
			"2080"},
			map[string]string{"0": "error number-range", "-5": "error number-range", "null": "error missing-property"}},
		{"imagemap actions", actions, "actions", []string{"[]", "[" + times(50, message) + "]"},
			map[string]string{"[" + times(51, message) + "]": "error item-count", "null": "error missing-property",
				"{}": "error wrong-json-type"}},
		{"imagemap video.*", imagemap(`,"video":{§}`), "video",
			[]string{`"originalContentUrl":"https://a.example","previewImageUrl":"https://a.example",` + area},
			map[string]string{
				`"previewImageUrl":"https://a.example",` +
					area: "error missing-property video.originalContentUrl",
				`"originalContentUrl":"https://a.example",` +
					area: "error missing-property video.previewImageUrl",
				`"originalContentUrl":"https://a.example","previewImageUrl":"https://a.example"`: "error missing-property video.area",
				`"originalContentUrl":"http://a.example","previewImageUrl":"https://a.example",` +
					area: "error url-scheme video.originalContentUrl",
				`"originalContentUrl":` + webAddress(2001) + `,"previewImageUrl":"https://a.example",` +
					area: "error text-length video.originalContentUrl",
			}},
		links("imagemap video.externalLink.{linkUri,label}", video(`,"externalLink":{"label":"a","linkUri":§}`),
			"video.externalLink.linkUri", "error"),
		lengths("imagemap video.externalLink.{linkUri,label}", video(`,"externalLink":{"linkUri":"tel:1","label":§}`),
			"video.externalLink.label", codeUnits, 30, "error"),
		needed("imagemap video.externalLink.{linkUri,label}", video(`,"externalLink":{§"linkUri":"tel:1"}`),
			"video.externalLink.label", `"a"`),
		needed("imagemap video.externalLink.{linkUri,label}", video(`,"externalLink":{§"label":"a"}`),
			"video.externalLink.linkUri", `"tel:1"`),
		{"imagemapAction type", actions, "actions[0].type",
			[]string{"[" + message + "]", `[{"type":"uri","linkUri":"tel:1",` + area + `}]`,
				`[{"type":"clipboard","clipboardText":"a",` + area + `}]`},
			map[string]string{`[{"type":"postback",` + area + `}]`: "error unknown-type", `[{` + area +
				`}]`: "error missing-property",
				`[{"type":1}]`: "error wrong-json-type", `[1]`: "error wrong-json-type actions[0]"}},
		lengths("imagemapAction label", action("message", `"text":"a","label":§`), "actions[0].label", codeUnits, 100,
			"error"),
		links("imagemapAction.uri linkUri", action("uri", `"linkUri":§`), "actions[0].linkUri", "error"),
		lengths("imagemapAction.message text", action("message", `"text":§`), "actions[0].text", codeUnits, 400, "error"),
		{"imagemapAction.message text", action("message", `"text":§`), "actions[0].text", nil,
			map[string]string{`""`: "error empty-text", "null": "error missing-property"}},
		lengths("imagemapAction.clipboard clipboardText", action("clipboard", `"clipboardText":§`),
			"actions[0].clipboardText", codeUnits, 1000, "error"),
		{"imagemapAction.clipboard clipboardText", action("clipboard", `"clipboardText":§`),
			"actions[0].clipboardText", nil,
			map[string]string{`""`: "error empty-text", "null": "error missing-property"}},
		{"imagemapArea x,y,width,height", inArea, "actions[0].area",
			[]string{`"x":0,"y":0,"width":1040,"height":585`, `"x":1039,"y":584,"width":1,"height":1`},
			map[string]string{
				`"x":-1,"y":0,"width":1,"height":1`:   "error number-range actions[0].area.x",
				`"x":0,"y":-1,"width":1,"height":1`:   "error number-range actions[0].area.y",
				`"x":0,"y":0,"width":"1","height":1`:  "error wrong-json-type actions[0].area.width",
				`"x":0,"y":0,"width":1`:               "error missing-property actions[0].area.height",
				`"x":1,"y":0,"width":1040,"height":1`: "warning area-outside-image",
				`"x":0,"y":0,"width":1,"height":586`:  "warning area-outside-image",
			}},
	}
}

// template is a template message.
func template(kind, member string) string {
	return `{"type":"template","altText":"a","template":{"type":"` + kind + `",` + member + `}}`
}

func templateCases() []ruleSample {
	buttons := func(member string) string { return template("buttons", `"text":"a","actions":[`+oneAction+`],`+member) }
	column := func(member string) string {
		return template("carousel", `"columns":[{"text":"a","actions":[`+oneAction+`],`+member+`}]`)
	}
	oneColumn := `{"text":"a","actions":[` + oneAction + `]}`
	columns := template("carousel", `"columns":[{"text":"a","actions":[`+oneAction+`]}§]`)
	imageColumn := `{"imageUrl":"https://a.example","action":` + oneAction + `}`
	labelled := func(label string) string { return `{"type":"message","text":"a","label":` + label + `}` }
	color := func(row, frame, path string) ruleSample {
		return forms(row, frame, path, []string{"#FFFFFF", "#00ff0a"}, []string{"#FFFFFF00", "#FFF", "FFFFFF",
			"#GGGGGG", "white", ""})
	}
	return []ruleSample{
		lengths("template altText",
			`{"type":"template","altText":§,"template":{"type":"confirm","text":"a","actions":[`+times(2,
				oneAction)+`]}}`,
			"altText", codeUnits, 1500, "error"),
		needed("template altText", `{"type":"template",§"template":{"type":"confirm","text":"a","actions":[`+times(2,
			oneAction)+`]}}`, "altText", `"a"`),
		media("buttons thumbnailImageUrl", buttons(`"thumbnailImageUrl":§`), "template.thumbnailImageUrl"),
		words("buttons imageAspectRatio", buttons(`"imageAspectRatio":§`), "template.imageAspectRatio", "error",
			"rectangle", "square"),
		words("buttons imageSize", buttons(`"imageSize":§`), "template.imageSize", "error", "cover", "contain"),
		color("buttons imageBackgroundColor", buttons(`"imageBackgroundColor":§`), "template.imageBackgroundColor"),
		lengths("buttons title", buttons(`"title":§`), "template.title", graphemes, 40, "error"),
		lengths("buttons text", template("buttons", `"text":§,"actions":[`+oneAction+`]`), "template.text", graphemes,
			160, "error"),
		lengths("buttons text", template("buttons", `"text":§,"title":"a","actions":[`+oneAction+`]`),
			"template.text", graphemes, 60, "error"),
		lengths("buttons text", template("buttons",
			`"text":§,"thumbnailImageUrl":"https://a.example","actions":[`+oneAction+`]`),
			"template.text", graphemes, 60, "error"),
		needed("buttons text", template("buttons", `§"actions":[`+oneAction+`]`), "template.text", `"a"`),
		lengths("buttons defaultAction", buttons(`"defaultAction":`+labelled("§")), "template.defaultAction.label",
			graphemes, 20, "warning"),
		{"buttons defaultAction", buttons(`"defaultAction":§`), "template.defaultAction.type",
			[]string{`{"type":"message","text":"a"}`},
			map[string]string{`{"type":"camera","label":"a"}`: "error wrong-place"}},
		{"buttons actions", template("buttons", `"text":"a","actions":[§]`), "template.actions", []string{oneAction,
			times(4, oneAction)},
			map[string]string{"": "error item-count", times(5, oneAction): "error item-count",
				"1": "error wrong-json-type template.actions[0]"}},
		lengths("buttons actions", template("buttons", `"text":"a","actions":[`+labelled("§")+`]`),
			"template.actions[0].label", graphemes, 20, "error"),
		lengths("confirm text", template("confirm", `"text":§,"actions":[`+times(2, oneAction)+`]`), "template.text",
			graphemes, 240, "error"),
		needed("confirm text", template("confirm", `§"actions":[`+times(2, oneAction)+`]`), "template.text", `"a"`),
		{"confirm actions", template("confirm", `"text":"a","actions":[§]`), "template.actions", []string{times(2,
			oneAction)},
			map[string]string{oneAction: "error item-count", times(3, oneAction): "error item-count",
				oneAction + `,{"type":"message","text":"a"}`: "error missing-property template.actions[1].label"}},
		{"carousel columns", template("carousel", `"columns":[§]`), "template.columns", []string{oneColumn, times(10,
			oneColumn)},
			map[string]string{"": "error item-count", times(11, oneColumn): "error item-count"}},
		media("carouselColumn thumbnailImageUrl / imageBackgroundColor", column(`"thumbnailImageUrl":§`),
			"template.columns[0].thumbnailImageUrl"),
		color("carouselColumn thumbnailImageUrl / imageBackgroundColor", column(`"imageBackgroundColor":§`),
			"template.columns[0].imageBackgroundColor"),
		lengths("carouselColumn title", column(`"title":§`), "template.columns[0].title", graphemes, 40, "error"),
		lengths("carouselColumn text", template("carousel", `"columns":[{"text":§,"actions":[`+oneAction+`]}]`),
			"template.columns[0].text", graphemes, 120, "error"),
		lengths("carouselColumn text", template("carousel",
			`"columns":[{"text":§,"title":"a","actions":[`+oneAction+`]}]`),
			"template.columns[0].text", graphemes, 60, "error"),
		needed("carouselColumn text", template("carousel", `"columns":[{§"actions":[`+oneAction+`]}]`),
			"template.columns[0].text", `"a"`),
		{"carouselColumn actions", template("carousel", `"columns":[{"text":"a","actions":[§]}]`),
			"template.columns[0].actions",
			[]string{oneAction, times(3, oneAction)}, map[string]string{"": "error item-count", times(4,
				oneAction): "error item-count",
				`{"type":"message","text":"a"}`: "error missing-property template.columns[0].actions[0].label",
				labelled(`""`):                  "error empty-text template.columns[0].actions[0].label"}},
		{"carouselColumn actions", columns, "template.columns[1]", []string{"", "," + oneColumn}, map[string]string{
			`,{"text":"a","actions":[` + times(2, oneAction) +
				`]}`: "error columns-differ template.columns[1].actions",
			`,{"text":"a","title":"a","actions":[` + oneAction + `]}`:                             "error columns-differ",
			`,{"text":"a","thumbnailImageUrl":"https://a.example","actions":[` + oneAction + `]}`: "error columns-differ",
			"," + times(2, `{"text":"a","title":"a","actions":[`+oneAction+`]}`):                  "error columns-differ",
		}},
		{"image_carousel columns", template("image_carousel", `"columns":[§]`), "template.columns",
			[]string{imageColumn, times(10, imageColumn)},
			map[string]string{"": "error item-count", times(11, imageColumn): "error item-count"}},
		media("imageCarouselColumn imageUrl", template("image_carousel",
			`"columns":[{"imageUrl":§,"action":`+oneAction+`}]`), "template.columns[0].imageUrl"),
		needed("imageCarouselColumn imageUrl", template("image_carousel", `"columns":[{§"action":`+oneAction+`}]`),
			"template.columns[0].imageUrl", `"https://a.example"`),
		lengths("imageCarouselColumn action", template("image_carousel",
			`"columns":[{"imageUrl":"https://a.example","action":`+labelled("§")+`}]`),
			"template.columns[0].action.label", graphemes, 12, "error"),
		{"imageCarouselColumn action", template("image_carousel", `"columns":[{"imageUrl":"https://a.example"§}]`),
			"template.columns[0].action",
			[]string{`,"action":{"type":"message","text":"a"}`}, map[string]string{"": "error missing-property",
				`,"action":[]`: "error wrong-json-type"}},
	}
}

func actionCases() []ruleSample {
	button := func(action string) string { return template("buttons", `"text":"a","actions":[`+action+`]`) }
	reply := func(action string) string {
		return `{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":` + action + `}]}}`
	}
	const inButton, inReply = "template.actions[0].", "quickReply.items[0].action."
	postback := func(member string) string { return button(`{"type":"postback","label":"a",` + member + `}`) }
	picker := func(member string) string { return button(`{"type":"datetimepicker","label":"a",` + member + `}`) }
	flexTap := inBox("vertical", `{"type":"text","text":"a","action":§}`)
	var cases []ruleSample
	for _, kind := range []string{"camera", "cameraRoll", "location"} {
		action := fmt.Sprintf(`{"type":"%s","label":"a"}`, kind)
		row := "action.camera|cameraRoll|location (ctx)"
		cases = append(cases,
			ruleSample{row, reply("§"), inReply + "label", []string{action}, map[string]string{`{"type":"` + kind +
				`"}`: "error missing-property"}},
			ruleSample{row, button("§"), inButton + "type", nil, map[string]string{action: "error wrong-place"}},
			ruleSample{row, flexTap, "contents.body.contents[0].action.type", nil,
				map[string]string{action: "error wrong-place"}},
		)
	}
	switcher := `{"type":"richmenuswitch","label":"a","data":"a","richMenuAliasId":"a"}`
	return append(cases,
		ruleSample{"action type", button("§"), inButton + "type",
			[]string{oneAction, `{"type":"postback","label":"a","data":"a"}`, `{"type":"uri","label":"a","uri":"tel:1"}`,
				`{"type":"clipboard","label":"a","clipboardText":"a"}`},
			map[string]string{`{"type":"url","label":"a"}`: "error unknown-type",
				`{"label":"a"}`:                               "error missing-property",
				`{"Type":"uri","label":"a"}`:                  "error property-case " + inButton + "Type",
				`{"type":null}`:                               "error missing-property",
				`{"type":"{{ Profile.A | default: 'uri' }}"}`: "warning personalised-value"}},
		lengths("action label", button(`{"type":"uri","uri":"tel:1","label":§}`), inButton+"label", graphemes, 20,
			"error"),
		lengths("action label", reply(`{"type":"uri","uri":"tel:1","label":§}`), inReply+"label", graphemes, 20, "error"),
		lengths("action label", reply(`{"type":"camera","label":§}`), inReply+"label", graphemes, 20, "error"),
		lengths("action label", inBox("vertical", `{"type":"button","action":{"type":"uri","uri":"tel:1","label":§}}`),
			"contents.body.contents[0].action.label", graphemes, 40, "error"),
		lengths("action label", inBox("vertical",
			`{"type":"text","text":"a","action":{"type":"uri","uri":"tel:1","label":§}}`),
			"contents.body.contents[0].action.label", graphemes, 40, "error"),
		ruleSample{"action label", button(`{"type":"message","text":"a","label":§}`), inButton + "label",
			[]string{`"{{ Profile.Name | default: 'you' | truncate: 20 }}"`},
			map[string]string{`"Hi {{ Profile.Name | default: 'you' }}"`: "warning text-length",
				`"Hi {{ Profile.Name | default: 'you' | truncate: 18 }}"`:    "warning text-length",
				`"a{% for a in Event.b %}{{ a | default: '' }}{% endfor %}"`: "warning text-length"}},
		lengths("action.postback data", postback(`"data":§`), inButton+"data", codeUnits, 300, "error"),
		needed("action.postback data", button(`{"type":"postback",§"label":"a"}`), inButton+"data", `"a"`),
		ruleSample{"action.postback data", postback(`"data":§`), inButton + "data", nil,
			map[string]string{`""`: "warning empty-text"}},
		lengths("action.postback displayText", postback(`"data":"a","displayText":§`), inButton+"displayText",
			graphemes, 300, "error"),
		ruleSample{"action.postback text", postback(`"data":"a"§`), inButton + "text", []string{"", `,"displayText":"a"`},
			map[string]string{`,"text":"a"`: "warning postback-text",
				`,"text":"a","displayText":"a"`: "error postback-text"}},
		ruleSample{"action.postback text", reply(`{"type":"postback","label":"a","data":"a"§}`), inReply + "text", nil,
			map[string]string{`,"text":"a"`: "warning postback-text"}},
		words("action.postback inputOption", postback(`"data":"a","inputOption":§`), inButton+"inputOption", "error",
			"closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
		lengths("action.postback fillInText", postback(`"data":"a","inputOption":"openKeyboard","fillInText":§`),
			inButton+"fillInText", graphemes, 300, "error"),
		ruleSample{"action.postback fillInText", postback(`"data":"a","fillInText":"a\nb"§`), inButton + "fillInText",
			[]string{`,"inputOption":"openKeyboard"`},
			map[string]string{"": "warning fill-in-without-keyboard",
				`,"inputOption":"openVoice"`: "warning fill-in-without-keyboard"}},
		lengths("action.message text", button(`{"type":"message","label":"a","text":§}`), inButton+"text", graphemes,
			300, "error"),
		ruleSample{"action.message text", button(`{"type":"message","label":"a","text":§}`), inButton + "text", nil,
			map[string]string{`""`: "error empty-text", "null": "error missing-property"}},
		links("action.uri uri", button(`{"type":"uri","label":"a","uri":§}`), inButton+"uri", "warning"),
		needed("action.uri uri", button(`{"type":"uri",§"label":"a"}`), inButton+"uri", `"tel:1"`),
		links("action.uri altUri.desktop", button(`{"type":"uri","label":"a","uri":"tel:1","altUri":{"desktop":§}}`),
			inButton+"altUri.desktop", "error"),
		ruleSample{"action.uri altUri.desktop", reply(`{"type":"uri","label":"a","uri":"tel:1"§}`), inReply +
			"altUri", []string{""},
			map[string]string{`,"altUri":{"desktop":"tel:1"}`: "warning alt-uri-in-quick-reply"}},
		lengths("action.datetimepicker data", picker(`"mode":"date","data":§`), inButton+"data", codeUnits, 300, "error"),
		needed("action.datetimepicker data", button(`{"type":"datetimepicker","label":"a",§"mode":"date"}`),
			inButton+"data", `"a"`),
		words("action.datetimepicker mode", picker(`"data":"a","mode":§`), inButton+"mode", "error", "date", "time",
			"datetime"),
		needed("action.datetimepicker mode", button(`{"type":"datetimepicker","label":"a",§"data":"a"}`),
			inButton+"mode", `"date"`),
		ruleSample{"action.datetimepicker initial,max,min", picker(`"data":"a","mode":"date",§`), inButton + "initial",
			[]string{`"initial":"2017-06-18"`, `"initial":"1900-01-01","min":"1900-01-01","max":"2100-12-31"`,
				`"initial":"2024-02-29"`,
				`"initial":"{{ Event.Day | default: '2024-01-01' }}"`},
			map[string]string{`"initial":"2023-02-29"`: "error value-form",
				`"initial":"2017-6-18"`: "error value-form", `"initial":""`: "error value-form",
				`"initial":"2017-06-18T00:00"`: "error value-form", `"initial":"1899-12-31"`: "error datetime-range",
				`"min":"2101-01-01"`:                    "error datetime-range " + inButton + "min",
				`"min":"2020-01-02","max":"2020-01-02"`: "error datetime-range " + inButton + "min",
				`"initial":5`:                           "error wrong-json-type"}},
		ruleSample{"action.datetimepicker initial,max,min", picker(`"data":"a","mode":"time",§`), inButton + "max",
			[]string{`"max":"23:59","min":"00:00"`}, map[string]string{`"max":"24:00"`: "error value-form",
				`"max":"9:00"`:                "error value-form",
				`"max":"10:00","min":"10:01"`: "error datetime-range " + inButton + "min"}},
		ruleSample{"action.datetimepicker initial,max,min", picker(`"data":"a","mode":"datetime",§`), inButton +
			"initial",
			[]string{`"initial":"2017-12-25t00:00","max":"2018-01-24T23:59","min":"2017-12-25t00:00"`},
			map[string]string{`"initial":"2017-12-25"`: "error value-form",
				`"initial":"2017-12-25 00:00"`: "error value-form",
				`"initial":"2101-01-01T00:00"`: "error datetime-range"}},
		ruleSample{"action.richmenuswitch (ctx)", button("§"), inButton + "type", []string{oneAction},
			map[string]string{switcher: "error wrong-place"}},
		ruleSample{"action.richmenuswitch (ctx)", flexTap, "contents.body.contents[0].action.type", nil,
			map[string]string{switcher: "error wrong-place"}},
		lengths("action.clipboard clipboardText", button(`{"type":"clipboard","label":"a","clipboardText":§}`),
			inButton+"clipboardText", codeUnits, 1000, "error"),
		ruleSample{"action.clipboard clipboardText", button(`{"type":"clipboard","label":"a","clipboardText":§}`),
			inButton + "clipboardText", nil,
			map[string]string{`""`: "error empty-text", "null": "error missing-property"}},
	)
}

// withoutWidth are the cases of an address that LINE adds a width to.
func withoutWidth(r ruleSample) ruleSample {
	r.inside = slices.DeleteFunc(r.inside, func(value string) bool { return strings.ContainsAny(value, "?") || strings.Contains(value, ".png") })
	for _, value := range []string{"https://a.example/a?b=c", "https://a.example/a.PNG", "https://a.example/a/1040",
		"https://a.example/{{ Profile.A | default: 'a' | url_encode }}.jpg"} {
		r.outside[quoted(value)] = "warning imagemap-base-url"
	}
	return r
}
