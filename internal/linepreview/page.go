// Package linepreview draws LINE messages as HTML that looks like LINE's chat: an approximation, which says so. It is pure:
// it knows no network and no file, only how JSON is read (exactjson) and what Liquid is in it (personalization). What LINE
// demands of a message is not its question; it draws what it can, and says what it cannot.
//
// Pages are safe to open whatever the messages say. All of it is escaped, there is no script and no link, and what messages
// say of looks is read into typed values before it becomes CSS. The page's Content-Security-Policy allows its one style
// sheet, by its hash, and nothing else; no address is loaded unless images are allowed, and then by https alone. Time and
// memory are linear in the length of the messages.
package linepreview

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// Set is messages that are sent together.
type Set struct {
	// Title is above the picture.
	Title string
	// Text is JSON: a push body, an array of messages, one message, or a bubble or carousel as LINE's Flex Message Simulator
	// exports it. Of another text the page says why it cannot be read.
	Text string
}

// Options are the choices a caller has.
type Options struct {
	// Images lets a browser load what the messages show, from the addresses in them. Without it a placeholder with the name of
	// the host is in its place.
	Images bool
	// Samples are values for the messages' Liquid, by the names that its tags use, such as Profile.Name.
	Samples map[string]string
	// Language is that of the page's own words: "en" or "ja". Any other is English.
	Language string
}

//go:embed page.css
var baseCSS string

// Page is one self-contained HTML page with a picture of each set. Where a set has Liquid, there are two: with the sample
// values, or the defaults of the tags, and as a profile without properties gets it, if that looks different.
// The same arguments give the same bytes.
func Page(title string, sets []Set, options Options) []byte {
	words := wordingOf(options.Language)
	w := &writer{}
	w.open("header", "")
	w.element("h1", "", title)
	w.element("p", "about", words.about)
	w.close("header")
	w.open("main", "")
	for _, set := range sets {
		w.set(set, options, words)
	}
	w.close("main")
	return w.page(title, options, words)
}

// Fragments draws sets for a page that is somebody else's: the HTML of each, which is as safe as a [Page], and the one style
// sheet of that page, which all of them need. Beside them the page should say what [About] says; its policy is [Policy].
func Fragments(sets []Set, options Options) (fragments []string, sheet string) {
	words, w := wordingOf(options.Language), &writer{}
	for _, set := range sets {
		start := len(w.html)
		w.set(set, options, words)
		fragments = append(fragments, string(w.html[start:]))
	}
	return fragments, w.sheet()
}

// Policy is the Content-Security-Policy of a page with one style sheet and one script, "" for none: it allows these by their
// hashes, images by https if options do, and nothing else.
func Policy(sheet, script string, options Options) string {
	source := func(text string) string {
		hash := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	}
	policy := "default-src 'none'; style-src " + source(sheet)
	if script != "" {
		policy += "; script-src " + source(script)
	}
	policy += "; base-uri 'none'; form-action 'none'"
	if options.Images {
		policy += "; img-src https:"
	}
	return policy
}

// About is what people should know of every picture.
func About(language string) string { return wordingOf(language).about }

func (w *writer) sheet() string { return "\n" + baseCSS + string(w.rules) }

// page puts the head before what is written. The style sheet is known only now.
func (w *writer) page(title string, options Options, words *wording) []byte {
	sheet := w.sheet()
	policy := Policy(sheet, "", options)
	page := &writer{html: []byte("<!doctype html>\n")}
	page.open("html", "", attribute{"lang", words.language})
	page.open("head", "")
	page.open("meta", "", attribute{"charset", "utf-8"})
	page.open("meta", "", attribute{"http-equiv", "Content-Security-Policy"}, attribute{"content", policy})
	page.open("meta", "", attribute{"name", "referrer"}, attribute{"content", "no-referrer"})
	page.open("meta", "", attribute{"name", "viewport"}, attribute{"content", "width=device-width, initial-scale=1"})
	page.element("title", "", title)
	page.open("style", "")
	page.html = append(page.html, sheet...)
	page.close("style")
	page.close("head")
	page.open("body", "")
	page.html = append(page.html, w.html...)
	page.close("body")
	page.close("html")
	return append(page.html, '\n')
}

// set draws a set once, or twice where not all users get the same.
func (w *writer) set(set Set, options Options, words *wording) {
	w.open("section", "")
	defer w.close("section")
	if set.Title != "" {
		w.element("h2", "", set.Title)
	}
	messages, fault := read(set.Text, words)
	if fault != "" {
		w.element("p", "fault", fault)
		return
	}
	found := &findings{words: words}
	d := &drawer{writer: w, messages: messages, values: personalization.Values{Given: options.Samples}, images: options.Images,
		words: words, found: found, first: true}
	w.open("div", "views")
	with := d.picture()
	if !d.personal {
		w.figure("", with)
	} else {
		d.values, d.first = personalization.Values{Nothing: true}, false
		if without := d.picture(); without == with {
			w.figure(words.forAll, with)
		} else {
			w.figure(words.withSamples, with)
			w.figure(words.withoutProperties, without)
		}
	}
	w.close("div")
	w.findings(found)
}

// picture is the chat by itself. What it looks like is in the style sheet already.
func (d *drawer) picture() string {
	start := len(d.html)
	d.until = start + mostDrawn
	d.chat()
	drawn := string(d.html[start:])
	d.html = d.html[:start]
	return drawn
}

// figure writes a picture, drawn before, and what it shows.
func (w *writer) figure(caption, picture string) {
	w.open("figure", "")
	if caption != "" {
		w.element("figcaption", "", caption)
	}
	w.html = append(w.html, picture...)
	w.close("figure")
}

// findings writes what taps do, and what is not drawn as LINE draws it.
func (w *writer) findings(found *findings) {
	if len(found.taps) > 0 {
		w.open("details", "taps")
		w.element("summary", "", found.words.taps)
		w.open("ul", "")
		for _, tap := range found.taps {
			w.open("li", "")
			if tap.label != "" {
				w.element("b", "", tap.label)
				w.text(" ")
			}
			w.text(tap.does)
			w.close("li")
		}
		w.close("ul")
		w.close("details")
	}
	if len(found.notes) > 0 {
		w.open("ul", "notes")
		for _, note := range found.notes {
			w.element("li", "", note)
		}
		w.close("ul")
	}
}

// tap is what a tap somewhere does.
type tap struct{ label, does string }

// findings are what a set's pictures do not show. There are at most so many of each, each once.
type findings struct {
	words *wording
	notes []string
	taps  []tap
}

const mostFindings = 60

func (f *findings) note(note string) {
	if len(f.notes) < mostFindings && !slices.Contains(f.notes, note) {
		f.notes = append(f.notes, note)
		if len(f.notes) == mostFindings {
			f.notes = append(f.notes, f.words.more)
		}
	}
}

func (f *findings) tap(label, does string) {
	const most = 300
	found := tap{shorten(label, most), shorten(does, most)}
	if len(f.taps) < mostFindings && !slices.Contains(f.taps, found) {
		f.taps = append(f.taps, found)
		if len(f.taps) == mostFindings {
			f.taps = append(f.taps, tap{"", f.words.more})
		}
	}
}

// shorten keeps a line readable when it quotes what a message says.
func shorten(text string, most int) string {
	count := 0
	for at := range text {
		if count == most {
			return text[:at] + "…"
		}
		count++
	}
	return strings.ToValidUTF8(text, "\ufffd")
}
