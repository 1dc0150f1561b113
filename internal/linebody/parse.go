package linebody

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds the nesting of arrays and objects. LINE documents no bound; a Flex Message needs two levels a box.
const maxDepth = 256

// maxExponentDigits bounds a number's exponent, so that comparing two numbers stays exact and cheap.
const maxExponentDigits = 9

type kind uint8

const (
	kindObject kind = iota
	kindArray
	kindString
	kindNumber
	kindTrue
	kindFalse
	kindNull
)

// root is the index of a document's outermost value, and the parent of nothing else.
const (
	root     = 0
	noParent = -1
)

// node is one value. Nodes lie in document order, so that a container's first child follows it directly.
type node struct {
	kind    kind
	escaped bool // a string with a backslash in it
	keyed   bool // a member of an object
	keyEsc  bool // the key has a backslash in it

	parent int32
	next   int32 // the node after this one and all that is inside it
	start  int32 // where the value's text begins
	end    int32 // and ends
	name   int32 // member: where its key's text begins; element: its index
	nameTo int32 // member: where its key's text ends
	count  int32 // container: how many children it has
}

// document is a parsed JSON text. It is not safe for concurrent use.
type document struct {
	source     string
	nodes      []node
	duplicates []int32                    // members whose key an earlier member of the same object has
	large      map[int32]map[string]int32 // for each large object that was looked into, its members by key
}

// syntaxError is the one reason why a text cannot be read as JSON.
type syntaxError struct {
	rule    string
	message string
	offset  int
}

func (e *syntaxError) problem(path string) Problem {
	return Problem{Path: path, Rule: e.rule, Message: e.message, Offset: e.offset}
}

type parser struct {
	document
	at    int
	depth int
}

// parse reads one JSON text (RFC 8259), in time linear in its length. Keys that repeat are noted, not refused.
func parse(source string) (*document, *syntaxError) {
	if len(source) > math.MaxInt32/2 {
		return nil, &syntaxError{ruleBodySize, fmt.Sprintf("%d bytes are too many to read", len(source)), 0}
	}
	p := &parser{document: document{source: source, nodes: make([]node, 0, len(source)/24+4)}}
	if at := invalidUTF8(source); at >= 0 {
		return nil, &syntaxError{ruleUTF8, notUTF8(source[at]), at}
	}
	if strings.HasPrefix(source, "\ufeff") {
		return nil, &syntaxError{ruleSyntax, "the text begins with a byte order mark, which JSON does not allow", 0}
	}
	p.space()
	if err := p.value(noParent, 0, 0); err != nil {
		return nil, err
	}
	p.space()
	if p.at < len(source) {
		return nil, &syntaxError{ruleTrailing, "something follows the end of the JSON value: " + p.found(), p.at}
	}
	return &p.document, nil
}

func notUTF8(b byte) string { return fmt.Sprintf("byte 0x%02X is not valid UTF-8", b) }

// invalidUTF8 is where a text stops being UTF-8, or -1.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for at, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[at:]); size == 1 {
				return at
			}
		}
	}
	return -1
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
func (p *parser) value(parent, name, nameTo int32) *syntaxError {
	if p.at == len(p.source) {
		return p.unexpected("a value")
	}
	index := int32(len(p.nodes))
	p.nodes = append(p.nodes, node{parent: parent, start: int32(p.at), name: name, nameTo: nameTo})
	var kind kind
	var escaped bool
	var err *syntaxError
	switch c := p.source[p.at]; {
	case c == '"':
		kind = kindString
		escaped, err = p.str()
	case c == '{':
		kind, err = kindObject, p.object(index)
	case c == '[':
		kind, err = kindArray, p.array(index)
	case c == '-' || '0' <= c && c <= '9':
		kind, err = kindNumber, p.number()
	case p.word("true"):
		kind = kindTrue
	case p.word("false"):
		kind = kindFalse
	case p.word("null"):
		kind = kindNull
	default:
		err = p.unexpected("a value")
	}
	if err != nil {
		return err
	}
	added := &p.nodes[index]
	added.kind, added.escaped = kind, escaped
	added.end, added.next = int32(p.at), int32(len(p.nodes))
	return nil
}

func (p *parser) word(word string) bool {
	if !strings.HasPrefix(p.source[p.at:], word) {
		return false
	}
	p.at += len(word)
	return true
}

func (p *parser) descend() *syntaxError {
	p.depth++
	if p.depth > maxDepth {
		return &syntaxError{ruleDepth, fmt.Sprintf("arrays and objects are nested more than %d deep", maxDepth), p.at}
	}
	p.at++
	p.space()
	return nil
}

func (p *parser) array(index int32) *syntaxError {
	if err := p.descend(); err != nil {
		return err
	}
	element := int32(0)
	for closed := p.take(']'); !closed; {
		if err := p.value(index, element, 0); err != nil {
			return err
		}
		element++
		p.space()
		if closed = p.take(']'); !closed {
			if !p.take(',') {
				return p.unexpected("',' or ']'")
			}
			p.space()
		}
	}
	p.nodes[index].count = element
	p.depth--
	return nil
}

func (p *parser) object(index int32) *syntaxError {
	if err := p.descend(); err != nil {
		return err
	}
	members := 0
	for closed := p.take('}'); !closed; members++ {
		if err := p.member(index); err != nil {
			return err
		}
		p.space()
		if closed = p.take('}'); !closed {
			if !p.take(',') {
				return p.unexpected("',' or '}'")
			}
			p.space()
		}
	}
	p.nodes[index].count = int32(members)
	p.depth--
	p.noteDuplicates(index, members)
	return nil
}

func (p *parser) member(object int32) *syntaxError {
	if p.at == len(p.source) || p.source[p.at] != '"' {
		return p.unexpected("a key in double quotes")
	}
	name := p.at
	escaped, err := p.str()
	if err != nil {
		return err
	}
	nameTo, member := p.at, len(p.nodes)
	p.space()
	if !p.take(':') {
		return p.unexpected("':'")
	}
	p.space()
	if err := p.value(object, int32(name), int32(nameTo)); err != nil {
		return err
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

// noteDuplicates compares few keys pairwise, which costs no memory, and many by a set, which stays linear.
func (p *parser) noteDuplicates(object int32, members int) {
	const few = 12
	if members < 2 {
		return
	}
	end := int32(len(p.nodes))
	if members > few {
		seen := make(map[string]struct{}, members)
		for member := object + 1; member < end; member = p.nodes[member].next {
			key := p.key(member)
			if _, repeated := seen[key]; repeated {
				p.duplicates = append(p.duplicates, member)
			}
			seen[key] = struct{}{}
		}
		return
	}
	var keys [few]string
	for member, count := object+1, 0; member < end; member, count = p.nodes[member].next, count+1 {
		keys[count] = p.key(member)
		for _, earlier := range keys[:count] {
			if earlier == keys[count] {
				p.duplicates = append(p.duplicates, member)
				break
			}
		}
	}
}

// str reads the string at p.at and says whether it has escapes.
func (p *parser) str() (escaped bool, _ *syntaxError) {
	start := p.at
	for p.at++; p.at < len(p.source); p.at++ {
		switch c := p.source[p.at]; {
		case c == '"':
			p.at++
			return escaped, nil
		case c == '\\':
			escaped = true
			if err := p.escape(); err != nil {
				return false, err
			}
		case c < ' ':
			return false, &syntaxError{ruleSyntax,
				fmt.Sprintf("the control character %U must be written as an escape inside a string", c), p.at}
		}
	}
	return false, &syntaxError{ruleSyntax, "a string begins here and does not end", start}
}

// escape leaves p.at on the last byte of the escape.
func (p *parser) escape() *syntaxError {
	rest := p.source[p.at:]
	if len(rest) > 1 && strings.IndexByte(`"\/bfnrt`, rest[1]) >= 0 {
		p.at++
		return nil
	}
	unit, ok := hexEscape(rest)
	if !ok {
		return &syntaxError{ruleSyntax, "a backslash must begin one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX", p.at}
	}
	if utf16.IsSurrogate(unit) {
		low, ok := hexEscape(rest[6:])
		if !ok || utf16.DecodeRune(unit, low) == utf8.RuneError {
			return &syntaxError{ruleSurrogate,
				"the escape " + rest[:6] + " is half of a surrogate pair and stands for no character", p.at}
		}
		p.at += 6
	}
	p.at += 5
	return nil
}

// hexEscape reads the \uXXXX that s begins with.
func hexEscape(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	var unit rune
	for _, c := range []byte(s[2:6]) {
		switch {
		case '0' <= c && c <= '9':
			unit = unit<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			unit = unit<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return unit, true
}

func (p *parser) number() *syntaxError {
	start := p.at
	p.take('-')
	if !p.take('0') && p.digits() == 0 {
		return p.unexpected("a digit")
	}
	if p.take('.') && p.digits() == 0 {
		return p.unexpected("a digit")
	}
	if p.take('e') || p.take('E') {
		if !p.take('+') {
			p.take('-')
		}
		exponent := p.at
		if p.digits() == 0 {
			return p.unexpected("a digit")
		}
		if len(strings.TrimLeft(p.source[exponent:p.at], "0")) > maxExponentDigits {
			return &syntaxError{ruleSyntax,
				fmt.Sprintf("the number's exponent has more than %d digits", maxExponentDigits), start}
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

func (p *parser) unexpected(wanted string) *syntaxError {
	message := "expected " + wanted + ", found " + p.found()
	if before := p.source[max(p.at-1, 0):]; strings.HasPrefix(before, "{{") || strings.HasPrefix(before, "{%") {
		message += "; personalisation must stand inside a string's double quotes"
	}
	return &syntaxError{ruleSyntax, message, p.at}
}

func (p *parser) found() string {
	if p.at == len(p.source) {
		return "the end of the text"
	}
	r, _ := utf8.DecodeRuneInString(p.source[p.at:])
	return fmt.Sprintf("%q", r)
}
