package linepreview

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// messages are where in a document messages are.
type messages struct {
	d    *exactjson.Document
	list []exactjson.Value
	bare bool // what is in the list is a container of a Flex Message, without its message
}

// read finds the messages in a text, or says in words for people why it cannot.
func read(text string, words *wording) (m messages, fault string) {
	d, wrong := exactjson.Parse(text)
	if wrong != nil {
		line, column := exactjson.Position(text, wrong.Offset)
		fault = fmt.Sprintf(words.unreadable, line, column, wrong.Message)
		if trimmed := strings.TrimSpace(text); strings.HasPrefix(trimmed, "{%") || strings.Contains(trimmed, "{{ Linked.") {
			fault += " " + words.linked
		}
		return m, fault
	}
	m.d = d
	switch d.Kind(exactjson.Root) {
	case exactjson.Array:
		return m.of(exactjson.Root, words)
	case exactjson.Object:
	default:
		return m, fmt.Sprintf(words.noMessage, d.Kind(exactjson.Root))
	}
	_, isBody := d.Member(exactjson.Root, "to")
	if list, has := d.Member(exactjson.Root, "messages"); has {
		return m.of(list, words)
	}
	if isBody {
		return m, words.noMessages
	}
	m.list = []exactjson.Value{exactjson.Root}
	if at, has := d.Member(exactjson.Root, "type"); has && d.Kind(at) == exactjson.String {
		m.bare = slices.Contains([]string{"bubble", "carousel"}, d.Text(at))
	}
	return m, ""
}

// of takes the elements of a list.
func (m messages) of(list exactjson.Value, words *wording) (messages, string) {
	if m.d.Kind(list) != exactjson.Array || m.d.Count(list) == 0 {
		return m, words.noMessages
	}
	for message := range m.d.Children(list) {
		m.list = append(m.list, message)
	}
	return m, ""
}

// mostDrawn is how many bytes of HTML a picture may have, more or less. What LINE takes has far fewer.
const mostDrawn = 4 << 20

// drawer draws one picture of a set.
type drawer struct {
	*writer
	messages
	values personalization.Values
	images bool
	words  *wording
	found  *findings
	first  bool // of the pictures of the set: it collects what taps do
	until  int

	personal bool // there is Liquid in what is drawn
}

// full says whether the picture has all that is drawn of it, whatever follows.
func (d *drawer) full() bool {
	if len(d.html) < d.until {
		return false
	}
	d.found.note(d.words.tooLarge)
	return true
}

// none is a value that is not there. It has no properties.
const none exactjson.Value = -1

// member is a property that has a value.
func (d *drawer) member(object exactjson.Value, name string) (exactjson.Value, bool) {
	if object == none || d.d.Kind(object) != exactjson.Object {
		return none, false
	}
	at, found := d.d.Member(object, name)
	if !found || d.d.Kind(at) == exactjson.Null {
		return none, false
	}
	return at, true
}

// kind is a property of a kind. One of another kind is none, and not drawn.
func (d *drawer) kind(object exactjson.Value, name string, kind exactjson.Kind) (exactjson.Value, bool) {
	at, found := d.member(object, name)
	if found && d.d.Kind(at) != kind {
		d.notDrawn(name, d.d.Kind(at).String())
		return none, false
	}
	return at, found
}

// object is a property that is an object, or none.
func (d *drawer) object(object exactjson.Value, name string) exactjson.Value {
	at, _ := d.kind(object, name, exactjson.Object)
	return at
}

// elements are those of a property that is an array.
func (d *drawer) elements(object exactjson.Value, name string) []exactjson.Value {
	list, found := d.kind(object, name, exactjson.Array)
	if !found {
		return nil
	}
	elements := make([]exactjson.Value, 0, d.d.Count(list))
	for element := range d.d.Children(list) {
		elements = append(elements, element)
	}
	return elements
}

// str is a property that is a string, as it is written.
func (d *drawer) str(object exactjson.Value, name string) (string, bool) {
	at, found := d.kind(object, name, exactjson.String)
	if !found {
		return "", false
	}
	return d.d.Text(at), true
}

// plain is a property that is a string, filled.
func (d *drawer) plain(object exactjson.Value, name string) string {
	text, _ := d.str(object, name)
	return d.fill(text)
}

// fill is a text filled. What is not known of it stays as it is written.
func (d *drawer) fill(text string) string {
	var b strings.Builder
	for _, piece := range d.pieces(text) {
		b.WriteString(piece.Text)
	}
	return b.String()
}

func (d *drawer) flag(object exactjson.Value, name string) bool {
	at, found := d.member(object, name)
	return found && d.d.Kind(at) == exactjson.True
}

// whole is a property that is a number from 0 to most, or its digits in quotes, which LINE takes, too.
func (d *drawer) whole(object exactjson.Value, name string, most int) (number int, found bool) {
	at, found := d.member(object, name)
	if !found {
		return 0, false
	}
	digits := d.d.Raw(at)
	if d.d.Kind(at) == exactjson.String {
		digits = d.d.Text(at)
	}
	number, err := strconv.Atoi(digits)
	if err != nil || !isDigits(digits) || number > most {
		d.notDrawn(name, digits)
		return 0, false
	}
	return number, true
}

func (d *drawer) notDrawn(name, value string) {
	d.found.note(fmt.Sprintf(d.words.notDrawn, name, shorten(value, 40)))
}

// typed reads a property by a parser of values.
func typed[T any](d *drawer, object exactjson.Value, name string, parse func(string) (T, bool)) (value T, found bool) {
	at, found := d.member(object, name)
	if !found {
		return value, false
	}
	if d.d.Kind(at) != exactjson.String {
		d.notDrawn(name, d.d.Kind(at).String())
		return value, false
	}
	text := d.fill(d.d.Text(at))
	if value, found = parse(text); !found {
		d.notDrawn(name, text)
	}
	return value, found
}

func (d *drawer) color(object exactjson.Value, name string) (color, bool) {
	return typed(d, object, name, parseColor)
}

// choice is a property that is one of some words.
func choice[T any](d *drawer, object exactjson.Value, name string, words map[string]T) (T, bool) {
	return typed(d, object, name, func(text string) (T, bool) {
		value, ok := words[text]
		return value, ok
	})
}

// The forms of lengths, added.
const (
	onlyPixels = 0
	percent    = 1 << iota
	negative
)

func (d *drawer) length(object exactjson.Value, name string, words map[string]float64, forms int) (length, bool) {
	return typed(d, object, name, func(text string) (length, bool) {
		if pixels, isWord := words[text]; isWord {
			return px(pixels), true
		}
		return parseLength(text, forms&percent != 0, forms&negative != 0)
	})
}

// tap notes what an action does, under what people see of it.
func (d *drawer) tap(holder exactjson.Value, label string) {
	d.does(d.object(holder, "action"), label)
}

// does notes what an action does, if there is one.
func (d *drawer) does(action exactjson.Value, label string) {
	if !d.first || action == none {
		return
	}
	var words []string
	for _, name := range []string{"type", "uri", "linkUri", "text", "data", "displayText", "mode", "clipboardText"} {
		if text, has := d.str(action, name); has {
			words = append(words, text)
		}
	}
	if named := d.plain(action, "label"); named != "" {
		label = named
	}
	d.found.tap(label, strings.Join(words, " "))
}

// image writes a picture of an address, or a placeholder; add is a class for its size.
func (d *drawer) image(address, add string) {
	if d.images && loadable(address) {
		d.open("img", "pic"+add, attribute{"src", address}, attribute{"alt", hostOf(address)},
			attribute{"referrerpolicy", "no-referrer"}, attribute{"loading", "lazy"})
		return
	}
	d.element("span", "pic ph"+add, hostOf(address))
}

// loadable says whether a browser may load an address: https, whole, and without Liquid.
func loadable(address string) bool {
	if strings.ContainsAny(address, "{}\\\"'<> ") || strings.IndexFunc(address, func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil
}

// hostOf is the name of the host in an address, as far as there is one without Liquid.
func hostOf(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		return "?"
	}
	if end := strings.IndexAny(rest, "/?#{ \\"); end >= 0 {
		rest = rest[:end]
	}
	return shorten(rest[strings.LastIndexByte(rest, '@')+1:], 60)
}
