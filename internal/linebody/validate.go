// Package linebody builds, compares and checks the body of a LINE push request, offline. It is pure: it knows no network,
// no file and no configuration, only how JSON is read (exactjson) and what Liquid is in it (personalization). It keeps
// messages as the JSON they are, so that what LINE adds tomorrow passes through.
//
// What LINE demands is in the tables of the rules_*.go files, one for each object of LINE's reference, and in the checks of
// the checks_*.go files, one for each rule that looks at several values.
package linebody

import (
	"fmt"
	"strings"
	"sync"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// lineRules are LINE's rules as of RulesDate.
var lineRules = sync.OnceValue(func() *rules {
	all, err := compile(bodyRules(), messageRules(), imagemapRules(), templateRules(), actionRules(), flexRules())
	if err != nil {
		panic(err) // the tables are part of the program
	}
	return all
})

// A body may have 2 MB (LINE Messaging API reference, "Status codes"), which are 2,000,000 or 2,097,152 bytes: LINE does
// not say. Between the two lies a warning.
const (
	safeBodySize = 2 * 1000 * 1000
	mostBodySize = 2 * 1024 * 1024
)

// liquidPage is where CleverTap says what its Liquid is.
const liquidPage = "https://docs.clevertap.com/docs/liquid-tags-use-cases"

// Validate checks a whole push body, as it is pasted into a campaign, and returns its problems in document order. It is
// pure and safe on any bytes; its time is linear in their number. Text that is not JSON has that one problem. At most 100
// problems are returned, and then one more that says how many were left out.
//
// `to` may be a Liquid output, and so may any part of a string: what depends on the user is a warning at most.
func Validate(body []byte) []Problem { return ValidateWith(body, Options{}) }

// ValidateWith is Validate with options.
func ValidateWith(body []byte, opts Options) []Problem {
	found := &findings{ignore: opts.Ignore}
	if !found.bodySize(len(body)) {
		return found.problems
	}
	text := string(body)
	d, fault := parse(text)
	if fault != nil {
		return append(found.problems, faultProblem("", fault))
	}
	c := &checker{d: d, opts: opts, all: lineRules(), pasted: true, found: found}
	if d.Kind(exactjson.Root) == exactjson.Object {
		if _, to, ok := c.str(exactjson.Root, "to"); ok {
			c.to = recipientOf(to)
		}
	}
	c.object(exactjson.Root, c.all.tables[pushBody], false)
	c.everywhere()
	return found.sorted()
}

// bodySize reports a body that is too large and says whether it can be looked into.
func (f *findings) bodySize(size int) bool {
	problem := Problem{Rule: ruleBodySize, Source: reference + "status-codes"}
	switch {
	case size > mostBodySize:
		problem.Message = fmt.Sprintf("the body has %d of at most %d bytes (2 MB)", size, mostBodySize)
	case size > safeBodySize:
		problem.Severity = Warning
		problem.Message = fmt.Sprintf("the body has %d bytes; LINE takes 2 MB, which may be %d bytes", size, safeBodySize)
	default:
		return true
	}
	if !f.drops(problem.Rule, problem.Severity) {
		f.problems = append(f.problems, problem)
	}
	return problem.Severity == Warning
}

// ValidateMessages checks the parts of a body before they are built. It finds what Validate finds in the built body, and
// places each problem in the part that holds it. Parts that are not JSON have that one problem each.
func ValidateMessages(to string, messages []Message, opts Options) []MessageProblem {
	found := &findings{ignore: opts.Ignore}
	var placed []MessageProblem
	locate := func(index int, text string, from int) {
		for _, p := range found.problems[from:] {
			line, column := exactjson.Position(text, p.Offset)
			placed = append(placed, MessageProblem{p, index, line, column})
		}
	}

	size := len(`{"to":,"messages":[]}`) + len(exactjson.AppendString(nil, to)) + max(0, len(messages)-1)
	for _, message := range messages {
		if d, fault := message.read(); fault == nil {
			size += d.CompactLen(exactjson.Root)
		}
	}
	enter := found.bodySize(size)
	locate(-1, "", 0)
	if !enter {
		return placed
	}
	from := len(found.problems)
	var scope *personalization.Scope
	found.recipient(to)
	found.messageCount(len(messages))
	locate(-1, to, from)

	for i, message := range messages {
		from = len(found.problems)
		base := fmt.Sprintf("messages[%d]", i)
		if d, fault := message.read(); fault != nil {
			if !found.drops(ruleSyntax, Error) {
				found.problems = append(found.problems, faultProblem(base, fault))
			}
		} else {
			c := &checker{d: d, base: base, opts: opts, all: lineRules(), to: recipientOf(to), found: found, scope: scope}
			c.message(exactjson.Root, i == len(messages)-1)
			c.everywhere()
			c.readScopes()
			scope = c.after
			found.sort(from)
		}
		locate(i, message.text, from)
	}
	if last, ok := found.remainder(); ok {
		placed = append(placed, MessageProblem{last, -1, 1, 1})
	}
	return placed
}

// recipient checks a "to" that stands alone.
func (f *findings) recipient(to string) {
	if fault := exactjson.CheckUTF8(to); fault != nil {
		f.problems = append(f.problems, faultProblem("to", fault))
		return
	}
	if v := recipientProblem(to); v.rule != "" && !f.drops(v.rule, v.severity) {
		f.problems = append(f.problems, Problem{"to", v.rule, v.severity, v.message, 0, len(to), bodySource})
	}
	for _, p := range personalization.Check(to) {
		if !f.drops(p.Rule, p.Severity) {
			f.problems = append(f.problems, Problem{"to", p.Rule, p.Severity, p.Message, p.Offset, len(to), liquidPage})
		}
	}
}

func (f *findings) messageCount(count int) {
	if message := itemsProblem(count, leastMessages, mostMessages, "messages"); message != "" {
		f.problems = append(f.problems, Problem{Path: "messages", Rule: ruleItems, Message: message, Source: bodySource})
	}
}

// everywhere checks what holds for each key and each string, known or not.
func (c *checker) everywhere() {
	c.source = ""
	for _, member := range c.d.Duplicates() {
		c.reportKey(member, ruleDuplicate, Error, "%s", duplicateMessage(c.d, member))
	}
	c.source = liquidPage
	for at := range exactjson.Value(c.d.Len()) {
		if c.d.Kind(at) == exactjson.String && (c.d.HasEscapes(at) || strings.ContainsAny(c.d.Raw(at), "{}@")) {
			c.liquid(at)
		}
	}
}

// endOfTag is where the Liquid tag in a string ends that an offset of the text is in, or the string's own text.
func (c *checker) endOfTag(at exactjson.Value, offset int) int {
	last := c.d.End(at) - 1
	rest := c.d.Source()[offset:last]
	for at := 1; at < len(rest); at++ {
		brace := strings.IndexByte(rest[at:], '}')
		if brace < 0 {
			return last
		}
		if at += brace; rest[at-1] == '}' || rest[at-1] == '%' {
			return offset + at + 1
		}
	}
	return last
}

var writtenTag = lazyregexp.New(`\{\{[^{}]*\}\}|\{%[^{}]*%\}`)

var quotedInTag = lazyregexp.New(`'[^']*'`)

// liquid checks the personalisation of a string.
func (c *checker) liquid(at exactjson.Value) {
	written := c.d.Text(at)
	if c.skipsLiquid(at, written) {
		return
	}
	problems := c.liquidOf(at).Check()
	for _, p := range problems {
		if !c.found.drops(p.Rule, p.Severity) {
			offset := c.d.OffsetIn(at, p.Offset)
			c.add(c.path(at, ""), offset, c.endOfTag(at, offset), p.Rule, p.Severity, "%s", p.Message)
		}
	}
	if !c.pasted || !c.d.HasEscapes(at) || len(problems) > 0 || !personalization.HasTags(written) {
		return
	}
	for _, tag := range writtenTag.FindAllString(c.d.Raw(at), -1) {
		if strings.Contains(tag, `\`) {
			severity := Warning
			if tag[1] == '%' || strings.Contains(quotedInTag.ReplaceAllString(tag, ""), `\`) {
				severity = Error // not even an engine that leaves texts as they are reads it
			}
			c.report(at, ruleTagEscape, severity,
				"the tag %s has a backslash, and CleverTap reads tags before JSON is decoded; write the character itself",
				shorten(tag, 60))
			return
		}
	}
}
