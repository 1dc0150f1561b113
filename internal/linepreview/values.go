package linepreview

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// What a message says of looks is read into these types before it is written as CSS, so that no text of a message ever
// stands in the style sheet.

// cssValue is a value that writes itself as CSS. Only the types of this file are some.
type cssValue interface{ css() string }

// word is a keyword or a whole value of this package's own; never a text of a message.
type word string

func (w word) css() string { return string(w) }

// length is pixels or a percentage.
type length struct {
	number float64
	unit   string // "px" or "%"
}

// mostPixels bounds a length, so that no browser is asked for a page of light years.
const mostPixels = 10000

func px(number float64) length { return length{number, "px"} }

func (l length) css() string {
	return strconv.FormatFloat(math.Round(l.number*1000)/1000, 'f', -1, 64) + l.unit
}

// parseLength reads "10px", "2.5%", and of negative ones the minus.
func parseLength(text string, percent, negative bool) (length, bool) {
	number, unit := strings.CutSuffix(text, "px")
	l := px(0)
	if !unit {
		if number, unit = strings.CutSuffix(text, "%"); !unit || !percent {
			return l, false
		}
		l.unit = "%"
	}
	number, minus := strings.CutPrefix(number, "-")
	var ok bool
	if l.number, ok = parseDecimal(number); !ok || minus && !negative || l.number > mostPixels {
		return length{}, false
	}
	if minus {
		l.number = -l.number
	}
	return l, true
}

// parseDecimal reads digits, perhaps with a point between them.
func parseDecimal(text string) (float64, bool) {
	const longest = 20
	whole, fraction, point := strings.Cut(text, ".")
	if !isDigits(whole) || point && !isDigits(fraction) || len(text) > longest {
		return 0, false
	}
	number, err := strconv.ParseFloat(text, 64)
	return number, err == nil
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// color is red, green, blue and alpha.
type color [4]uint8

func (c color) css() string {
	if c[3] == math.MaxUint8 {
		return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
	}
	return fmt.Sprintf("#%02x%02x%02x%02x", c[0], c[1], c[2], c[3])
}

// parseColor reads #RRGGBB and #RRGGBBAA.
func parseColor(text string) (color, bool) {
	digits, hash := strings.CutPrefix(text, "#")
	if len(digits) == 6 {
		digits += "ff"
	}
	number, err := strconv.ParseUint(digits, 16, 32)
	if !hash || err != nil || len(digits) != 8 {
		return color{}, false
	}
	return color{uint8(number >> 24), uint8(number >> 16), uint8(number >> 8), uint8(number)}, true
}

// angle is degrees, clockwise from the bottom to the top as in CSS.
type angle float64

func (a angle) css() string { return strconv.FormatFloat(float64(a), 'f', -1, 64) + "deg" }

func parseAngle(text string) (angle, bool) {
	number, unit := strings.CutSuffix(text, "deg")
	degrees, ok := parseDecimal(number)
	return angle(degrees), ok && unit && degrees < 360
}

// ratio is a width and a height.
type ratio struct{ width, height float64 }

func (r ratio) css() string {
	return strconv.FormatFloat(r.width, 'f', -1, 64) + "/" + strconv.FormatFloat(r.height, 'f', -1, 64)
}

// parseRatio reads "20:13". LINE takes 1 to 100000 for each, and no more than three times the width for the height.
func parseRatio(text string) (ratio, bool) {
	const most = 100000
	w, h, _ := strings.Cut(text, ":")
	width, isWidth := parseDecimal(w)
	height, isHeight := parseDecimal(h)
	ok := isWidth && isHeight && 1 <= width && width <= most && 1 <= height && height <= most && height <= 3*width
	return ratio{width, height}, ok
}

// gradient is a linear one of two or three colours.
type gradient struct {
	angle              angle
	start, center, end color
	at                 length // of the centre
	three              bool
}

func (g gradient) css() string {
	stops := g.start.css() + ","
	if g.three {
		stops += g.center.css() + " " + g.at.css() + ","
	}
	return "linear-gradient(" + g.angle.css() + "," + stops + g.end.css() + ")"
}

// share is a component's part of its box. LINE says how it is CSS's: in a horizontal box "X 0 0", in a vertical one
// "X 0 auto", and 0 is "0 0 auto" in both (Flex Message layout, "Component size").
type share struct {
	parts      int
	horizontal bool
}

func (s share) css() string {
	switch {
	case s.parts == 0:
		return "0 0 auto"
	case s.horizontal:
		return strconv.Itoa(s.parts) + " 0 0px"
	default:
		return strconv.Itoa(s.parts) + " 0 auto"
	}
}

// lines is how many lines a text may have.
type lines int

func (n lines) css() string { return strconv.Itoa(int(n)) }

// lineHeight is the usual one and some space.
type lineHeight struct{ more length }

func (h lineHeight) css() string { return "calc(1.4em + " + h.more.css() + ")" }
