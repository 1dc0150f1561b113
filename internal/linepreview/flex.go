package linepreview

import "github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"

// A bubble is white and its text black in light and in dark: LINE's documentation says of no other default.

func (d *drawer) flexMessage(message exactjson.Value) {
	d.container(d.object(message, "contents"))
	d.altText(message)
}

// container draws a bubble, or several beside each other and equally high.
func (d *drawer) container(container exactjson.Value) {
	switch kind, _ := d.str(container, "type"); kind {
	case "bubble":
		d.bubble(container)
	case "carousel":
		d.open("div", "slide", focusable)
		for _, bubble := range d.elements(container, "contents") {
			if d.full() {
				break
			}
			d.bubble(bubble)
		}
		d.close("div")
	default:
		d.unknown(container)
	}
}

var directions = map[string]string{"ltr": "ltr", "rtl": "rtl"}

func (d *drawer) bubble(bubble exactjson.Value) {
	size, has := choice(d, bubble, "size", bubbleSizes)
	if !has {
		size = bubbleSizes[defaultBubble]
	}
	direction, has := choice(d, bubble, "direction", directions)
	if !has {
		direction = "ltr"
	}
	var box css
	box.set("width", px(size.width))
	d.open("div", "bubble"+d.style(box), attribute{"dir", direction})
	styles := d.object(bubble, "styles")
	d.block(bubble, styles, "header", size.header)
	d.hero(bubble, styles)
	body := size.body
	if d.object(bubble, "footer") != none {
		body.bottom = size.aboveFooter
	}
	d.block(bubble, styles, "body", body)
	d.block(bubble, styles, "footer", footerPadding)
	d.close("div")
	d.tap(bubble, "")
	if video := d.object(bubble, "hero"); d.object(video, "altContent") != none {
		d.open("details", "alt")
		d.element("summary", "", d.words.altContent)
		d.open("div", "bubble"+d.style(box), attribute{"dir", direction})
		d.component(d.object(video, "altContent"), &around{block: true})
		d.close("div")
		d.close("details")
	}
}

// openBlock begins a block with its style.
func (d *drawer) openBlock(styles exactjson.Value, name string) {
	style := d.object(styles, name)
	var ground css
	if value, has := d.color(style, "backgroundColor"); has {
		ground.set("background", value)
	}
	if d.flag(style, "separator") {
		value, has := d.color(style, "separatorColor")
		if !has {
			value = separatorColor
		}
		ground.set("border-top-color", value)
		ground.set("border-top-style", word("solid"))
		ground.set("border-top-width", px(1))
	}
	class := "block"
	if name == "body" {
		class += " grow" // where a bubble is higher than what is in it
	}
	d.open("div", class+d.style(ground))
}

func (d *drawer) block(bubble, styles exactjson.Value, name string, padding sides) {
	if box := d.object(bubble, name); box != none {
		d.openBlock(styles, name)
		d.component(box, &around{block: true, padding: &padding})
		d.close("div")
	}
}

func (d *drawer) hero(bubble, styles exactjson.Value) {
	hero := d.object(bubble, "hero")
	if hero == none {
		return
	}
	d.openBlock(styles, "hero")
	d.component(hero, &around{block: true})
	d.close("div")
}

// around is what a component's place says of it.
type around struct {
	block      bool   // it is a block of a bubble by itself
	padding    *sides // of a block
	horizontal bool   // its box is horizontal, or a baseline box
	baseline   bool
	spacing    *length // between it and the component before it
}

// component draws one component in its place.
func (d *drawer) component(component exactjson.Value, in *around) {
	if d.full() {
		return
	}
	switch kind, _ := d.str(component, "type"); kind {
	case "box":
		d.box(component, in)
	case "text":
		d.flexText(component, in)
	case "button":
		d.button(component, in)
	case "image":
		d.flexImage(component, in)
	case "video":
		d.flexVideo(component)
	case "icon":
		d.icon(component, in)
	case "separator":
		d.separator(component, in)
	case "filler":
		d.filler(component, in)
	case "spacer":
		d.spacer(component, in)
	default:
		d.unknown(component)
	}
}

// offsets are the properties that move a component, and what they are in CSS, which knows of text directions, too.
var offsets = []struct{ name, property string }{
	{"offsetTop", "top"}, {"offsetBottom", "bottom"}, {"offsetStart", "inset-inline-start"}, {"offsetEnd", "inset-inline-end"},
}

var positions = map[string]word{"relative": "relative", "absolute": "absolute"}

// placed declares what all components have of place and share. byDefault is the share of one that says none.
func (d *drawer) placed(component exactjson.Value, in *around, byDefault int) css {
	const mostShare = 10000
	var c css
	position, _ := choice(d, component, "position", positions)
	if position == "absolute" {
		c.set("position", position)
	} else if !in.block {
		parts, has := d.whole(component, "flex", mostShare)
		if !has {
			parts = byDefault
		}
		c.set("flex", share{parts, in.horizontal})
		d.margin(component, in, &c)
	}
	for _, offset := range offsets {
		if by, has := d.length(component, offset.name, distances, percent|negative); has {
			c.set(offset.property, by)
		}
	}
	return c
}

// margin declares the space before a component: its own, else its box's spacing.
func (d *drawer) margin(component exactjson.Value, in *around, c *css) {
	space, has := d.length(component, "margin", distances, onlyPixels)
	switch {
	case has:
	case in.spacing != nil:
		space = *in.spacing
	default:
		return
	}
	if in.horizontal {
		c.set("margin-inline-start", space)
	} else {
		c.set("margin-top", space)
	}
}

// usual is the share of a component that says none: its part of a horizontal box, what it needs of a vertical one.
func (in *around) usual() int {
	if in.horizontal {
		return 1
	}
	return 0
}

// gravity declares where in its height a component is. In a baseline box it has no effect.
func (d *drawer) gravity(component exactjson.Value, in *around, c *css) {
	if where, has := choice(d, component, "gravity", gravities); has && !in.baseline && where != "flex-start" {
		c.set("display", word("flex"))
		c.set("flex-direction", word("column"))
		c.set("justify-content", where)
	}
}

// adapts notes what is not imitated.
func (d *drawer) adapts(component exactjson.Value) {
	for _, name := range []string{"adjustMode", "scaling"} {
		if at, has := d.member(component, name); has && d.d.Kind(at) != exactjson.False {
			d.notImitated(name)
		}
	}
}
