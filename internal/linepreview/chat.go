package linepreview

import (
	"fmt"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// drawingOf is how a type of messages is drawn, or nil.
func drawingOf(kind string) func(*drawer, exactjson.Value) {
	switch kind {
	case "text":
		return (*drawer).textMessage
	case "textV2":
		return (*drawer).textV2Message
	case "sticker":
		return (*drawer).stickerMessage
	case "image":
		return (*drawer).imageMessage
	case "video":
		return (*drawer).videoMessage
	case "audio":
		return (*drawer).audioMessage
	case "location":
		return (*drawer).locationMessage
	case "coupon":
		return (*drawer).couponMessage
	case "imagemap":
		return (*drawer).imagemapMessage
	case "flex":
		return (*drawer).flexMessage
	case "template":
		return (*drawer).templateMessage
	}
	return nil
}

// chat draws the messages one below the other.
func (d *drawer) chat() {
	d.open("div", "phone")
	defer d.close("div")
	for i, message := range d.list {
		if d.full() {
			return
		}
		d.message(message, i == len(d.list)-1)
	}
}

func (d *drawer) message(message exactjson.Value, last bool) {
	d.open("div", "msg")
	d.sender(message)
	d.open("div", "said")
	kind, _ := d.str(message, "type")
	if draw := drawingOf(kind); draw != nil {
		draw(d, message)
	} else if d.bare {
		d.container(message)
	} else {
		d.unknown(message)
	}
	d.close("div")
	d.close("div")
	d.quickReply(message, last)
}

// unknown says why something that has no type to draw, or is none, is not drawn.
func (d *drawer) unknown(value exactjson.Value) {
	why := d.words.noType
	if value != none && d.d.Kind(value) != exactjson.Object {
		why = fmt.Sprintf(d.words.noObject, d.d.Kind(value))
	} else if kind, has := d.str(value, "type"); has {
		why = fmt.Sprintf(d.words.unknownType, shorten(kind, 40))
	}
	d.element("p", "fault", why)
}

// sender draws whom a message comes from.
func (d *drawer) sender(message exactjson.Value) {
	sender := d.object(message, "sender")
	d.open("div", "icon")
	if address, has := d.str(sender, "iconUrl"); has {
		d.image(address, "")
	}
	d.close("div")
	d.open("div", "name")
	if name, has := d.str(sender, "name"); has {
		d.liquid(name)
	} else {
		d.text(d.words.account)
	}
	d.close("div")
}

// focusable lets those who have no mouse scroll what is wider than the phone.
var focusable = attribute{"tabindex", "0"}

// quickReply draws the buttons below the chat. LINE shows those of the last message alone.
func (d *drawer) quickReply(message exactjson.Value, last bool) {
	reply := d.object(message, "quickReply")
	if reply == none {
		return
	}
	if !last {
		d.found.note(d.words.quickReplyNotLast)
		return
	}
	d.open("div", "quick", focusable)
	for _, item := range d.elements(reply, "items") {
		if d.full() {
			break
		}
		d.open("span", "chip")
		if address, has := d.str(item, "imageUrl"); has {
			d.image(address, " dot")
		}
		d.label(item)
		d.close("span")
	}
	d.close("div")
}

// label writes the label of an action, and notes what it does.
func (d *drawer) label(holder exactjson.Value) {
	d.actionLabel(d.object(holder, "action"))
}

func (d *drawer) actionLabel(action exactjson.Value) {
	text, _ := d.str(action, "label")
	d.liquid(text)
	d.does(action, "")
}

func (d *drawer) stickerMessage(message exactjson.Value) {
	d.open("div", "sticker")
	d.element("b", "", d.words.sticker)
	d.text(d.plain(message, "packageId") + " / " + d.plain(message, "stickerId"))
	d.close("div")
}

func (d *drawer) imageMessage(message exactjson.Value) {
	address, _ := d.str(message, "previewImageUrl")
	d.open("div", "media")
	d.image(address, "")
	d.close("div")
}

func (d *drawer) videoMessage(message exactjson.Value) {
	address, _ := d.str(message, "previewImageUrl")
	d.open("div", "media")
	d.image(address, "")
	d.play()
	d.close("div")
}

// play draws the sign of what can be played.
func (d *drawer) play() { d.element("span", "play", "▶", attribute{"aria-label", d.words.video}) }

func (d *drawer) audioMessage(message exactjson.Value) {
	const mostHours, hour = 100, 3600 * 1000
	ms, _ := d.whole(message, "duration", mostHours*hour)
	d.element("div", "say audio", fmt.Sprintf("▶ %s %d:%02d", d.words.audio, ms/60000, ms/1000%60))
}

func (d *drawer) locationMessage(message exactjson.Value) {
	d.open("div", "card")
	d.element("div", "map", "📍")
	d.lines(message, "title", "title")
	d.lines(message, "line", "address")
	d.element("div", "line small", d.number(message, "latitude")+", "+d.number(message, "longitude"))
	d.close("div")
}

// number is a property as it is written, if it is a number.
func (d *drawer) number(object exactjson.Value, name string) string {
	at, found := d.member(object, name)
	if !found || d.d.Kind(at) != exactjson.Number {
		return "?"
	}
	return shorten(d.d.Raw(at), 20)
}
