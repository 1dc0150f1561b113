package linebody

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// color is #RRGGBB, or with alpha also #RRGGBBAA.
type color struct{ alpha bool }

func (k color) check(c *checker, at exactjson.Value) {
	shown := "#RRGGBB"
	if k.alpha {
		shown += " or #RRGGBBAA"
	}
	c.form(at, shown, k.fits, k.hint)
}

func (k color) fits(text string) bool {
	digits, hash := strings.CutPrefix(text, "#")
	return hash && (len(digits) == 6 || k.alpha && len(digits) == 8) && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}

// colorNames are the names of colours in CSS that people write most.
var colorNames = map[string]string{
	"black": "#000000", "white": "#FFFFFF", "red": "#FF0000", "green": "#008000", "blue": "#0000FF", "yellow": "#FFFF00", "orange": "#FFA500",
	"gray": "#808080", "grey": "#808080", "lightgray": "#D3D3D3", "lightgrey": "#D3D3D3", "darkgray": "#A9A9A9", "darkgrey": "#A9A9A9",
	"silver": "#C0C0C0", "pink": "#FFC0CB", "purple": "#800080", "brown": "#A52A2A", "navy": "#000080", "teal": "#008080", "lime": "#00FF00",
	"cyan": "#00FFFF", "aqua": "#00FFFF", "magenta": "#FF00FF", "fuchsia": "#FF00FF", "maroon": "#800000", "olive": "#808000",
	"gold": "#FFD700", "transparent": "#00000000",
}

// hint writes a colour of CSS in LINE's form.
func (k color) hint(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	digits := strings.TrimPrefix(strings.TrimPrefix(text, "#"), "0x")
	meant := colorNames[text]
	if meant == "" && (len(digits) == 3 || len(digits) == 4) {
		for _, digit := range digits {
			meant += string(digit) + string(digit)
		}
		meant = "#" + meant
	} else if meant == "" {
		meant = "#" + digits
	}
	if !k.fits(meant) {
		return ""
	}
	return fmt.Sprintf("; write %q", meant)
}

// form checks a string against a form that is not for a person to read. hint may say how another form of it is written.
func (c *checker) form(at exactjson.Value, must string, fits func(text string) bool, hint func(text string) string) {
	if !c.isKind(at, exactjson.String) {
		return
	}
	if fits(c.d.Text(at)) {
		return
	}
	c.judge(at, func(reading string, open bool) verdict { return formVerdict(reading, open, must, fits, hint) })
}

// formVerdict is that on a text which must have a form.
func formVerdict(reading string, open bool, must string, fits func(text string) bool, hint func(text string) string) verdict {
	switch {
	case open:
		return unchecked
	case fits(reading):
		return verdict{}
	}
	message := fmt.Sprintf("is %q, but must be %s", shown(reading), must)
	if hint != nil {
		message += hint(reading)
	}
	return verdict{ruleForm, Error, message}
}

// size is a length on the screen: one of some words, pixels, or a percentage.
type size struct {
	words    []string
	percent  bool
	negative bool // LINE documents no negative ones, but its own samples have them
	positive bool // not even zero
	seen     bool // at zero nothing is seen
}

// The words for a distance, in growing order.
var distances = []string{"none", "xs", "sm", "md", "lg", "xl", "xxl"}

// The words for the size of a letter, in growing order.
var fontSizes = []string{"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"}

func (s size) check(c *checker, at exactjson.Value) {
	if c.d.Kind(at) == exactjson.Number && s.measure(c.d.Raw(at)+"px") {
		c.report(at, ruleType, Error, "must be a string, but is a number; write \"%spx\"", c.d.Raw(at))
		return
	}
	if !c.isKind(at, exactjson.String) || slices.Contains(s.words, c.d.Text(at)) {
		return
	}
	c.judge(at, func(reading string, open bool) verdict {
		positive, minus := strings.CutPrefix(reading, "-")
		switch {
		case slices.Contains(s.words, reading):
			return verdict{}
		case s.negative && minus && s.measure(positive):
			return verdict{ruleNegative, Warning,
				fmt.Sprintf("is %q; LINE documents no negative value, though its samples have them", shown(reading))}
		case s.seen && s.measure(reading) && isZero(reading):
			return verdict{ruleZero, Warning, fmt.Sprintf("is %q, at which nothing is seen", shown(reading))}
		}
		return formVerdict(reading, open, s.shown(), s.measure, s.hint)
	})
}

// hint writes a size of another spelling or unit in LINE's.
func (s size) hint(text string) string {
	if word := nearest(text, s.words); word != "" {
		return word
	}
	number := strings.TrimSpace(strings.TrimRight(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz "))
	if !s.measure(number + "px") {
		return ""
	}
	return fmt.Sprintf("; write \"%spx\"", shorten(number, 20))
}

// isZero says whether a measure is none.
func isZero(measure string) bool { return strings.Trim(measure, "0.px%") == "" }

func (s size) measure(text string) bool {
	number, pixels := strings.CutSuffix(text, "px")
	if !pixels {
		var percent bool
		if number, percent = strings.CutSuffix(text, "%"); !percent || !s.percent {
			return false
		}
	}
	return isDecimal(number) && (!s.positive || !isZero(number))
}

func (s size) shown() string {
	forms := append([]string(nil), s.words...)
	forms = append(forms, "pixels such as 10px")
	if s.percent {
		forms = append(forms, "a percentage such as 50%")
	}
	if len(forms) == 1 {
		return forms[0]
	}
	return "one of " + strings.Join(forms, ", ")
}

// isDecimal says whether a text is digits, perhaps with a point between them.
func isDecimal(text string) bool {
	whole, fraction, point := strings.Cut(text, ".")
	return isDigits(whole) && (!point || isDigits(fraction))
}

// ratio is width:height.
type ratio struct{}

func (ratio) check(c *checker, at exactjson.Value) {
	c.form(at, "width:height, each from 1 to 100000 and the height at most three times the width", func(text string) bool {
		w, h, found := strings.Cut(text, ":")
		if !found || !isDecimal(w) || !isDecimal(h) || len(text) > 60 {
			return false
		}
		width, height := exactjson.ParseDecimal(w).Float(), exactjson.ParseDecimal(h).Float()
		return 1 <= width && width <= 100000 && 1 <= height && height <= 100000 && height <= 3*width
	}, func(text string) string {
		meant := asRatio.Replace(strings.ToLower(text))
		if meant == text || strings.Count(meant, ":") != 1 {
			return ""
		}
		return fmt.Sprintf("; write %q", shown(meant))
	})
}

// asRatio writes a ratio of another spelling, such as 16x9 or 16 / 9, in LINE's.
var asRatio = strings.NewReplacer("x", ":", "/", ":", " ", "")

// inUnit adds a unit that is missing.
func inUnit(unit string) func(text string) string {
	return func(text string) string {
		if !isDecimal(text) {
			return ""
		}
		return fmt.Sprintf("; write \"%s%s\"", shorten(text, 20), unit)
	}
}

// angle is where a gradient points.
type angle struct{}

func (angle) check(c *checker, at exactjson.Value) {
	c.form(at, "an angle from 0deg to below 360deg", func(text string) bool {
		number, unit := strings.CutSuffix(text, "deg")
		return unit && isDecimal(number) && compare(exactjson.ParseDecimal(number), 360) < 0
	}, inUnit("deg"))
}

// percentage is a place between the ends of a gradient.
type percentage struct{}

func (percentage) check(c *checker, at exactjson.Value) {
	c.form(at, "a percentage from 0% to 100%", func(text string) bool {
		number, unit := strings.CutSuffix(text, "%")
		return unit && isDecimal(number) && compare(exactjson.ParseDecimal(number), 100) <= 0
	}, inUnit("%"))
}

// moment is the form of a datetime picker's values, by its mode.
type moment struct {
	layout         string
	shown          string
	earliest, last string
}

var moments = map[string]moment{
	"date":     {"2006-01-02", "a date such as 2017-06-18", "1900-01-01", "2100-12-31"},
	"time":     {"15:04", "a time such as 06:15", "00:00", "23:59"},
	"datetime": {"2006-01-02T15:04", "a date and time such as 2017-06-18T06:15", "1900-01-01T00:00", "2100-12-31T23:59"},
}

// normal is a value in the spelling that sorts by time.
func (m moment) normal(value string) string { return strings.Replace(value, "t", "T", 1) }

// fits says whether a value has the form, and lies between what LINE takes. Values of one mode sort as texts.
func (m moment) fits(value string) (formed, between bool) {
	value = m.normal(value)
	_, err := time.Parse(m.layout, value)
	formed = err == nil && len(value) == len(m.layout)
	return formed, formed && m.earliest <= value && value <= m.last
}

// judge checks a value of the mode.
func (m moment) judge(mode, value string, open bool) verdict {
	if open {
		return verdict{}
	}
	switch formed, between := m.fits(value); {
	case !formed:
		return verdict{ruleForm, Error, fmt.Sprintf("is %q, but in mode %s must be %s", shown(value), mode, m.shown)}
	case !between:
		return verdict{ruleMoment, Error, fmt.Sprintf("is %q, but must be from %s to %s", shown(value), m.earliest, m.last)}
	}
	return verdict{}
}
