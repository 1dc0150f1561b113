package linepreview

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// mostCharacters is how many of a text are drawn: LINE takes 5,000.
const mostCharacters = 10000

// liquid writes a text with its Liquid filled; what is not known is a chip.
func (d *drawer) liquid(text string) {
	left := mostCharacters
	for _, piece := range d.pieces(text) {
		d.piece(piece, &left, d.text)
	}
}

func (d *drawer) pieces(text string) []personalization.Piece {
	if !personalization.HasTags(text) {
		return []personalization.Piece{{Text: text}}
	}
	d.personal = true
	return personalization.Fill(text, d.values)
}

// piece writes one piece, what is in it by write.
func (d *drawer) piece(piece personalization.Piece, left *int, write func(string)) {
	if *left <= 0 {
		return
	}
	if cut := shorten(piece.Text, *left); len(cut) != len(piece.Text) {
		piece.Text = cut
		d.found.note(d.words.longText)
	}
	*left -= utf8.RuneCountInString(piece.Text)
	switch piece.Kind {
	case personalization.Fixed:
		write(piece.Text)
	case personalization.Filled:
		if piece.Unapplied != "" {
			d.found.note(fmt.Sprintf(d.words.filter, shorten(piece.Unapplied, 40)))
		}
		d.open("span", "filled", attribute{"title", shorten(piece.Tag, 100)})
		write(piece.Text)
		d.close("span")
	case personalization.Aborted:
		d.found.note(d.words.aborted)
		d.element("span", "tag", piece.Text)
	default:
		d.element("span", "tag", piece.Text)
	}
}

// say opens a speech bubble.
func (d *drawer) say() { d.open("div", "say") }

func (d *drawer) textMessage(message exactjson.Value) {
	d.say()
	defer d.close("div")
	text, _ := d.str(message, "text")
	emojis := map[int]exactjson.Value{}
	for _, emoji := range d.elements(message, "emojis") {
		if index, found := d.whole(emoji, "index", mostCharacters); found {
			emojis[index] = emoji
		}
	}
	if len(emojis) == 0 {
		d.liquid(text)
		return
	}
	at, left := 0, mostCharacters // at counts in UTF-16 code units, as an emoji's index does
	for _, piece := range d.pieces(text) {
		d.piece(piece, &left, func(shown string) {
			from := 0
			for i, r := range shown {
				if emoji, is := emojis[at]; is && r == '$' {
					d.text(shown[from:i])
					d.emoji(emoji)
					from = i + 1
				}
				at += utf16.RuneLen(r)
			}
			d.text(shown[from:])
		})
	}
}

// emoji draws a LINE emoji, whose picture only LINE has.
func (d *drawer) emoji(emoji exactjson.Value) {
	d.element("span", "emoji", "☺", attribute{"title", shorten(d.plain(emoji, "productId")+" / "+d.plain(emoji, "emojiId"), 60)})
}

// braces are what text messages (v2) have of their own: a doubled brace, or a key between two.
var braces = regexp.MustCompile(`\{\{|\}\}|\{[a-zA-Z0-9_]{1,20}\}`)

// textV2Message draws a text message (v2). Double braces are CleverTap's before they are LINE's.
func (d *drawer) textV2Message(message exactjson.Value) {
	d.say()
	defer d.close("div")
	text, _ := d.str(message, "text")
	given := d.object(message, "substitution")
	left := mostCharacters
	for _, piece := range d.pieces(text) {
		d.piece(piece, &left, func(shown string) {
			from := 0
			for _, found := range braces.FindAllStringIndex(shown, -1) {
				d.text(shown[from:found[0]])
				d.substitute(given, shown[found[0]:found[1]])
				from = found[1]
			}
			d.text(shown[from:])
		})
	}
}

// substitute writes what stands for a key in braces, or a doubled brace.
func (d *drawer) substitute(given exactjson.Value, written string) {
	key := strings.Trim(written, "{}")
	if key == "" {
		d.text(written[:1])
		return
	}
	substitution := d.object(given, key)
	switch kind, _ := d.str(substitution, "type"); kind {
	case "emoji":
		d.emoji(substitution)
	case "mention":
		who := d.words.everybody
		if user := d.plain(d.object(substitution, "mentionee"), "userId"); user != "" {
			who = shorten(user, 8)
		}
		d.element("span", "mention", "@"+who)
	default:
		d.element("span", "tag", written)
	}
}
