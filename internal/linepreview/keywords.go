package linepreview

// What LINE's keywords measure, in pixels. LINE documents their order only and says that rendering differs by device; the
// figures are near those of its Flex Message Simulator.

// distances are those of margin, spacing, padding, offset and cornerRadius.
var distances = map[string]float64{"none": 0, "xs": 2, "sm": 4, "md": 8, "lg": 12, "xl": 16, "xxl": 20}

// fontSizes are those of text, span and icon.
var fontSizes = map[string]float64{
	"xxs": 11, "xs": 13, "sm": 14, "md": 16, "lg": 19, "xl": 22, "xxl": 29, "3xl": 35, "4xl": 48, "5xl": 74,
}

// imageSizes are widths; "full" is all there is.
var imageSizes = map[string]float64{
	"xxs": 40, "xs": 60, "sm": 80, "md": 100, "lg": 120, "xl": 140, "xxl": 160, "3xl": 180, "4xl": 200, "5xl": 220,
}

var borderWidths = map[string]float64{"none": 0, "light": 0.5, "normal": 1, "medium": 2, "semi-bold": 3, "bold": 4}

// Heights of buttons.
var buttonHeights = map[string]float64{"sm": 40, "md": 52}

// sides are the paddings of a block: top, both sides, bottom.
type sides struct{ top, side, bottom float64 }

// bubbleSize is a size of bubbles. The footer's padding is 10 in all.
type bubbleSize struct {
	width        float64 // at most
	header, body sides
	aboveFooter  float64 // what the bottom padding of the body is if there is a footer
}

var bubbleSizes = map[string]bubbleSize{
	"nano":  {120, sides{10, 10, 10}, sides{10, 10, 10}, 10},
	"micro": {160, sides{10, 10, 10}, sides{10, 10, 10}, 10},
	"deca":  {220, sides{11, 14, 13}, sides{11, 14, 13}, 17},
	"hecto": {241, sides{11, 14, 13}, sides{11, 14, 13}, 17},
	"kilo":  {260, sides{13, 13, 13}, sides{13, 13, 13}, 17},
	"mega":  {300, sides{20, 20, 20}, sides{19, 20, 20}, 10},
	"giga":  {500, sides{20, 20, 20}, sides{20, 20, 20}, 10},
}

// defaultBubble is the size of a bubble that says none.
const defaultBubble = "mega"

var footerPadding = sides{10, 10, 10}

// Words that LINE and CSS share, or what they are in CSS.
var (
	aligns    = map[string]word{"start": "flex-start", "center": "center", "end": "flex-end"}
	gravities = map[string]word{"top": "flex-start", "center": "center", "bottom": "flex-end"}
	texts     = map[string]word{"start": "start", "center": "center", "end": "end"}
	weights   = map[string]word{"regular": "400", "bold": "700"}
	slants    = map[string]word{"normal": "normal", "italic": "italic"}
	underline = map[string]word{"none": "none", "underline": "underline", "line-through": "line-through"}
	crossAxis = map[string]word{"center": "center", "flex-start": "flex-start", "flex-end": "flex-end"}
	mainAxis  = map[string]word{
		"center": "center", "flex-start": "flex-start", "flex-end": "flex-end", "space-between": "space-between",
		"space-around": "space-around", "space-evenly": "space-evenly",
	}
)
