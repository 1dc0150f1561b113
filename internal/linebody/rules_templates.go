package linebody

// templateRules are the template message and its templates.
func templateRules() []*schema {
	image := []property{
		{name: "thumbnailImageUrl", value: mediaURL()},
		{name: "imageBackgroundColor", value: color{}},
		{name: "title", value: text{unit: graphemes, max: 40}},
		{name: "defaultAction", value: action{inDefaultAction}},
	}
	shape := []property{
		{name: "imageAspectRatio", value: oneOf("rectangle", "square")},
		{name: "imageSize", value: oneOf("cover", "contain")},
	}
	return []*schema{
		{name: "message template", title: "a template message", anchor: "template-messages", properties: with([]property{
			{name: "altText", need: required, value: altText},
			{name: "template", need: required, value: union{prefix: "template ", what: "a template",
				of: []string{"buttons", "confirm", "carousel", "image_carousel"}, foreign: map[string]string{
					"bubble": `is a Flex container; it belongs into a message of its own: {"type":"flex","altText":"…","contents":{…}}`,
				}}},
		}, common)},

		{name: "template buttons", title: "a buttons template", anchor: "buttons", properties: with([]property{
			{name: "text", need: required, value: titledText{alone: 160, titled: 60}},
			{name: "actions", need: required, value: list{min: 1, max: 4, of: action{inTemplate}, what: "actions"}},
		}, image, shape)},

		{name: "template confirm", title: "a confirm template", anchor: "confirm", properties: []property{
			{name: "text", need: required, value: text{unit: graphemes, min: 1, max: 240}},
			{name: "actions", need: required, value: list{min: 2, max: 2, of: action{inTemplate}, what: "actions"}},
		}},

		{name: "template carousel", title: "a carousel template", anchor: "carousel", properties: with([]property{
			{name: "columns", need: required, value: list{min: 1, max: 10, of: object("carousel column"), what: "columns"}},
		}, shape), checks: []check{
			{equalColumns, "All columns have as many actions, and all or none have thumbnailImageUrl and title"},
		}},
		{name: "carousel column", title: "a column", anchor: "column-object-for-carousel", properties: with([]property{
			{name: "text", need: required, value: titledText{alone: 120, titled: 60}},
			{name: "actions", need: required, value: list{min: 1, max: 3, of: action{inTemplate}, what: "actions"}},
		}, image)},

		{name: "template image_carousel", title: "an image carousel template", anchor: "image-carousel", properties: []property{
			{name: "columns", need: required, value: list{min: 1, max: 10, of: object("image column"), what: "columns"}},
		}},
		{name: "image column", title: "a column", anchor: "column-object-for-image-carousel", properties: []property{
			{name: "imageUrl", need: required, value: mediaURL()},
			{name: "action", need: required, value: action{inImageCarousel}},
		}},
	}
}

// Places where an action may be, with what LINE's "Specifications of the label" says of each.
var (
	inTemplate      = place{name: "template", labelRequired: true, labelMax: 20}
	inImageCarousel = place{name: "image carousel", labelMax: 12}
	inQuickReply    = place{name: "quick reply", labelRequired: true, labelMax: 20, quickReply: true}
	inFlexButton    = place{name: "button", labelRequired: true, labelMax: 40}
	inFlex          = place{name: "flex", labelMax: 40}
	inFlexVideo     = place{name: "video", labelMax: 40, types: []string{"uri"}}
	// The specifications do not say whether a default action's label counts; LINE does not show it.
	inDefaultAction = place{name: "default action", labelMax: 20, over: Warning}
)

// place is where an action is.
type place struct {
	name          string // in the JSON Schema
	labelRequired bool
	labelMax      int
	over          Severity // of a label that is too long
	types         []string // of the actions that work there; nil are all that do not work in one place only
	quickReply    bool     // where the others work, too
}

// inQuickReplyOnly is where some actions work, and no others do not.
const inQuickReplyOnly = "in a quick reply"

// actionRules are the action objects.
func actionRules() []*schema {
	label := property{name: "label", need: requiredByPlace, value: label{}, source: reference + "action-object-label-spec"}
	onlyLabel := []property{{name: "label", need: required, value: label.value}}
	data := property{name: "data", need: required, value: text{unit: codeUnits, min: 1, max: 300, empty: Warning}}
	return []*schema{
		{name: "action postback", title: "a postback action", anchor: "postback-action", properties: []property{
			label,
			data,
			{name: "displayText", value: text{unit: graphemes, max: 300}},
			{name: "text", value: text{unit: graphemes, max: 300}},
			{name: "inputOption", value: oneOf("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")},
			{name: "fillInText", value: text{unit: graphemes, max: 300}},
		}, checks: []check{
			{postbackTexts, "text is deprecated, and cannot be used beside displayText"},
			{fillInNeedsKeyboard, "fillInText works only with inputOption openKeyboard"},
		}},
		{name: "action message", title: "a message action", anchor: "message-action", properties: []property{
			label,
			{name: "text", need: required, value: text{unit: graphemes, min: 1, max: 300}},
		}},
		{name: "action uri", title: "a URI action", anchor: "uri-action", properties: []property{
			label,
			{name: "uri", need: required, value: link(Warning)},
			{name: "altUri", value: object("alternative uri")},
		}, checks: []check{
			{altURIInQuickReply, "altUri has no effect in a quick reply"},
		}},
		{name: "alternative uri", title: "an alternative URI", anchor: "uri-action", properties: []property{
			{name: "desktop", value: link(Error)},
		}},
		{name: "action datetimepicker", title: "a datetime picker action", anchor: "datetime-picker-action", properties: []property{
			label,
			data,
			{name: "mode", need: required, value: oneOf("date", "time", "datetime")},
			{name: "initial", value: text{}},
			{name: "max", value: text{}},
			{name: "min", value: text{}},
		}, checks: []check{
			{pickerMoments, "initial, max and min have the form of the mode, from 1900 to 2100, and min is before max"},
		}},
		{name: "action camera", title: "a camera action", only: inQuickReplyOnly, anchor: "camera-action", properties: onlyLabel},
		{name: "action cameraRoll", title: "a camera roll action", only: inQuickReplyOnly, anchor: "camera-roll-action", properties: onlyLabel},
		{name: "action location", title: "a location action", only: inQuickReplyOnly, anchor: "location-action", properties: onlyLabel},
		{name: "action clipboard", title: "a clipboard action", anchor: "clipboard-action", properties: []property{
			label,
			{name: "clipboardText", need: required, value: text{unit: codeUnits, min: 1, max: 1000}},
		}},
	}
}
