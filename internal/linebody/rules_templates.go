package linebody

// templateRules are the template message and its templates.
func templateRules() map[string]*schema {
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
	return map[string]*schema{
		"message template": {title: "a template message", anchor: "template-messages", properties: with([]property{
			{name: "altText", need: required, value: altText},
			{name: "template", need: required, value: union{prefix: "template ", what: "a template",
				of: []string{"buttons", "confirm", "carousel", "image_carousel"}}},
		}, common)},

		"template buttons": {title: "a buttons template", anchor: "buttons", properties: with([]property{
			{name: "text", need: required, value: titledText{alone: 160, titled: 60}},
			{name: "actions", need: required, value: list{min: 1, max: 4, of: action{inTemplate}, what: "actions"}},
		}, image, shape)},

		"template confirm": {title: "a confirm template", anchor: "confirm", properties: []property{
			{name: "text", need: required, value: text{unit: graphemes, min: 1, max: 240}},
			{name: "actions", need: required, value: list{min: 2, max: 2, of: action{inTemplate}, what: "actions"}},
		}},

		"template carousel": {title: "a carousel template", anchor: "carousel", properties: with([]property{
			{name: "columns", need: required, value: list{min: 1, max: 10, of: object("carousel column"), what: "columns"}},
		}, shape), checks: []check{equalColumns}},
		"carousel column": {title: "a column", anchor: "column-object-for-carousel", properties: with([]property{
			{name: "text", need: required, value: titledText{alone: 120, titled: 60}},
			{name: "actions", need: required, value: list{min: 1, max: 3, of: action{inTemplate}, what: "actions"}},
		}, image)},

		"template image_carousel": {title: "an image carousel template", anchor: "image-carousel", properties: []property{
			{name: "columns", need: required, value: list{min: 1, max: 10, of: object("image column"), what: "columns"}},
		}},
		"image column": {title: "a column", anchor: "column-object-for-image-carousel", properties: []property{
			{name: "imageUrl", need: required, value: mediaURL()},
			{name: "action", need: required, value: action{inImageCarousel}},
		}},
	}
}

// Places where an action may be, with what LINE's "Specifications of the label" says of each.
var (
	inTemplate      = place{labelRequired: true, labelMax: 20, types: tapActions}
	inImageCarousel = place{labelMax: 12, types: tapActions}
	inQuickReply    = place{labelRequired: true, labelMax: 20, types: quickReplyActions, quickReply: true}
	inFlexButton    = place{labelRequired: true, labelMax: 40, types: tapActions}
	inFlex          = place{labelMax: 40, types: tapActions}
	inFlexVideo     = place{labelMax: 40, types: []string{"uri"}}
	// The specifications do not say whether a default action's label counts; LINE does not show it.
	inDefaultAction = place{labelMax: 20, over: Warning, types: tapActions}
)

// place is where an action is.
type place struct {
	labelRequired bool
	labelMax      int
	over          Severity // of a label that is too long
	types         []string // of the actions that work there
	quickReply    bool
}

var (
	tapActions        = []string{"postback", "message", "uri", "datetimepicker", "clipboard"}
	quickReplyActions = append([]string{"camera", "cameraRoll", "location"}, tapActions...)
)

// elsewhere are the actions that exist, but not everywhere.
var elsewhere = map[string]string{
	"postback":       "is a postback action, but a video takes only a URI action",
	"message":        "is a message action, but a video takes only a URI action",
	"datetimepicker": "is a datetime picker action, but a video takes only a URI action",
	"clipboard":      "is a clipboard action, but a video takes only a URI action",
	"camera":         "is a camera action, which works only in a quick reply",
	"cameraRoll":     "is a camera roll action, which works only in a quick reply",
	"location":       "is a location action, which works only in a quick reply",
	"richmenuswitch": "is a rich menu switch action, which works only in a rich menu and never in a message",
}

// actionRules are the action objects.
func actionRules() map[string]*schema {
	label := property{name: "label", need: requiredByPlace, value: label{}, source: reference + "action-object-label-spec"}
	onlyLabel := []property{{name: "label", need: required, value: label.value}}
	data := property{name: "data", need: required, value: text{unit: codeUnits, min: 1, max: 300, empty: Warning}}
	return map[string]*schema{
		"action postback": {title: "a postback action", anchor: "postback-action", properties: []property{
			label,
			data,
			{name: "displayText", value: text{unit: graphemes, max: 300}},
			{name: "text", value: text{unit: graphemes, max: 300}},
			{name: "inputOption", value: oneOf("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")},
			{name: "fillInText", value: text{unit: graphemes, max: 300}},
		}, checks: []check{postbackTexts, fillInNeedsKeyboard}},
		"action message": {title: "a message action", anchor: "message-action", properties: []property{
			label,
			{name: "text", need: required, value: text{unit: graphemes, min: 1, max: 300}},
		}},
		"action uri": {title: "a URI action", anchor: "uri-action", properties: []property{
			label,
			{name: "uri", need: required, value: link(Warning)},
			{name: "altUri", value: object("alternative uri")},
		}, checks: []check{altURIInQuickReply}},
		"alternative uri": {title: "an alternative URI", anchor: "uri-action", properties: []property{
			{name: "desktop", value: link(Error)},
		}},
		"action datetimepicker": {title: "a datetime picker action", anchor: "datetime-picker-action", properties: []property{
			label,
			data,
			{name: "mode", need: required, value: oneOf("date", "time", "datetime")},
			{name: "initial", value: text{}},
			{name: "max", value: text{}},
			{name: "min", value: text{}},
		}, checks: []check{pickerMoments}},
		"action camera":     {title: "a camera action", anchor: "camera-action", properties: onlyLabel},
		"action cameraRoll": {title: "a camera roll action", anchor: "camera-roll-action", properties: onlyLabel},
		"action location":   {title: "a location action", anchor: "location-action", properties: onlyLabel},
		"action clipboard": {title: "a clipboard action", anchor: "clipboard-action", properties: []property{
			label,
			{name: "clipboardText", need: required, value: text{unit: codeUnits, min: 1, max: 1000}},
		}},
	}
}
