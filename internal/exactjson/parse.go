package exactjson

import (
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// MaxDepth is how deep arrays and objects may be nested. It bounds the recursion of all that walks through a document.
	MaxDepth = 256

	// maxExponentDigits bounds a number's exponent, so that comparing two numbers stays exact and cheap.
	maxExponentDigits = 9

	// few members of an object are compared pairwise, which costs no memory, and more by a map, which stays linear.
	few = 12
)

// Reason says what keeps a text from being read.
type Reason int

// The reasons there are.
const (
	Syntax        Reason = iota
	TrailingData         // something follows the value
	InvalidUTF8          // some bytes are no characters
	LoneSurrogate        // an escape is half of a surrogate pair
	TooDeep              // more than MaxDepth
	TooLarge             // more bytes than a Document can count
)

// Fault is the one reason why a text cannot be read, and where it is.
type Fault struct {
	Reason  Reason
	Message string
	Offset  int // in bytes from the beginning of the text
}

var parsed atomic.Int64

// Parsed is how many texts this process has given to Parse. It is for tests that bound the work.
func Parsed() int64 { return parsed.Load() }

type parser struct {
	Document
	at    int
	depth int
}

// Parse reads one JSON text. Keys that repeat are noted, not refused. The document is nil if there is a fault.
func Parse(text string) (*Document, *Fault) {
	parsed.Add(1)
	if len(text) > math.MaxInt32/2 {
		return nil, &Fault{TooLarge, fmt.Sprintf("%d bytes are too many to read", len(text)), 0}
	}
	if fault := CheckUTF8(text); fault != nil {
		return nil, fault
	}
	p := &parser{Document: Document{source: text, nodes: make([]node, 0, len(text)/24+4)}}
	if strings.HasPrefix(text, "\ufeff") {
		return nil, &Fault{Syntax, "the text begins with a byte order mark, which JSON does not allow", 0}
	}
	p.space()
	if fault := p.value(noParent, 0, 0); fault != nil {
		return nil, fault
	}
	p.space()
	if p.at < len(text) {
		return nil, p.trailing()
	}
	return &p.Document, nil
}

// CheckUTF8 tells where a text stops being UTF-8, if it does.
func CheckUTF8(text string) *Fault {
	if utf8.ValidString(text) {
		return nil
	}
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return &Fault{InvalidUTF8, "the text begins with the byte order mark of UTF-16", 0}
	}
	for at, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[at:]); size == 1 {
				return &Fault{InvalidUTF8, fmt.Sprintf("byte 0x%02X is not valid UTF-8", text[at]), at}
			}
		}
	}
	return nil
}

func (p *parser) space() {
	for p.at < len(p.source) {
		switch p.source[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// value reads the value at p.at and adds it; name and nameTo are the node's.
func (p *parser) value(parent Value, name, nameTo int32) *Fault {
	if p.at == len(p.source) {
		return p.unexpected(wantsValue)
	}
	v := Value(len(p.nodes))
	p.nodes = append(p.nodes, node{parent: parent, start: int32(p.at), name: name, nameTo: nameTo})
	var kind Kind
	var escaped bool
	var fault *Fault
	switch c := p.source[p.at]; {
	case c == '"':
		kind = String
		escaped, fault = p.str()
	case c == '{':
		kind, fault = Object, p.object(v)
	case c == '[':
		kind, fault = Array, p.array(v)
	case c == '-' || '0' <= c && c <= '9':
		kind, fault = Number, p.number()
	case p.word("true"):
		kind = True
	case p.word("false"):
		kind = False
	case p.word("null"):
		kind = Null
	default:
		fault = p.unexpected(wantsValue)
	}
	if fault != nil {
		return fault
	}
	added := &p.nodes[v]
	added.kind, added.escaped = kind, escaped
	added.end, added.next = int32(p.at), Value(len(p.nodes))
	return nil
}

func (p *parser) word(word string) bool {
	if !strings.HasPrefix(p.source[p.at:], word) {
		return false
	}
	p.at += len(word)
	return true
}

func (p *parser) descend() *Fault {
	p.depth++
	if p.depth > MaxDepth {
		return &Fault{TooDeep, fmt.Sprintf("arrays and objects are nested more than %d deep", MaxDepth), p.at}
	}
	p.at++
	p.space()
	return nil
}

func (p *parser) array(array Value) *Fault {
	if fault := p.descend(); fault != nil {
		return fault
	}
	element := int32(0)
	for closed := p.take(']'); !closed; {
		if fault := p.value(array, element, 0); fault != nil {
			return fault
		}
		element++
		p.space()
		if closed = p.take(']'); !closed {
			if !p.take(',') {
				return p.unexpected(wantsMoreElements)
			}
			p.space()
		}
	}
	p.nodes[array].count = element
	p.depth--
	return nil
}

func (p *parser) object(object Value) *Fault {
	if fault := p.descend(); fault != nil {
		return fault
	}
	members := 0
	for closed := p.take('}'); !closed; members++ {
		if fault := p.member(object); fault != nil {
			return fault
		}
		p.space()
		if closed = p.take('}'); !closed {
			if !p.take(',') {
				return p.unexpected(wantsMoreMembers)
			}
			p.space()
		}
	}
	p.nodes[object].count, p.nodes[object].next = int32(members), Value(len(p.nodes))
	p.depth--
	p.noteKeys(object, members)
	return nil
}

func (p *parser) member(object Value) *Fault {
	if p.at == len(p.source) || p.source[p.at] != '"' {
		return p.unexpected(wantsKey)
	}
	name := p.at
	escaped, fault := p.str()
	if fault != nil {
		return fault
	}
	nameTo, member := p.at, len(p.nodes)
	p.space()
	if !p.take(':') {
		return p.unexpected(wantsColon)
	}
	p.space()
	if fault := p.value(object, int32(name), int32(nameTo)); fault != nil {
		return fault
	}
	p.nodes[member].keyed, p.nodes[member].keyEsc = true, escaped
	return nil
}

func (p *parser) take(c byte) bool {
	if p.at == len(p.source) || p.source[p.at] != c {
		return false
	}
	p.at++
	return true
}

// noteKeys finds the keys that repeat.
func (p *parser) noteKeys(object Value, members int) {
	if members > few {
		byKey := make(map[string]Value, members)
		for member := range p.Children(object) {
			key := p.Key(member)
			if _, repeated := byKey[key]; repeated {
				p.duplicates = append(p.duplicates, member)
			} else {
				byKey[key] = member
			}
		}
		if p.large == nil {
			p.large = map[Value]map[string]Value{}
		}
		p.large[object] = byKey
		return
	}
	if members < 2 {
		return
	}
	var keys [few]string
	count := 0
	for member := range p.Children(object) {
		keys[count] = p.Key(member)
		for _, earlier := range keys[:count] {
			if earlier == keys[count] {
				p.duplicates = append(p.duplicates, member)
				break
			}
		}
		count++
	}
}

// str reads the string at p.at and says whether it has escapes.
func (p *parser) str() (escaped bool, _ *Fault) {
	start := p.at
	for p.at++; p.at < len(p.source); p.at++ {
		switch c := p.source[p.at]; {
		case c == '"':
			p.at++
			return escaped, nil
		case c == '\\':
			escaped = true
			if fault := p.escape(); fault != nil {
				return false, fault
			}
		case c < ' ':
			return false, p.controlCause()
		}
	}
	return false, &Fault{Syntax, "a text begins here and is not closed by a double quote", start}
}

// escape leaves p.at on the last byte of the escape.
func (p *parser) escape() *Fault {
	rest := p.source[p.at:]
	if len(rest) > 1 && strings.IndexByte(`"\/bfnrt`, rest[1]) >= 0 {
		p.at++
		return nil
	}
	unit, ok := hexEscape(rest)
	if !ok {
		return p.escapeCause()
	}
	if utf16.IsSurrogate(unit) {
		low, ok := hexEscape(rest[6:])
		if !ok || utf16.DecodeRune(unit, low) == utf8.RuneError {
			return &Fault{LoneSurrogate,
				"the escape " + rest[:6] + " is half of a surrogate pair and stands for no character", p.at}
		}
		p.at += 6
	}
	p.at += 5
	return nil
}

func (p *parser) number() *Fault {
	start := p.at
	p.take('-')
	if !p.take('0') && p.digits() == 0 {
		return p.unexpected(wantsDigit)
	}
	if p.take('.') && p.digits() == 0 {
		return p.unexpected(wantsDigit)
	}
	if p.take('e') || p.take('E') {
		if !p.take('+') {
			p.take('-')
		}
		exponent := p.at
		if p.digits() == 0 {
			return p.unexpected(wantsDigit)
		}
		if len(strings.TrimLeft(p.source[exponent:p.at], "0")) > maxExponentDigits {
			return &Fault{Syntax, fmt.Sprintf("the number's exponent has more than %d digits", maxExponentDigits), start}
		}
	}
	return nil
}

func (p *parser) digits() int {
	start := p.at
	for p.at < len(p.source) && '0' <= p.source[p.at] && p.source[p.at] <= '9' {
		p.at++
	}
	return p.at - start
}

func (p *parser) found() string {
	if p.at == len(p.source) {
		return "the end of the text"
	}
	r, _ := utf8.DecodeRuneInString(p.source[p.at:])
	return fmt.Sprintf("%q", r)
}
