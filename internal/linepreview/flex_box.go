package linepreview

import "github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"

// layouts are the boxes' layouts, each with its class.
var layouts = map[string]string{"horizontal": " h", "vertical": " v", "baseline": " h base"}

// paddings are the properties for one side each.
var paddings = []struct{ name, property string }{
	{"paddingTop", "padding-top"}, {"paddingBottom", "padding-bottom"},
	{"paddingStart", "padding-inline-start"}, {"paddingEnd", "padding-inline-end"},
}

// extents are the properties of a box's size. In CSS, too, the greatest one counts more.
var extents = []struct{ name, property string }{
	{"width", "width"}, {"maxWidth", "max-width"}, {"height", "height"}, {"maxHeight", "max-height"},
}

func (d *drawer) box(box exactjson.Value, in *around) {
	layout, has := choice(d, box, "layout", layouts)
	if !has {
		layout = layouts["vertical"]
	}
	c := d.boxPlace(box, in)
	d.padding(box, in, &c)
	d.surface(box, &c)
	if where, has := choice(d, box, "justifyContent", mainAxis); has {
		c.set("justify-content", where)
	}
	if where, has := choice(d, box, "alignItems", crossAxis); has {
		c.set("align-items", where)
	}
	d.open("div", "c"+layout+d.style(c))
	inside := &around{horizontal: layout != layouts["vertical"], baseline: layout == layouts["baseline"]}
	spacing, hasSpacing := d.length(box, "spacing", distances, onlyPixels)
	for _, component := range d.elements(box, "contents") {
		d.component(component, inside)
		if position, _ := d.str(component, "position"); hasSpacing && position != "absolute" {
			inside.spacing = &spacing
		}
	}
	d.close("div")
	d.tap(box, "")
}

// boxPlace declares a box's place and size. One with a width or a height of its own takes no share of a horizontal box.
func (d *drawer) boxPlace(box exactjson.Value, in *around) css {
	var size css
	fixed := false
	for _, extent := range extents {
		if by, has := d.length(box, extent.name, nil, percent); has {
			size.set(extent.property, by)
			fixed = fixed || extent.name == extent.property
		}
	}
	c := d.placed(box, in, in.usual())
	if fixed && in.horizontal {
		c.set("flex", share{0, true})
	}
	return append(c, size...)
}

// padding declares a box's padding: a block's own, and over it what the box says, the single sides last.
func (d *drawer) padding(box exactjson.Value, in *around, c *css) {
	if in.padding != nil {
		c.set("padding-top", px(in.padding.top))
		c.set("padding-inline-start", px(in.padding.side))
		c.set("padding-inline-end", px(in.padding.side))
		c.set("padding-bottom", px(in.padding.bottom))
	}
	if all, has := d.length(box, "paddingAll", distances, percent); has {
		c.set("padding", all)
	}
	for _, side := range paddings {
		if by, has := d.length(box, side.name, distances, percent); has {
			c.set(side.property, by)
		}
	}
}

// surface declares a box's ground, border and corners.
func (d *drawer) surface(box exactjson.Value, c *css) {
	if value, has := d.color(box, "backgroundColor"); has {
		c.set("background-color", value)
	}
	if value, has := d.gradient(box); has {
		c.set("background-image", value)
	}
	if width, has := d.length(box, "borderWidth", borderWidths, onlyPixels); has {
		c.set("border-style", word("solid"))
		c.set("border-width", width)
		if value, has := d.color(box, "borderColor"); has {
			c.set("border-color", value)
		}
	}
	if radius, has := d.length(box, "cornerRadius", distances, onlyPixels); has {
		c.set("border-radius", radius)
	}
}

func (d *drawer) gradient(box exactjson.Value) (g gradient, ok bool) {
	ground := d.object(box, "background")
	if ground == none {
		return g, false
	}
	if kind, _ := d.str(ground, "type"); kind != "linearGradient" {
		d.notDrawn("background", kind)
		return g, false
	}
	var angled, starts, ends, centered bool
	g.angle, angled = typed(d, ground, "angle", parseAngle)
	g.start, starts = d.color(ground, "startColor")
	g.end, ends = d.color(ground, "endColor")
	g.center, g.three = d.color(ground, "centerColor")
	if g.at, centered = typed(d, ground, "centerPosition", parsePart); !centered {
		g.at = length{50, "%"}
	}
	return g, angled && starts && ends
}

// parsePart reads a percentage of at most all.
func parsePart(text string) (length, bool) {
	part, ok := parseLength(text, true, false)
	return part, ok && part.unit == "%" && part.number <= 100
}
