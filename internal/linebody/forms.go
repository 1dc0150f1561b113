package linebody

import (
	"fmt"
	"math"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
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
	text{unit: codeUnits, max: a.max}.check(c, at)
	c.judge(at, a.judge)
	c.rawValue(at)
}

// judge checks what is known of a URL: up to the first value its form, and in all of it the characters.
func (a address) judge(reading string, open bool) verdict {
	fixed, _, _ := strings.Cut(reading, personalization.Hole)
	scheme, rest, found := strings.Cut(fixed, ":")
	switch {
	case reading == "":
		return verdict{ruleEmpty, Error, "must not be empty"}
	case strings.HasPrefix(reading, "{"):
		return verdict{ruleScheme, Warning, "looks like a placeholder of a sample; write the address itself"}
	case open && !found && (fixed == "" || schemeForm.MatchString(fixed)):
		return verdict{} // the scheme ends in a value
	case !found || !schemeForm.MatchString(scheme):
		return verdict{ruleScheme, Error, "begins with no scheme; write one of " + a.shown()}
	case !a.allows(scheme):
		return verdict{ruleScheme, a.severityOf(scheme),
			fmt.Sprintf("has the scheme %q, but LINE takes %s", shorten(scheme, 30), a.shown())}
	case isWeb(scheme):
		if v := webVerdict(rest, open); v.rule != "" {
			return v
		}
	case strings.EqualFold(scheme, "tel"):
		if !open && strings.IndexFunc(rest, unicode.IsDigit) < 0 {
			return verdict{ruleScheme, Warning, "names no telephone number; write one, such as tel:+81312345678"}
		}
	case strings.EqualFold(scheme, "line"): // LINE, "Use LINE features with the LINE URL scheme"
		return verdict{ruleScheme, Warning, "begins with line:, which LINE has deprecated; write its address at https://line.me/R/"}
	}
	return encodingVerdict(reading)
}

// inURL are the characters of ASCII that a URL has as they are (RFC 3986, section 2).
var inURL = func() (plain [utf8.RuneSelf]bool) {
	for _, c := range alphanumeric + "-._~:/?#[]@!$&'()*+,;=" + personalization.Hole {
		plain[c] = true
	}
	return plain
}()

// encodingVerdict finds what a URL writes percent-encoded.
func encodingVerdict(reading string) verdict {
	for i := range len(reading) {
		switch c := reading[i]; {
		case c < utf8.RuneSelf && inURL[c], c == '%' && escapes(reading[i+1:]):
		case c == '%':
			return verdict{ruleEncoding, Warning, "contains a % that two hexadecimal digits do not follow; the sign itself is written %25"}
		default:
			return verdict{ruleEncoding, Warning, fmt.Sprintf("contains %q, which a URL writes percent-encoded in UTF-8", firstRune(reading[i:]))}
		}
	}
	return verdict{}
}

// escapes says whether what follows a % makes an escape of it, or may.
func escapes(rest string) bool {
	const digits = "0123456789abcdefABCDEF"
	for i := range 2 {
		switch {
		case len(rest) <= i:
			return false
		case rest[i:i+1] == personalization.Hole:
			return true
		case strings.IndexByte(digits, rest[i]) < 0:
			return false
		}
	}
	return true
}

// beforeTags is what a text says before its first Liquid tag.
func beforeTags(written string) string {
	fixed, _, _ := strings.Cut(written, "{{")
	fixed, _, _ = strings.Cut(fixed, "{%")
	return fixed
}

// webVerdict checks the host in what follows the scheme of a web address; open says that a value follows, which may
// complete it.
func webVerdict(rest string, open bool) verdict {
	wrong := func(problem string) verdict {
		return verdict{ruleScheme, Error, problem + "; write https://, a host and a path"}
	}
	authority, slashes := strings.CutPrefix(rest, "//")
	if !slashes {
		if open && strings.HasPrefix("//", rest) {
			return verdict{}
		}
		return wrong("names no host")
	}
	authority, _, _ = strings.Cut(authority, personalization.Hole)
	if end := strings.IndexAny(authority, `/?#\`); end >= 0 {
		authority, open = authority[:end], false
	}
	if strings.IndexFunc(authority, unicode.IsSpace) >= 0 {
		return wrong("has white space in its host")
	}
	host, port, _ := strings.Cut(authority[strings.LastIndexByte(authority, '@')+1:], ":")
	if host == "" && !open {
		return wrong("names no host")
	}
	if strings.HasPrefix(host, "[") || open {
		return verdict{} // an address of IPv6, or half a host
	}
	return hostVerdict(host, port)
}

// onlyHere says whether a host is one that no telephone and no server of LINE reaches.
func onlyHere(host string) bool {
	if last := host[len(host)-1]; '0' <= last && last <= '9' {
		address, err := netip.ParseAddr(host)
		return err == nil && (address.IsPrivate() || address.IsLoopback() || address.IsUnspecified())
	}
	name := host[strings.LastIndexByte(host, '.')+1:]
	return strings.EqualFold(name, "localhost") || name != host && strings.EqualFold(name, "local")
}

func hostVerdict(host, port string) verdict {
	wrong := func(format string, arguments ...any) verdict {
		return verdict{ruleHost, Warning, fmt.Sprintf(format, arguments...)}
	}
	number, err := strconv.Atoi(port)
	switch {
	case port != "" && (err != nil || number < 1 || number > math.MaxUint16):
		return wrong("has the port %q, but a port is a number from 1 to 65535", shorten(port, 20))
	case onlyHere(host):
		return wrong("has the host %s, which only a machine or network of yours reaches", shorten(host, 60))
	case strings.Contains(host, "..") || strings.HasPrefix(host, ".") || strings.HasPrefix(host, "-"):
		return wrong("has the host %q, which no name of a host looks like", shorten(host, 60))
	}
	for i := range len(host) {
		if c := host[i]; c < utf8.RuneSelf && c != '.' && c != '-' && !isAlphanumeric(c) {
			return wrong("has %q in its host; hosts have letters, digits, - and .", c)
		}
	}
	return verdict{}
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
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
func (c *checker) form(at exactjson.Value, must string, fits func(text string) bool) {
	if !c.isKind(at, exactjson.String) {
		return
	}
	if fits(c.d.Text(at)) {
		return
	}
	c.judge(at, func(reading string, open bool) verdict { return formVerdict(reading, open, must, fits) })
}

// formVerdict is that on a text which must have a form.
func formVerdict(reading string, open bool, must string, fits func(text string) bool) verdict {
	switch {
	case open:
		return unchecked
	case fits(reading):
		return verdict{}
	}
	return verdict{ruleForm, Error, fmt.Sprintf("is %q, but must be %s", shown(reading), must)}
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
		return formVerdict(reading, open, s.shown(), s.measure)
	})
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
