package linebody

import (
	"strings"
)

// flexOf is a flex message with some container.
func flexOf(container string) string {
	return `{"type":"flex","altText":"a","contents":` + container + `}`
}

// inBubble is a flex message with one bubble.
func inBubble(member string) string { return flexOf(`{"type":"bubble",` + member + `}`) }

// inBox is a flex message whose bubble's body is a box with some components.
func inBox(layout, components string) string {
	return inBubble(`"body":{"type":"box","layout":"` + layout + `","contents":[` + components + `]}`)
}

const (
	emptyBox = `{"type":"box","layout":"vertical","contents":[]}`
	oneImage = `{"type":"image","url":"https://a.example"}`
	oneVideo = `{"type":"video","url":"https://a.example","previewUrl":"https://a.example","altContent":` + emptyBox + `}`
	child    = "contents.body.contents[0]."
)

func hexColors(row, frame, path string) ruleSample {
	return forms(row, frame, path, []string{"#FFFFFF", "#00ff0a", "#00000000"},
		[]string{"#FFF", "#FFFFFFF", "FFFFFF", "#GGGGGG", "white", "", "#FFFFFF000"})
}

func containerCases() []ruleSample {
	bubble := `{"type":"bubble","body":` + emptyBox + `}`
	sized := func(size string) string { return `{"type":"bubble","size":"` + size + `","body":` + emptyBox + `}` }
	container := func(kind string, bytes int) string {
		start, end := `{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[`, `]}}`
		if kind == "carousel" {
			start, end = `{"type":"carousel","contents":[`+start, end+`]}`
		}
		text := `{"type":"text","text":"`
		return start + text + strings.Repeat("a", bytes-len(start+text+`"}`+end)) + `"}` + end
	}
	carouselOf := func(bytes int) string { // of two bubbles, each small enough for itself
		half := strings.TrimSuffix(strings.TrimPrefix(container("carousel", 25_000),
			`{"type":"carousel","contents":[`), `]}`)
		last := container("bubble", bytes-len(`{"type":"carousel","contents":[,]}`)-len(half))
		return `{"type":"carousel","contents":[` + half + `,` + last + `]}`
	}
	return []ruleSample{
		lengths("flex altText", `{"type":"flex","altText":§,"contents":`+bubble+`}`, "altText", codeUnits, 1500, "error"),
		needed("flex altText", `{"type":"flex",§"contents":`+bubble+`}`, "altText", `"a"`),
		{"flex contents", flexOf("§"), "contents", []string{bubble, `{"type":"carousel","contents":[` + bubble + `]}`,
			container("bubble", 30_000), carouselOf(50_000), strings.Replace(container("bubble", 30_000), ":",
				":"+strings.Repeat(" ", 3000), 1)},
			map[string]string{
				container("bubble", 30_001): "warning flex-size", container("bubble", 30_720): "warning flex-size",
				container("bubble", 30_721): "error flex-size",
				carouselOf(50_001):          "warning flex-size", carouselOf(51_200): "warning flex-size",
				carouselOf(51_201):            "error flex-size",
				container("carousel", 31_000): "warning flex-size contents.contents[0]",
				`{"type":"box"}`:              "error wrong-place contents.type", `[]`: "error wrong-json-type",
				"null": "error missing-property",
			}},
		{"flex(any object) unknown property", inBox("vertical", `{"type":"text","text":"a"§}`), child, []string{""},
			map[string]string{
				`,"colour":"#000000"`: "warning unknown-property " + child + "colour",
				`,"_comment":"x"`:     "warning unknown-property " + child + "_comment",
				`,"Wrap":true`:        "warning property-case " + child + "Wrap",
				`,"a.b":1`:            `warning unknown-property contents.body.contents[0]["a.b"]`,
			}},
		{"flexCarousel contents", flexOf(`{"type":"carousel","contents":[§]}`), "contents.contents",
			[]string{bubble, times(12, bubble), times(2, sized("nano")), bubble + "," + sized("mega")},
			map[string]string{"": "error item-count", times(13, bubble): "error item-count",
				sized("nano") + "," + sized("micro"):   "error bubble-sizes-differ contents.contents[1]",
				bubble + "," + times(2, sized("kilo")): "error bubble-sizes-differ contents.contents[1]",
				emptyBox:                               "error wrong-place contents.contents[0].type"}},
		words("bubble size", inBubble(`"body":`+emptyBox+`,"size":§`), "contents.size", "error", "nano", "micro",
			"deca", "hecto", "kilo", "mega", "giga"),
		words("bubble direction", inBubble(`"body":`+emptyBox+`,"direction":§`), "contents.direction", "error", "ltr",
			"rtl"),
		{"bubble header,body,footer", flexOf(`{"type":"bubble"§}`), "contents",
			[]string{`,"header":` + emptyBox, `,"body":` + emptyBox, `,"footer":` + emptyBox, `,"hero":` + oneImage},
			map[string]string{"": "error bubble-without-block", `,"body":null`: "error bubble-without-block",
				`,"body":` + oneImage: "error wrong-place contents.body.type",
				`,"footer":[]`:        "error wrong-json-type contents.footer"}},
		{"bubble hero", inBubble(`"hero":§`), "contents.hero.type", []string{emptyBox, oneImage, oneVideo},
			map[string]string{`{"type":"text","text":"a"}`: "error unknown-type",
				`{"type":"icon","url":"https://a.example"}`: "error unknown-type"}},
		{"bubble styles.{header,hero,body,footer}", inBubble(`"header":` + emptyBox + `,"body":` + emptyBox +
			`,"styles":{§}`), "contents.styles",
			[]string{"", `"body":{"backgroundColor":"#000000","separator":true,"separatorColor":"#000000"}`,
				`"header":{"separator":false}`},
			map[string]string{`"body":{"backgroundColor":"red"}`: "error value-form contents.styles.body.backgroundColor",
				`"body":{"separator":"true"}`: "error wrong-json-type contents.styles.body.separator",
				`"body":[]`:                   "error wrong-json-type contents.styles.body",
				`"comment":"a"`:               "warning unknown-property contents.styles.comment",
				`"header":{"separator":true}`: "warning separator-above-first-block contents.styles.header.separator"}},
		{"bubble action", inBubble(`"body":` + emptyBox + `,"action":§`), "contents.action.type",
			[]string{`{"type":"uri","uri":"tel:1"}`},
			map[string]string{`{"type":"camera","label":"a"}`: "error wrong-place",
				`{"type":"link"}`: "error unknown-type"}},
	}
}

func boxCases() []ruleSample {
	box := func(member string) string {
		return inBubble(`"body":{"type":"box","layout":"vertical","contents":[],` + member + `}`)
	}
	const body = "contents.body."
	gradient := `"type":"linearGradient","angle":"0deg","startColor":"#000000","endColor":"#FFFFFF"`
	distances := func(row, frame, path string, percent bool) ruleSample {
		r := forms(row, frame, path, []string{"none", "xs", "sm", "md", "lg", "xl", "xxl", "0px", "10px", "23.5px"},
			[]string{"", "10", "px", "xxs", "3xl", "1.px", "1e1px", "10 px", "-10px"})
		if percent {
			r.inside = append(r.inside, `"50%"`, `"23.5%"`)
		} else {
			r.outside[`"50%"`] = "error value-form"
		}
		return r
	}
	offset := func(name string) ruleSample {
		r := distances("flex* offset{Top,Bottom,Start,End}", box(`"`+name+`":§`), body+name, true)
		r.outside[`"-10px"`] = "warning negative-size"
		r.outside[`"-5%"`] = "warning negative-size"
		return r
	}
	cases := []ruleSample{
		words("flexBox layout", inBubble(`"body":{"type":"box","contents":[],"layout":§}`), body+"layout", "error",
			"horizontal", "vertical", "baseline"),
		needed("flexBox layout", inBubble(`"body":{"type":"box",§"contents":[]}`), body+"layout", `"vertical"`),
		{"flexBox contents", inBubble(`"body":{"type":"box",§}`), body + "contents",
			[]string{`"layout":"vertical","contents":[]`,
				`"layout":"vertical","contents":[` + emptyBox + `,{"type":"button","action":` + oneAction + `},` +
					oneImage + `,{"type":"text","text":"a"},{"type":"separator"}]`,
				`"layout":"baseline","contents":[{"type":"icon","url":"https://a.example"},{"type":"text","text":"a"}]`},
			map[string]string{
				`"layout":"vertical"`:                             "error missing-property",
				`"layout":"vertical","contents":{}`:               "error wrong-json-type",
				`"layout":"vertical","contents":[{"type":"txt"}]`: "error unknown-type " + body + "contents[0].type",
				`"layout":"vertical","contents":[{"text":"a"}]`:   "error missing-property " + body + "contents[0].type",
				`"layout":"vertical","contents":[` + oneVideo +
					`]`: "error wrong-place " + body + "contents[0].type",
				`"layout":"baseline","contents":[` + oneImage +
					`]`: "error wrong-place " + body + "contents[0].type",
				`"layout":"baseline","contents":[` + emptyBox +
					`]`: "error wrong-place " + body + "contents[0].type",
				`"layout":"baseline","contents":[{"type":"button","action":` + oneAction +
					`}]`: "error wrong-place " + body + "contents[0].type",
			}},
		words("flexBox justifyContent", box(`"justifyContent":§`), body+"justifyContent", "error",
			"center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
		words("flexBox alignItems", box(`"alignItems":§`), body+"alignItems", "error", "center", "flex-start",
			"flex-end"),
		distances("flexBox spacing", box(`"spacing":§`), body+"spacing", false),
		distances("flex* margin", box(`"margin":§`), body+"margin", false),
		distances("flex* margin", inBox("vertical", `{"type":"text","text":"a","margin":§}`), child+"margin", false),
		distances("flexBox cornerRadius", box(`"cornerRadius":§`), body+"cornerRadius", false),
		forms("flexBox borderWidth", box(`"borderWidth":§`), body+"borderWidth",
			[]string{"none", "light", "normal", "medium", "semi-bold", "bold", "2px"}, []string{"thin", "md", "5%",
				"-1px", ""}),
		hexColors("flexBox backgroundColor,borderColor", box(`"backgroundColor":§`), body+"backgroundColor"),
		hexColors("flexBox backgroundColor,borderColor", box(`"borderColor":§`), body+"borderColor"),
		{"flexBox background", box(`"background":{§}`), body + "background",
			[]string{gradient, gradient + `,"centerColor":"#00000080","centerPosition":"0%"`,
				strings.Replace(gradient, "0deg", "359.9deg", 1),
				gradient + `,"centerPosition":"100%"`},
			map[string]string{
				`"type":"linearGradient","startColor":"#000000","endColor":"#FFFFFF"`: "error missing-property " +
					body + "background.angle",
				strings.Replace(gradient, "startColor", "startcolor", 1): "error property-case " + body +
					"background.startcolor",
				strings.Replace(gradient, "0deg", "360deg", 1): "error value-form " + body +
					"background.angle",
				strings.Replace(gradient, "0deg", "-1deg", 1): "error value-form " + body +
					"background.angle",
				strings.Replace(gradient, "0deg", "90", 1): "error value-form " + body +
					"background.angle",
				gradient + `,"centerPosition":"100.1%"`: "error value-form " + body +
					"background.centerPosition",
				gradient + `,"centerColor":"red"`: "error value-form " + body +
					"background.centerColor",
				strings.Replace(gradient, "linear", "radial", 1): "error unknown-type " + body +
					"background.type",
			}},
		{"flex* flex", box(`"flex":§`), body + "flex", []string{"0", "1", "100", "null"},
			map[string]string{"-1": "error number-range", "0.5": "error number-range", `"0"`: "warning wrong-json-type",
				`"a"`: "error wrong-json-type", "true": "error wrong-json-type"}},
		words("flex* position", inBox("vertical", emptyBox+`,{"type":"text","text":"a","position":§}`),
			"contents.body.contents[1].position", "error",
			"relative", "absolute"),
		{"flex* position", inBox("vertical", `{"type":"text","text":"a","position":§}`), child + "position",
			[]string{`"relative"`},
			map[string]string{`"absolute"`: "warning absolute-first-component"}},
	}
	for _, name := range []string{"paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"} {
		cases = append(cases, distances("flexBox padding{All,Top,Bottom,Start,End}", box(`"`+name+`":§`), body+name,
			true))
	}
	for _, name := range []string{"offsetTop", "offsetBottom", "offsetStart", "offsetEnd"} {
		cases = append(cases, offset(name))
	}
	for _, name := range []string{"width", "maxWidth", "height", "maxHeight"} {
		cases = append(cases, forms("flexBox width,maxWidth,height,maxHeight", box(`"`+name+`":§`), body+name,
			[]string{"10px", "23.5px", "50%"}, []string{"md", "10", "-1px", "", "full"}))
	}
	return cases
}

func componentCases() []ruleSample {
	in := func(component string) string { return inBox("vertical", component) }
	button := func(member string) string { return in(`{"type":"button","action":` + oneAction + `,` + member + `}`) }
	image := func(member string) string { return in(`{"type":"image","url":"https://a.example",` + member + `}`) }
	text := func(member string) string { return in(`{"type":"text","text":"a",` + member + `}`) }
	icon := func(member string) string { return inBox("baseline", `{"type":"icon",`+member+`}`) }
	video := func(member string) string { return inBubble(`"hero":{"type":"video",` + member + `}`) }
	align := []string{"start", "end", "center"}
	gravity := []string{"top", "bottom", "center"}
	sizes := []string{"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl", "10px", "23.5px"}
	ratios := func(row, frame, path string) ruleSample {
		return forms(row, frame, path, []string{"1:1", "1.91:1", "20:13", "1:3", "100000:1", "100000:100000",
			"1:1." + strings.Repeat("0", 56)},
			[]string{"1:3.1", "0:1", "1:0", "100001:1", "16/9", "16", "a:b", "", "1:1:1", "0.5:1", "1:1." + strings.Repeat("0", 57)})
	}
	textWords := func(name string, allowed ...string) ruleSample {
		return words("flexText align,gravity,weight,style,decoration,adjustMode", text(`"`+name+`":§`), child+name,
			"error", allowed...)
	}
	animated := `{"type":"image","url":"https://a.example","animated":true}`
	heroIn := func(bubble string) string { return `{"type":"bubble"` + bubble + `,"hero":` + oneVideo + `}` }
	return []ruleSample{
		{"flexButton action", in(`{"type":"button","action":§}`), child + "action", []string{oneAction},
			map[string]string{"null": "error missing-property",
				`{"type":"uri","uri":"tel:1"}`: "error missing-property " + child + "action.label"}},
		words("flexButton style/height/gravity/adjustMode", button(`"style":§`), child+"style", "error", "primary",
			"secondary", "link"),
		words("flexButton style/height/gravity/adjustMode", button(`"height":§`), child+"height", "error", "sm", "md"),
		words("flexButton style/height/gravity/adjustMode", button(`"gravity":§`), child+"gravity", "error", gravity...),
		words("flexButton style/height/gravity/adjustMode", button(`"adjustMode":§`), child+"adjustMode", "error",
			"shrink-to-fit"),
		media("flexImage url", in(`{"type":"image","url":§}`), child+"url"),
		needed("flexImage url", in(`{"type":"image",§"size":"full"}`), child+"url", `"https://a.example"`),
		forms("flexImage size", image(`"size":§`), child+"size", append([]string{"full", "50%", "23.5%"}, sizes...),
			[]string{"", "10", "6xl", "-5px"}),
		ratios("flexImage aspectRatio", image(`"aspectRatio":§`), child+"aspectRatio"),
		words("flexImage aspectMode/align/gravity", image(`"aspectMode":§`), child+"aspectMode", "error", "fit", "cover"),
		words("flexImage aspectMode/align/gravity", image(`"align":§`), child+"align", "error", align...),
		words("flexImage aspectMode/align/gravity", image(`"gravity":§`), child+"gravity", "error", gravity...),
		{"flexImage animated", in("§"), "contents.body.contents[10].animated", []string{times(10, animated), times(10,
			animated) + "," + oneImage},
			map[string]string{times(11, animated): "error animated-image-count", times(13,
				animated): "error animated-image-count",
				`{"type":"image","url":"https://a.example","animated":"true"}`: "error wrong-json-type " + child +
					"animated"}},
		media("flexVideo url,previewUrl,altContent",
			video(`"previewUrl":"https://a.example","altContent":`+emptyBox+`,"url":§`), "contents.hero.url"),
		media("flexVideo url,previewUrl,altContent",
			video(`"url":"https://a.example","altContent":`+emptyBox+`,"previewUrl":§`), "contents.hero.previewUrl"),
		{"flexVideo url,previewUrl,altContent", video(`"url":"https://a.example","previewUrl":"https://a.example"§`),
			"contents.hero.altContent",
			[]string{`,"altContent":` + emptyBox, `,"altContent":` + oneImage},
			map[string]string{"": "error missing-property",
				`,"altContent":{"type":"text","text":"a"}`: "error unknown-type contents.hero.altContent.type"}},
		needed("flexVideo url,previewUrl,altContent",
			video(`§"altContent":`+emptyBox+`,"previewUrl":"https://a.example"`), "contents.hero.url",
			`"https://a.example"`),
		{"flexVideo (ctx)", flexOf("§"), "contents.hero",
			[]string{heroIn(""), heroIn(`,"size":"kilo"`), heroIn(`,"size":"mega"`), heroIn(`,"size":"giga"`)},
			map[string]string{heroIn(`,"size":"nano"`): "error wrong-place",
				heroIn(`,"size":"hecto"`):                             "error wrong-place",
				`{"type":"carousel","contents":[` + heroIn("") + `]}`: "error wrong-place contents.contents[0].hero"}},
		{"flexVideo (ctx)", video(`"url":"https://a.example","previewUrl":"https://a.example","altContent":` +
			emptyBox + `,"action":§`),
			"contents.hero.action.type", []string{`{"type":"uri","label":"a","uri":"tel:1"}`},
			map[string]string{oneAction: "error wrong-place"}},
		media("flexIcon url", icon(`"url":§`), child+"url"),
		{"flexIcon url", inBox("horizontal", "§"), child + "type", []string{oneImage},
			map[string]string{`{"type":"icon","url":"https://a.example"}`: "error wrong-place",
				`{"type":"text","text":"a"},{"type":"icon","url":"https://a.example"}`: "error wrong-place contents.body.contents[1].type"}},
		{"flexIcon url", icon(`"url":"https://a.example"§`), child + "flex", []string{""},
			map[string]string{`,"flex":1`: "warning unknown-property"}},
		forms("flexIcon size,aspectRatio", icon(`"url":"https://a.example","size":§`), child+"size", sizes,
			[]string{"", "10", "50%", "full"}),
		ratios("flexIcon size,aspectRatio", icon(`"url":"https://a.example","aspectRatio":§`), child+"aspectRatio"),
		{"flexText text | contents", in(`{"type":"text"§}`), child + "text",
			[]string{`,"text":"a"`, `,"text":"a","contents":[]`, `,"contents":[{"type":"span","text":"a"}]`,
				`,"text":"","contents":[{"type":"span","text":"a"}]`},
			map[string]string{"": "error missing-property", `,"text":""`: "error empty-text",
				`,"text":"","contents":[]`: "error empty-text",
				`,"contents":[]`:           "error missing-property", `,"text":5`: "error wrong-json-type",
				`,"text":null`: "error missing-property",
				`,"contents":[{"type":"text","text":"a"}]`: "error unknown-type " + child + "contents[0].type"}},
		forms("flexText size", text(`"size":§`), child+"size", sizes, []string{"", "10", "50%", "full"}),
		textWords("align", align...), textWords("gravity", gravity...), textWords("weight", "regular", "bold"),
		textWords("style", "normal", "italic"), textWords("decoration", "none", "underline", "line-through"),
		textWords("adjustMode", "shrink-to-fit"),
		forms("flexText lineSpacing", text(`"lineSpacing":§`), child+"lineSpacing", []string{"10px", "0.5px"},
			[]string{"0px", "0.0px", "-1px", "10", "md", "5%"}),
		{"flexText maxLines", text(`"maxLines":§`), child + "maxLines", []string{"0", "2"},
			map[string]string{"-1": "error number-range", "1.5": "error number-range", `"2"`: "error wrong-json-type"}},
		hexColors("flexText/Span color", text(`"color":§`), child+"color"),
		hexColors("flexText/Span color", in(`{"type":"text","contents":[{"type":"span","text":"a","color":§}]}`),
			child+"contents[0].color"),
		{"flexSpan (ctx)", in("§"), child + "type",
			[]string{`{"type":"text","contents":[{"type":"span","text":"a","size":"xl","weight":"bold"}]}`},
			map[string]string{`{"type":"span","text":"a"}`: "error wrong-place"}},
		hexColors("flexSeparator margin,color", in(`{"type":"separator","color":§}`), child+"color"),
		{"flexSeparator margin,color", in(`{"type":"separator","margin":§}`), child + "margin", []string{`"md"`, `"5px"`},
			map[string]string{`"5%"`: "error value-form"}},
		{"flexSeparator margin,color", inBox("baseline", "§"), child + "type", []string{`{"type":"text","text":"a"}`},
			map[string]string{`{"type":"separator"}`: "error wrong-place"}},
		{"flexFiller flex", in("§"), "contents.body.contents[0]", []string{`{"type":"text","text":"a","flex":1}`},
			map[string]string{`{"type":"filler"}`: "warning retired-component",
				`{"type":"filler","flex":2}`: "warning retired-component"}},
		{"flexSpacer type", in("§"), "contents.body.contents[0]", []string{`{"type":"text","text":"a","margin":"md"}`},
			map[string]string{`{"type":"spacer"}`: "warning retired-component",
				`{"type":"spacer","size":"md"}`: "warning retired-component"}},
		{"flex baseline child gravity, offsetBottom", inBox("baseline", `{"type":"text","text":"a"§}`), child +
			"gravity", []string{"", `,"offsetTop":"1px"`},
			map[string]string{`,"gravity":"top"`: "warning no-effect-in-baseline",
				`,"offsetBottom":"1px"`: "warning no-effect-in-baseline " + child + "offsetBottom"}},
		{"flex baseline child gravity, offsetBottom", in(`{"type":"text","text":"a"§}`), child,
			[]string{`,"gravity":"top"`, `,"offsetBottom":"1px"`}, nil},
	}
}
