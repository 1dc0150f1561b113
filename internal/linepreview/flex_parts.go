package linepreview

import (
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// separatorColor is that of a separator that says none; so are those of buttons, near those of LINE's simulator.
var (
	separatorColor = color{0xd4, 0xd6, 0xda, 0xff}
	primaryColor   = color{0x17, 0xc9, 0x50, 0xff}
	secondaryColor = color{0xdc, 0xdf, 0xe5, 0xff}
	linkColor      = color{0x42, 0x65, 0x9a, 0xff}
)

// letters declares what texts and spans share.
func (d *drawer) letters(text exactjson.Value, c *css) {
	if size, has := d.length(text, "size", fontSizes, onlyPixels); has {
		c.set("font-size", size)
	}
	if value, has := d.color(text, "color"); has {
		c.set("color", value)
	}
	if weight, has := choice(d, text, "weight", weights); has {
		c.set("font-weight", weight)
	}
	if slant, has := choice(d, text, "style", slants); has {
		c.set("font-style", slant)
	}
	if line, has := choice(d, text, "decoration", underline); has {
		c.set("text-decoration", line)
	}
}

func (d *drawer) flexText(text exactjson.Value, in *around) {
	d.adapts(text)
	c := d.placed(text, in, in.usual())
	d.gravity(text, in, &c)
	d.letters(text, &c)
	if side, has := choice(d, text, "align", texts); has {
		c.set("text-align", side)
	}
	var inner css
	class := "t"
	if d.flag(text, "wrap") {
		class = "t w"
		if more, has := typed(d, text, "lineSpacing", parsePixels); has {
			inner.set("line-height", lineHeight{more})
		}
		const most = 1000
		if count, has := d.whole(text, "maxLines", most); has && count > 0 {
			class += " max"
			inner.set("-webkit-line-clamp", lines(count))
		}
	}
	d.open("div", "c"+d.style(c))
	d.open("p", class+d.style(inner))
	if spans := d.elements(text, "contents"); len(spans) > 0 {
		d.spans(spans)
	} else {
		written, _ := d.str(text, "text")
		d.liquid(written)
	}
	d.close("p")
	d.close("div")
	d.tap(text, d.plain(text, "text"))
}

func parsePixels(text string) (length, bool) { return parseLength(text, false, false) }

func (d *drawer) spans(spans []exactjson.Value) {
	for _, span := range spans {
		if d.full() {
			return
		}
		var c css
		d.letters(span, &c)
		written, _ := d.str(span, "text")
		d.open("span", d.style(c))
		d.liquid(written)
		d.close("span")
	}
}

// buttonStyles are grounds and letters. A link's colour is that of its letters, and another one's of its ground.
var buttonStyles = map[string]struct{ ground, ink color }{
	"primary":   {primaryColor, color{0xff, 0xff, 0xff, 0xff}},
	"secondary": {secondaryColor, color{0x11, 0x11, 0x11, 0xff}},
	"link":      {color{}, linkColor},
}

func (d *drawer) button(button exactjson.Value, in *around) {
	d.adapts(button)
	c := d.placed(button, in, in.usual())
	d.gravity(button, in, &c)
	style, has := choice(d, button, "style", buttonStyles)
	if !has {
		style = buttonStyles["link"]
	}
	if value, has := d.color(button, "color"); has && style == buttonStyles["link"] {
		style.ink = value
	} else if has {
		style.ground = value
	}
	height, has := choice(d, button, "height", buttonHeights)
	if !has {
		height = buttonHeights["md"]
	}
	var face css
	face.set("height", px(height))
	face.set("background", style.ground)
	face.set("color", style.ink)
	d.open("div", "c"+d.style(c))
	d.open("div", "button"+d.style(face))
	d.open("span", "")
	d.label(button)
	d.close("span")
	d.close("div")
	d.close("div")
}

// fits are the modes of images.
var fits = map[string]word{"fit": "contain", "cover": "cover"}

// shape is a component's aspect ratio, or a square.
func (d *drawer) shape(component exactjson.Value) ratio {
	if r, has := typed(d, component, "aspectRatio", parseRatio); has {
		return r
	}
	return ratio{1, 1}
}

func (d *drawer) flexImage(image exactjson.Value, in *around) {
	c := d.placed(image, in, in.usual())
	if side, has := choice(d, image, "align", aligns); has {
		c.set("justify-content", side)
	}
	if where, has := choice(d, image, "gravity", gravities); has && !in.baseline {
		c.set("align-items", where)
	}
	var frame, picture css
	if size, _ := d.str(image, "size"); size == "full" {
		frame.set("width", length{100, "%"})
	} else if width, has := d.length(image, "size", imageSizes, percent); has {
		frame.set("width", width)
	} else {
		frame.set("width", px(imageSizes["md"]))
	}
	frame.set("aspect-ratio", d.shape(image))
	if ground, has := d.color(image, "backgroundColor"); has {
		frame.set("background-color", ground)
	}
	mode, has := choice(d, image, "aspectMode", fits)
	if !has {
		mode = fits["fit"]
	}
	picture.set("object-fit", mode)
	d.open("div", "c i"+d.style(c))
	d.open("div", "frame"+d.style(frame))
	address, _ := d.str(image, "url")
	d.image(address, d.style(picture))
	d.close("div")
	d.close("div")
	d.tap(image, hostOf(address))
}

func (d *drawer) notImitated(name string) {
	d.found.note(strings.Replace(d.words.notImitated, "%s", name, 1))
}

// flexVideo draws what is seen before a video is played.
func (d *drawer) flexVideo(video exactjson.Value) {
	var frame css
	frame.set("aspect-ratio", d.shape(video))
	d.open("div", "video"+d.style(frame))
	address, _ := d.str(video, "previewUrl")
	d.image(address, "")
	d.play()
	d.close("div")
	d.tap(video, d.words.video)
}

// icon draws an icon, whose lower edge is on the baseline: it holds no text, or that would be.
func (d *drawer) icon(icon exactjson.Value, in *around) {
	d.adapts(icon)
	c := d.placed(icon, in, 0)
	size, has := d.length(icon, "size", fontSizes, onlyPixels)
	if !has {
		size = px(fontSizes["md"])
	}
	c.set("height", size)
	c.set("aspect-ratio", d.shape(icon))
	address, _ := d.str(icon, "url")
	if d.images && loadable(address) {
		d.open("div", "c"+d.style(c))
		d.image(address, "")
	} else {
		d.open("div", "c ph"+d.style(c), attribute{"title", hostOf(address)})
	}
	d.close("div")
}

func (d *drawer) separator(separator exactjson.Value, in *around) {
	var c css
	d.margin(separator, in, &c)
	value, has := d.color(separator, "color")
	if !has {
		value = separatorColor
	}
	c.set("background", value)
	d.element("div", "sep"+d.style(c), "")
}

// filler is space. It takes a share in every box.
func (d *drawer) filler(filler exactjson.Value, in *around) {
	d.element("div", "c"+d.style(d.placed(filler, in, 1)), "")
}

// spacer is what once ended a vertical box.
func (d *drawer) spacer(spacer exactjson.Value, in *around) {
	d.found.note(strings.Replace(d.words.retired, "%s", "spacer", 1))
	size, has := d.length(spacer, "size", distances, onlyPixels)
	if !has {
		size = px(distances["md"])
	}
	var c css
	c.set("flex", share{0, in.horizontal})
	c.set("width", size)
	c.set("height", size)
	d.element("div", "c"+d.style(c), "")
}
