package linebody

// Words of several flex components.
var (
	vertically   = oneOf("top", "bottom", "center")
	horizontally = oneOf("start", "end", "center")
	fontWeights  = oneOf("regular", "bold")
	fontStyles   = oneOf("normal", "italic")
	decorations  = oneOf("none", "underline", "line-through")
	shrinkToFit  = oneOf("shrink-to-fit")
	hexColor     = color{alpha: true}
	distance     = size{words: distances}
	side         = size{percent: true}
	fontSize     = size{words: fontSizes, seen: true}
)

const aTemplate = `is a template; it belongs into a message of its own: {"type":"template","altText":"…","template":{…}}`

// flexRules are the flex message, its containers and its components.
func flexRules() []*schema {
	margin := property{name: "margin", value: distance, source: flexLayout + "margin-property"}
	// LINE has seen "0" with quotes in messages that it delivered.
	flex := property{name: "flex", value: whole{asString: Warning}, source: flexLayout + "component-size"}
	gravity := property{name: "gravity", value: vertically, source: flexLayout + "gravity-property"}
	offset := size{words: distances, percent: true, negative: true}
	placed := []property{
		{name: "position", value: oneOf("relative", "absolute"), source: flexLayout + "component-offset"},
		{name: "offsetTop", value: offset, source: flexLayout + "component-offset"},
		{name: "offsetBottom", value: offset, source: flexLayout + "component-offset"},
		{name: "offsetStart", value: offset, source: flexLayout + "component-offset"},
		{name: "offsetEnd", value: offset, source: flexLayout + "component-offset"},
	}
	tap := property{name: "action", value: action{inFlex}}
	block := property{value: object("block style")}
	box := union{prefix: "flex ", what: "a block", of: []string{"box"}, foreign: map[string]string{}}
	for _, component := range []string{"button", "image", "text", "separator", "icon", "span", "video", "filler"} {
		box.foreign[component] = "is a component, which stands in a box: " + aBox
	}
	named := func(p property, name string) property { p.name = name; return p }
	padding := property{value: size{words: distances, percent: true}, source: flexLayout + "padding-property"}

	return []*schema{
		{name: "message flex", title: "a Flex Message", anchor: "flex-message", properties: with([]property{
			{name: "altText", need: required, value: altText},
			{name: "contents", need: required, value: union{prefix: "container ", what: "a container",
				of: []string{"bubble", "carousel"}, foreign: map[string]string{
					"box":            "is a box, which is no container; put it into a bubble as its body",
					"flex":           "is a whole Flex Message; write its contents here",
					"buttons":        aTemplate,
					"confirm":        aTemplate,
					"image_carousel": aTemplate,
				}}},
		}, common)},

		{name: "container bubble", title: "a bubble", anchor: "bubble", properties: []property{
			{name: "size", value: oneOf("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")},
			{name: "direction", value: oneOf("ltr", "rtl")},
			{name: "header", value: box},
			{name: "hero", value: union{prefix: "flex ", what: "a hero block",
				of: []string{"box", "image", "video"}}},
			{name: "body", value: box},
			{name: "footer", value: box},
			{name: "styles", value: object("bubble style")},
			tap,
		}, checks: []check{
			{bubbleSize, "At most 30 KB of JSON"},
			{bubbleBlocks, "At least one of header, hero, body and footer"},
			{absoluteFirst, "The first component of a block should not be absolute"},
		}},
		{name: "bubble style", title: "a bubble style", anchor: "bubble-style", properties: []property{
			named(block, "header"), named(block, "hero"), named(block, "body"), named(block, "footer"),
		}, checks: []check{
			{separatorAboveFirst, "No separator is shown above the first block"},
		}},
		{name: "block style", title: "a block style", anchor: "block-style", properties: []property{
			{name: "backgroundColor", value: hexColor},
			{name: "separator", value: flag{}},
			{name: "separatorColor", value: hexColor},
		}},

		{name: "container carousel", title: "a carousel", anchor: "f-carousel", properties: []property{
			{name: "contents", need: required, value: list{min: 1, max: 12, what: "bubbles", of: union{
				prefix: "container ", what: "a carousel's element", of: []string{"bubble"}, foreign: map[string]string{
					"box":      `is a box; put it into a bubble: {"type":"bubble","body":{…}}`,
					"carousel": "is a carousel, which does not stand in another; write its bubbles here",
				}}}},
		}, checks: []check{
			{carouselSize, "At most 50 KB of JSON"},
			{equalBubbles, "All bubbles have the same size"},
		}},

		{name: "flex box", title: "a box", boxes: stackedBoxes, anchor: "box", properties: with([]property{
			{name: "layout", need: required, value: oneOf("horizontal", "vertical", "baseline")},
			{name: "contents", need: required, value: components{}},
			{name: "backgroundColor", value: hexColor},
			{name: "borderColor", value: hexColor},
			{name: "borderWidth", value: size{words: []string{"none", "light", "normal", "medium", "semi-bold", "bold"}}},
			{name: "cornerRadius", value: distance},
			{name: "width", value: side},
			{name: "maxWidth", value: side},
			{name: "height", value: side},
			{name: "maxHeight", value: side},
			flex,
			{name: "spacing", value: distance, source: flexLayout + "spacing-property"},
			margin,
			named(padding, "paddingAll"), named(padding, "paddingTop"), named(padding, "paddingBottom"),
			named(padding, "paddingStart"), named(padding, "paddingEnd"),
			tap,
			{name: "justifyContent", source: flexLayout + "justify-property", value: oneOf(
				"center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly")},
			{name: "alignItems", source: flexLayout + "justify-property", value: oneOf("center", "flex-start", "flex-end")},
			{name: "background", value: union{prefix: "background ", what: "a background",
				of: []string{"linearGradient"}}},
		}, placed)},
		{name: "background linearGradient", title: "a linear gradient", anchor: "box", properties: []property{
			{name: "angle", need: required, value: angle{}},
			{name: "startColor", need: required, value: hexColor},
			{name: "endColor", need: required, value: hexColor},
			{name: "centerColor", value: hexColor},
			{name: "centerPosition", value: percentage{}},
		}},

		{name: "flex button", title: "a button", boxes: stackedBoxes, anchor: "button", properties: with([]property{
			{name: "action", need: required, value: action{inFlexButton}},
			flex, margin,
			{name: "height", value: oneOf("sm", "md")},
			{name: "style", value: oneOf("primary", "secondary", "link")},
			{name: "color", value: hexColor},
			gravity,
			{name: "adjustMode", value: shrinkToFit},
			{name: "scaling", value: flag{}},
		}, placed), near: unwrapped("button"), checks: []check{inBaseline}},

		{name: "flex image", title: "an image", boxes: stackedBoxes, anchor: "f-image", properties: with([]property{
			{name: "url", need: required, value: mediaURL()},
			flex, margin,
			{name: "align", value: horizontally},
			gravity,
			{name: "size", value: size{words: append(fontSizes[:len(fontSizes):len(fontSizes)], "full"), percent: true, seen: true},
				source: flexLayout + "image-size"},
			{name: "aspectRatio", value: ratio{}},
			{name: "aspectMode", value: oneOf("fit", "cover")},
			{name: "backgroundColor", value: hexColor},
			tap,
			{name: "animated", value: flag{}},
		}, placed), checks: []check{
			{animatedImages, "At most 10 animated images in a message"},
			inBaseline,
		}},

		{name: "flex video", title: "a video", boxes: noBoxes, only: "as a bubble's hero", anchor: "f-video", properties: []property{
			{name: "url", need: required, value: mediaURL()},
			{name: "previewUrl", need: required, value: mediaURL()},
			{name: "altContent", need: required, value: union{prefix: "flex ", what: "an alternative content",
				of: []string{"box", "image"}}},
			{name: "aspectRatio", value: ratio{}},
			{name: "action", value: action{inFlexVideo}},
		}, checks: []check{
			{videoBubble, "Only as the hero of a bubble of size kilo, mega or giga that is in no carousel"},
		}},

		{name: "flex icon", title: "an icon", boxes: baselineBoxes, only: "in a baseline box", anchor: "icon", properties: with([]property{
			{name: "url", need: required, value: mediaURL()},
			margin,
			{name: "size", value: fontSize, source: flexLayout + "other-component-size"},
			{name: "scaling", value: flag{}},
			{name: "aspectRatio", value: ratio{}},
		}, placed), checks: []check{inBaseline}},

		{name: "flex text", title: "a text component", boxes: allBoxes, anchor: "f-text", properties: with([]property{
			{name: "text", value: text{}},
			{name: "contents", value: list{what: "spans", of: union{prefix: "flex ", what: "a text's content",
				of: []string{"span"}}}},
			{name: "adjustMode", value: shrinkToFit},
			flex, margin,
			{name: "size", value: fontSize, source: flexLayout + "other-component-size"},
			{name: "scaling", value: flag{}},
			{name: "align", value: horizontally},
			gravity,
			{name: "wrap", value: flag{}},
			{name: "lineSpacing", value: size{positive: true}},
			{name: "maxLines", value: whole{}},
			{name: "weight", value: fontWeights},
			{name: "color", value: hexColor},
			tap,
			{name: "style", value: fontStyles},
			{name: "decoration", value: decorations},
		}, placed), checks: []check{
			{textOrSpans, "Needs a text that is not empty, or contents with spans"},
			inBaseline,
		}},

		{name: "flex span", title: "a span", boxes: noBoxes, only: "in the contents of a text", anchor: "span", properties: []property{
			{name: "text", value: text{}},
			{name: "color", value: hexColor},
			{name: "size", value: fontSize, source: flexLayout + "other-component-size"},
			{name: "weight", value: fontWeights},
			{name: "style", value: fontStyles},
			{name: "decoration", value: decorations},
		}},

		{name: "flex separator", title: "a separator", boxes: stackedBoxes, anchor: "separator", properties: []property{
			margin,
			{name: "color", value: hexColor},
		}},

		{name: "flex filler", title: "a filler", boxes: allBoxes, anchor: "filler", properties: []property{flex},
			checks: []check{
				{deprecatedFiller, "Fillers are deprecated; use margin, spacing, padding or flex"},
			}},

		// The spacer is gone from the reference, but messages that LINE delivers still have it.
		{name: "flex spacer", title: "a spacer", boxes: formerlyBoxes, anchor: "flex-component", properties: []property{
			{name: "size", value: distance},
		}, checks: []check{
			{retiredSpacer, "Spacers are gone from LINE's reference; use margin, spacing or padding"},
		}},
	}
}
