package linebody

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// schemeForm is what may stand before a URL's colon (RFC 3986, section 3.1).
var schemeForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*$`)

// address is a URL.
type address struct {
	max     int
	schemes []string
	others  Severity // of a scheme that is not among them
	mail    bool     // mailto: is not among them, but seen in messages that LINE delivers
}

// mediaURL is the address of an image, a video or a sound, which LINE's servers and apps fetch.
func mediaURL() address {
	return address{max: 2000, schemes: []string{"https"}}
}

// link is an address that a tap opens.
func link(others Severity) address {
	return address{max: 1000, schemes: []string{"http", "https", "line", "tel"}, others: others, mail: true}
}

func (a address) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.String) {
		return
	}
	written := c.d.Text(at)
	if written == "" {
		c.report(at, ruleEmpty, Error, "must not be empty")
		return
	}
	text{unit: codeUnits, max: a.max}.check(c, at)
	personalised := personalization.HasTags(written)
	if strings.HasPrefix(written, "{") && !personalised {
		c.report(at, ruleScheme, Warning, "looks like a placeholder of a sample; write the address itself")
		return
	}
	fixed := written
	if personalised {
		fixed = beforeTags(written)
	}
	scheme, rest, found := strings.Cut(fixed, ":")
	if personalised && !found && (fixed == "" || schemeForm.MatchString(fixed)) {
		return // the scheme ends in a tag
	}
	if !found || !schemeForm.MatchString(scheme) {
		c.report(at, ruleScheme, Error, "begins with no scheme; write one of %s", a.shown())
		return
	}
	if !a.allows(scheme) {
		c.report(at, ruleScheme, a.severityOf(scheme), "has the scheme %q, but LINE takes %s", shorten(scheme, 30), a.shown())
		return
	}
	if isWeb(scheme) {
		if problem := hostProblem(rest, personalised); problem != "" {
			c.report(at, ruleScheme, Error, "%s; write https://, a host and a path", problem)
			return
		}
	}
	if bad := strings.IndexFunc(fixed, func(r rune) bool { return r <= ' ' || r == 0x7f || r >= utf8.RuneSelf }); bad >= 0 {
		c.report(at, ruleEncoding, Warning, "contains %q, which a URL writes percent-encoded in UTF-8",
			firstRune(fixed[bad:]))
	}
}

// beforeTags is what a text says before its first Liquid tag.
func beforeTags(written string) string {
	fixed, _, _ := strings.Cut(written, "{{")
	fixed, _, _ = strings.Cut(fixed, "{%")
	return fixed
}

// hostProblem says what is wrong with the host in what follows a URL's scheme; open says that a tag follows, which may
// complete it.
func hostProblem(rest string, open bool) string {
	const none = "names no host"
	authority, slashes := strings.CutPrefix(rest, "//")
	if !slashes {
		if open && strings.HasPrefix("//", rest) {
			return ""
		}
		return none
	}
	if end := strings.IndexAny(authority, `/?#\`); end >= 0 {
		authority, open = authority[:end], false
	}
	if strings.IndexFunc(authority, unicode.IsSpace) >= 0 {
		return "has white space in its host"
	}
	host, _, _ := strings.Cut(authority[strings.LastIndexByte(authority, '@')+1:], ":")
	if host == "" && !open {
		return none
	}
	return ""
}

func (a address) shown() string {
	return strings.Join(a.schemes, ", ")
}

func (a address) allows(scheme string) bool {
	for _, s := range a.schemes {
		if strings.EqualFold(s, scheme) {
			return true
		}
	}
	return false
}

// severityOf a scheme that LINE does not list. What a browser would run or read from the device is never right.
func (a address) severityOf(scheme string) Severity {
	switch strings.ToLower(scheme) {
	case "javascript", "data", "vbscript", "file", "blob", "about":
		return Error
	case "mailto":
		if a.mail {
			return Warning
		}
	}
	return a.others
}

func isWeb(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// color is #RRGGBB, or with alpha also #RRGGBBAA.
type color struct{ alpha bool }

func (k color) check(c *checker, at exactjson.Value) {
	shown := "#RRGGBB"
	if k.alpha {
		shown += " or #RRGGBBAA"
	}
	c.form(at, shown, func(text string) bool {
		digits, hash := strings.CutPrefix(text, "#")
		return hash && (len(digits) == 6 || k.alpha && len(digits) == 8) &&
			strings.Trim(digits, "0123456789abcdefABCDEF") == ""
	})
}

// form checks a string against a form that is not for a person to read.
func (c *checker) form(at exactjson.Value, shown string, fits func(text string) bool) {
	if !c.isKind(at, exactjson.String) {
		return
	}
	if text := c.d.Text(at); !fits(text) && !c.personalised(at, text) {
		c.report(at, ruleForm, Error, "is %q, but must be %s", shorten(text, 60), shown)
	}
}

// size is a length on the screen: one of some words, pixels, or a percentage.
type size struct {
	words    []string
	percent  bool
	negative bool // LINE documents no negative ones, but its own samples have them
	positive bool // not even zero
}

// The words for a distance, in growing order.
var distances = []string{"none", "xs", "sm", "md", "lg", "xl", "xxl"}

// The words for the size of a letter, in growing order.
var fontSizes = []string{"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"}

func (s size) check(c *checker, at exactjson.Value) {
	if c.d.Kind(at) == exactjson.String {
		text := c.d.Text(at)
		for _, word := range s.words {
			if text == word {
				return
			}
		}
		if positive, minus := strings.CutPrefix(text, "-"); s.negative && minus && s.measure(positive) {
			c.report(at, ruleNegative, Warning, "is %q; LINE documents no negative value, though its samples have them",
				shorten(text, 60))
			return
		}
	}
	c.form(at, s.shown(), s.measure)
}

func (s size) measure(text string) bool {
	number, pixels := strings.CutSuffix(text, "px")
	if !pixels {
		var percent bool
		if number, percent = strings.CutSuffix(text, "%"); !percent || !s.percent {
			return false
		}
	}
	return isDecimal(number) && (!s.positive || strings.Trim(number, "0.") != "")
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
	})
}

// angle is where a gradient points.
type angle struct{}

func (angle) check(c *checker, at exactjson.Value) {
	c.form(at, "an angle from 0deg to below 360deg", func(text string) bool {
		number, unit := strings.CutSuffix(text, "deg")
		return unit && isDecimal(number) && exactjson.ParseDecimal(number).Float() < 360
	})
}

// percentage is a place between the ends of a gradient.
type percentage struct{}

func (percentage) check(c *checker, at exactjson.Value) {
	c.form(at, "a percentage from 0% to 100%", func(text string) bool {
		number, unit := strings.CutSuffix(text, "%")
		return unit && isDecimal(number) && exactjson.ParseDecimal(number).Float() <= 100
	})
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
