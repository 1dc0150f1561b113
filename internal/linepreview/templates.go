package linepreview

import (
	"math"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

func (d *drawer) templateMessage(message exactjson.Value) {
	template := d.object(message, "template")
	switch kind, _ := d.str(template, "type"); kind {
	case "buttons":
		d.card(template, template)
	case "confirm":
		d.open("div", "card")
		d.lines(template, "line", "text")
		d.open("div", "confirm")
		d.actions(template)
		d.close("div")
		d.close("div")
	case "carousel":
		d.slide(template, func(column exactjson.Value) { d.card(column, template) })
	case "image_carousel":
		d.slide(template, d.imageColumn)
	default:
		d.unknown(template)
	}
	d.altText(message)
}

// slide draws columns beside each other.
func (d *drawer) slide(template exactjson.Value, draw func(exactjson.Value)) {
	d.open("div", "slide", focusable)
	for _, column := range d.elements(template, "columns") {
		if d.full() {
			break
		}
		draw(column)
	}
	d.close("div")
}

// Shapes of the images of templates (LINE Messaging API reference, "Buttons template").
var (
	imageShapes = map[string]ratio{"rectangle": {1.51, 1}, "square": {1, 1}}
	imageFits   = map[string]word{"cover": "cover", "contain": "contain"}
)

// card draws a buttons template, or a column. The shape of its image is the template's.
func (d *drawer) card(column, template exactjson.Value) {
	d.open("div", "card")
	if address, has := d.str(column, "thumbnailImageUrl"); has {
		var box, fit css
		shape, has := choice(d, template, "imageAspectRatio", imageShapes)
		if !has {
			shape = imageShapes["rectangle"]
		}
		box.set("aspect-ratio", shape)
		if ground, has := d.color(column, "imageBackgroundColor"); has {
			box.set("background", ground)
		}
		if how, has := choice(d, template, "imageSize", imageFits); has {
			fit.set("object-fit", how)
		}
		d.open("div", "thumb"+d.style(box))
		d.image(address, d.style(fit))
		d.close("div")
	}
	d.lines(column, "title", "title")
	d.lines(column, "line", "text")
	d.does(d.object(column, "defaultAction"), "")
	d.actions(column)
	d.close("div")
}

// lines writes a property that is a text, if it is there.
func (d *drawer) lines(object exactjson.Value, class, name string) {
	if text, has := d.str(object, name); has {
		d.open("div", class)
		d.liquid(text)
		d.close("div")
	}
}

func (d *drawer) actions(object exactjson.Value) {
	for _, action := range d.elements(object, "actions") {
		if d.full() {
			return
		}
		d.open("div", "act")
		d.actionLabel(action)
		d.close("div")
	}
}

func (d *drawer) imageColumn(column exactjson.Value) {
	address, _ := d.str(column, "imageUrl")
	d.open("div", "tile")
	d.image(address, "")
	d.open("span", "over")
	d.label(column)
	d.close("span")
	d.close("div")
}

func (d *drawer) couponMessage(message exactjson.Value) {
	d.open("div", "card")
	d.element("div", "map", "🎟")
	d.element("div", "title", d.words.coupon)
	d.lines(message, "line", "couponId")
	d.close("div")
	d.found.note(d.words.couponContent)
}

// altText writes what stands in for a message where it is not drawn.
func (d *drawer) altText(message exactjson.Value) {
	text, has := d.str(message, "altText")
	if !has {
		return
	}
	d.open("div", "alt")
	d.text(d.words.altText + " ")
	d.liquid(text)
	d.close("div")
}

// imagemapWidth is what LINE wants as the width of an imagemap.
const imagemapWidth = 1040

func (d *drawer) imagemapMessage(message exactjson.Value) {
	const most = 100 * imagemapWidth
	size := d.object(message, "baseSize")
	width, height := imagemapWidth, imagemapWidth
	if w, has := d.whole(size, "width", most); has && w > 0 {
		width = w
	}
	if h, has := d.whole(size, "height", most); has && h > 0 {
		height = h
	}
	var box css
	box.set("aspect-ratio", ratio{float64(width), float64(height)})
	d.open("div", "imagemap"+d.style(box))
	if address, has := d.str(message, "baseUrl"); has {
		d.image(address+"/1040", "")
	}
	if video := d.object(message, "video"); video != none {
		d.open("div", "area"+d.area(video, width, height))
		if address, has := d.str(video, "previewImageUrl"); has {
			d.image(address, "")
		}
		d.play()
		d.close("div")
		d.does(d.object(video, "externalLink"), d.words.video)
	}
	for _, action := range d.elements(message, "actions") {
		if d.full() {
			break
		}
		label := d.plain(action, "label")
		d.element("div", "area"+d.area(action, width, height), shorten(label, 60))
		if label == "" {
			label = d.words.area
		}
		d.does(action, label)
	}
	d.close("div")
	d.altText(message)
}

// area is a class for where on an imagemap something is, in parts of the whole.
func (d *drawer) area(holder exactjson.Value, width, height int) string {
	const most = 1000 * imagemapWidth
	area := d.object(holder, "area")
	var place css
	for _, side := range []struct {
		name, property string
		whole          int
	}{{"x", "left", width}, {"y", "top", height}, {"width", "width", width}, {"height", "height", height}} {
		pixels, _ := d.whole(area, side.name, most)
		place.set(side.property, length{math.Min(float64(pixels)/float64(side.whole)*100, mostPixels), "%"})
	}
	return d.style(place)
}
