package linebody

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// schemeForm is what may stand before a URL's colon (RFC 3986, section 3.1).
var schemeForm = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]*$`)

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
	case strings.TrimLeftFunc(fixed, unicode.IsSpace) != fixed:
		return verdict{ruleScheme, Error, "begins with white space; take it out"}
	case strings.HasPrefix(reading, "{"):
		return verdict{ruleScheme, Warning, "looks like a placeholder of a sample; write the address itself"}
	case open && !found && (fixed == "" || schemeForm.MatchString(fixed)):
		return verdict{} // the scheme ends in a value
	case !found || !schemeForm.MatchString(scheme):
		return verdict{ruleScheme, Error, "begins with no scheme; write " + a.withScheme(reading)}
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

var (
	asHost  = lazyregexp.New(`^(//)?([A-Za-z0-9-]+\.)+[A-Za-z]{2,}([/?#:]|$)`)
	asPhone = lazyregexp.New(`^\+?[0-9][0-9 ()-]{5,}$`)
)

// withScheme says how an address without a scheme is written.
func (a address) withScheme(reading string) string {
	switch {
	case asHost.MatchString(reading):
		return "https://" + shown(strings.TrimPrefix(reading, "//"))
	case a.mail && asPhone.MatchString(reading):
		return "tel:" + strings.NewReplacer(" ", "", "(", "", ")", "").Replace(shown(reading))
	}
	return "one of " + a.shown()
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
		case strings.TrimSpace(reading[i:]) == "":
			return verdict{ruleEncoding, Warning, "ends with white space; take it out"}
		default:
			return unencoded(firstRune(reading[i:]))
		}
	}
	return verdict{}
}

// unencoded is the verdict on a character that a URL does not have as it is. Nobody means one that is not seen.
func unencoded(r rune) verdict {
	if r != ' ' && !unicode.IsGraphic(r) {
		return verdict{ruleEncoding, Warning, fmt.Sprintf("contains the invisible character %U; take it out", r)}
	}
	return verdict{ruleEncoding, Warning, fmt.Sprintf("contains %q, which a URL writes percent-encoded in UTF-8", r)}
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
	at := strings.LastIndexByte(authority, '@')
	host, port := splitPort(authority[at+1:])
	switch {
	case host == "" && !open:
		return wrong("names no host")
	case open:
		return verdict{} // half a host
	case at > 0:
		return verdict{ruleHost, Warning, "has a user or password before its host, which all who get the message see; take it out"}
	}
	return hostVerdict(host, port)
}

// splitPort parts a host from its port. An address of IPv6 keeps its brackets.
func splitPort(authority string) (host, port string) {
	if strings.HasPrefix(authority, "[") {
		host, port, _ = strings.Cut(authority, "]")
		return host + "]", strings.TrimPrefix(port, ":")
	}
	host, port, _ = strings.Cut(authority, ":")
	return host, port
}

// sharedAddresses are those of networks behind a carrier's (RFC 6598), which netip does not call private.
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// inASCII writes the name of a host as a URL has it (UTS 46).
var inASCII = idna.New(idna.MapForLookup(), idna.Transitional(false))

// hostVerdict warns of a host that LINE's servers and telephones do not reach. LINE's reference says nothing of hosts.
func hostVerdict(host, port string) verdict {
	wrong := func(format string, arguments ...any) verdict {
		return verdict{ruleHost, Warning, fmt.Sprintf(format, arguments...)}
	}
	shown := shorten(host, 60)
	number, err := strconv.ParseUint(port, 10, 16)
	if _, notIPv6 := netip.ParseAddr(host + ":" + port); notIPv6 == nil {
		return wrong("has the address %q of IPv6 as its host; write it in brackets, [ ]", shown+":"+port)
	}
	if port != "" && (err != nil || number == 0) {
		return wrong("has the port %q, but a port is a number from 1 to 65535", shorten(port, 20))
	}
	if strings.HasPrefix(host, "[") || endsInNumber(host) {
		address, err := netip.ParseAddr(strings.Trim(host, "[]"))
		if address = address.Unmap(); err != nil {
			return wrong("has the host %q, which looks like an IP address and is none", shown)
		} else if !address.IsGlobalUnicast() || address.IsPrivate() || sharedAddresses.Contains(address) {
			return wrong(onlyYours, shown)
		}
		return verdict{}
	}
	if ascii, err := inASCII.ToASCII(host); strings.IndexFunc(host, isWide) >= 0 && err == nil && ascii != host {
		return wrong("has the host %q, which a URL writes as %q", shown, shorten(ascii, 120))
	}
	return nameVerdict(host, wrong)
}

const onlyYours = "has the host %q, which only a machine or network of yours reaches"

func isWide(r rune) bool { return r >= utf8.RuneSelf }

// endsInNumber says whether a host is an IPv4 address or nothing: no name ends in a number.
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(strings.TrimSuffix(host, "."), '.')+1:]
	return isDigits(last) || strings.HasPrefix(last, "0x")
}

// nameVerdict checks a host that is a name (RFC 1123, section 2.1).
func nameVerdict(host string, wrong func(format string, arguments ...any) verdict) verdict {
	const longestLabel, longestName = 63, 253
	name, rooted := strings.CutSuffix(host, ".")
	labels := strings.Split(name, ".")
	shown, last := shorten(host, 60), labels[len(labels)-1]
	for i := range len(name) {
		if c := name[i]; c != '.' && c != '-' && !isAlphanumeric(c) {
			return wrong("has %q in its host; hosts have letters, digits, - and .", firstRune(name[i:]))
		}
	}
	for _, label := range labels {
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' || len(label) > longestLabel || len(name) > longestName {
			return wrong("has the host %q, which no name of a host looks like", shown)
		}
	}
	switch {
	case len(labels) == 1 && isWeb(last):
		return wrong("names its scheme twice; write one %s://", last)
	case len(labels) == 1, slices.Contains([]string{"localhost", "local", "internal", "localdomain"}, strings.ToLower(last)):
		return wrong(onlyYours, shown)
	case rooted:
		return wrong("has the host %q with a dot at its end, which certificates do not name; take it out", shown)
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
