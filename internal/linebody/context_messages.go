package linebody

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// recipient is what kind of chat a body goes to.
type recipient int

const (
	recipientUnknown recipient = iota // depends on the user, or is no LINE id
	recipientUser
	recipientChat // a group or a multi-person chat
)

var (
	lineID     = regexp.MustCompile(`^[UCR][0-9a-f]{32}$`)
	almostUser = regexp.MustCompile(`^U([0-9a-fA-F]*|.{32})$`)
)

// recipientOf reads a LINE id (LINE Messaging API documentation, "Get user IDs").
func recipientOf(to string) recipient {
	switch {
	case !lineID.MatchString(to):
		return recipientUnknown
	case to[0] == 'U':
		return recipientUser
	default:
		return recipientChat
	}
}

// recipientID is the body's "to".
type recipientID struct{}

func (recipientID) check(c *checker, at int32) {
	if c.isKind(at, kindString) {
		rule, severity, message := recipientProblem(c.d.text(at))
		if rule != "" {
			c.report(at, rule, severity, "%s", message)
		}
	}
}

// recipientProblem says what is wrong with a "to"; an empty rule says that nothing is. Only the form of a user id is
// documented; the other forms are known from examples.
func recipientProblem(to string) (rule string, severity Severity, message string) {
	switch {
	case to == "":
		return ruleEmpty, Error, "must not be empty"
	case personalization.HasTags(to) || lineID.MatchString(to):
		return "", Error, ""
	case almostUser.MatchString(to):
		return ruleRecipient, Error, "is no LINE user id: U and 32 digits 0-9 and a-f"
	default:
		return ruleRecipient, Warning, "is neither a LINE id (U, C or R and 32 digits 0-9 and a-f) nor personalised"
	}
}

// messages is the body's list of messages.
type messages struct{}

const (
	leastMessages = 1
	mostMessages  = 5
)

func (messages) check(c *checker, at int32) {
	if !c.isKind(at, kindArray) {
		return
	}
	count := c.d.count(at)
	c.items(at, count, leastMessages, mostMessages, "messages")
	for element := range c.d.children(at) {
		c.message(element, int(c.d.nodes[element].name) == count-1)
	}
}

// message checks one message object.
func (c *checker) message(at int32, last bool) {
	c.animated = 0
	source := c.source
	c.source = reference + "message-objects"
	union{of: messageTypes, prefix: "message ", what: "a message", open: true}.check(c, at)
	if c.d.nodes[at].kind == kindObject && !last && c.has(at, "quickReply") {
		quickReply, _ := c.d.member(at, "quickReply")
		c.source = reference + "quick-reply"
		c.report(quickReply, ruleQuickReplyLast, Warning, "is not shown: only the last message's quick reply is")
	}
	c.source = source
}

var reservedName = regexp.MustCompile(`(^|[^A-Za-z])LINE([^A-Za-z]|$)`)

func senderName(c *checker, sender int32) {
	if at, name, ok := c.str(sender, "name"); ok && reservedName.MatchString(name) {
		c.report(at, ruleSenderName, Warning, "contains the word LINE, which LINE reserves")
	}
}

func quoteToken(c *checker, message int32) {
	if at, _, ok := c.str(message, "quoteToken"); ok {
		c.report(at, ruleQuoteToken, Warning, "works only in the chat that the token comes from, so not for many users")
	}
}

// emojiPlaces checks that each emoji's index points at a $ of the text. Behind the first Liquid tag that is open.
func emojiPlaces(c *checker, message int32) {
	_, written, ok := c.str(message, "text")
	emojis, listed := c.list(message, "emojis")
	if !ok || !listed {
		return
	}
	if tag := strings.IndexByte(written, '{'); tag >= 0 && personalization.HasTags(written) {
		written = written[:tag]
		ok = false
	}
	units := utf16.Encode([]rune(written))
	for emoji := range c.d.children(emojis) {
		if c.d.nodes[emoji].kind != kindObject {
			continue
		}
		at, found := c.d.member(emoji, "index")
		if !found || c.d.nodes[at].kind != kindNumber {
			continue
		}
		number := exactNumber(c.d.raw(at))
		index := number.float()
		if !number.whole() || index < 0 || index >= float64(len(units)) && !ok {
			continue
		}
		if index >= float64(len(units)) || units[int(index)] != '$' {
			c.report(at, ruleEmojiIndex, Error, "points at no $: the text has %d UTF-16 code units, counted from 0", len(units))
		}
	}
}

func emojiLength(c *checker, message int32) {
	const safe, most = 4500, 5000
	at, written, ok := c.str(message, "text")
	emojis, listed := c.list(message, "emojis")
	if !ok || !listed || c.d.count(emojis) == 0 || len(written) <= safe {
		return
	}
	if count := codeUnits.count(written); count > safe && count <= most {
		c.report(at, ruleLength, Warning,
			"has %d of at most %d %s, and LINE counts a longer text in place of each emoji", count, most, codeUnits)
	}
}

// substitutions are what stands in for the keys of a text message (v2).
type substitutions struct{}

var substitutionKey = regexp.MustCompile(`^[a-zA-Z0-9_]{1,20}$`)

const mostSubstitutions = 100

const keyForm = "1 to 20 of a-z, A-Z, 0-9 and _"

func (substitutions) check(c *checker, at int32) {
	if !c.isKind(at, kindObject) {
		return
	}
	c.items(at, c.d.count(at), 0, mostSubstitutions, "entries")
	for member := range c.d.children(at) {
		if key := c.d.key(member); !substitutionKey.MatchString(key) {
			c.reportKey(member, ruleTextV2Key, Error, "the key %q must be %s", shorten(key, 60), keyForm)
		}
		union{prefix: "substitution ", what: "a substitution", of: []string{"mention", "emoji"}}.check(c, member)
	}
}

var (
	doubleBraces = regexp.MustCompile(`\{\{[^{}]*\}\}|\{%[^%]*%\}`)
	liquidName   = regexp.MustCompile(`(Profile|Event|ExternalTrigger)\.`)
)

// isLiquidInTextV2 tells a text of a text message (v2) that is meant as Liquid from one that escapes braces for LINE.
func isLiquidInTextV2(written string) bool { return liquidName.MatchString(written) }

// textV2Braces checks the braces of a text message (v2). What stands in double braces is CleverTap's before it is LINE's.
func textV2Braces(c *checker, message int32) {
	at, written, ok := c.str(message, "text")
	if !ok {
		return
	}
	if personalization.HasTags(written) {
		if isLiquidInTextV2(written) {
			c.report(at, ruleTextV2Liquid, Warning,
				"CleverTap renders {{ }} first; a value with { or } in it then breaks this message, so use type text if nothing is substituted")
		} else {
			c.report(at, ruleTextV2Liquid, Warning,
				"{{ and }} escape braces for LINE, but CleverTap reads them as Liquid first, so that LINE does not see them")
		}
		written = doubleBraces.ReplaceAllString(written, "")
	}
	substitution, _ := c.d.member(message, "substitution")
	for rest := written; ; {
		brace := strings.IndexAny(rest, "{}")
		if brace < 0 {
			return
		}
		double := strings.HasPrefix(rest[brace+1:], rest[brace:brace+1])
		after := rest[brace+1:]
		if double {
			rest = after[1:]
			continue
		}
		end := strings.IndexAny(after, "{}")
		if rest[brace] == '}' || end < 0 || after[end] == '{' {
			c.report(at, ruleTextV2Braces, Error, "has a %q without its pair; { and } must be paired, or doubled to stand for themselves",
				rest[brace])
			return
		}
		c.placeholder(at, after[:end], substitution)
		rest = after[end+1:]
	}
}

func (c *checker) placeholder(at int32, key string, substitution int32) {
	if !substitutionKey.MatchString(key) {
		c.report(at, ruleTextV2Key, Error, "the key %q between { and } must be %s", shorten(key, 60), keyForm)
		return
	}
	if substitution != 0 && c.d.nodes[substitution].kind == kindObject {
		if _, found := c.d.member(substitution, key); found {
			return
		}
	}
	c.report(at, ruleTextV2Substitution, Error, "names {%s}, which the substitution lacks", key)
}

// textV2Counts checks how many mentions and emojis a message has.
func textV2Counts(c *checker, message int32) {
	const most = 20
	substitution, ok := c.d.member(message, "substitution")
	if !ok || c.d.nodes[substitution].kind != kindObject || c.d.count(substitution) > mostSubstitutions {
		return
	}
	_, written, _ := c.str(message, "text")
	counts := map[string]int{}
	uses := map[string]int{}
	for _, use := range placeholders.FindAllString(written, -1) {
		uses[strings.Trim(use, "{}")]++
	}
	for member := range c.d.children(substitution) {
		if c.d.nodes[member].kind == kindObject {
			_, kind, _ := c.str(member, "type")
			counts[kind] += max(1, uses[c.d.key(member)])
		}
	}
	for _, kind := range []string{"mention", "emoji"} {
		if counts[kind] > most {
			c.report(substitution, ruleItems, Error, "puts in %d of at most %d %ss", counts[kind], most, kind)
		}
	}
}

var placeholders = regexp.MustCompile(`\{[a-zA-Z0-9_]{1,20}\}`)

func mentionNeedsGroup(c *checker, mention int32) {
	if c.to == recipientUser {
		c.report(mention, ruleMention, Error, "a mention works only in a group or multi-person chat, but \"to\" is a user")
	}
}

func trackingNeedsUser(c *checker, message int32) {
	if at, _, ok := c.str(message, "trackingId"); ok && c.to == recipientChat {
		c.report(at, ruleTracking, Error, "cannot be used when \"to\" is a group or multi-person chat")
	}
}

// areaInsideImage warns of an area that reaches beyond the imagemap's image.
func areaInsideImage(c *checker, area int32) {
	bounds, ok := c.baseSizeAround(area)
	if !ok {
		return
	}
	for _, side := range [][2]string{{"x", "width"}, {"y", "height"}} {
		start, okStart := c.number(area, side[0])
		length, okLength := c.number(area, side[1])
		most, okMost := c.number(bounds, side[1])
		if okStart && okLength && okMost && most > 0 && start >= 0 && start+length > most {
			c.report(area, ruleArea, Warning, "reaches to %g px, beyond the image's %s of %g px", start+length, side[1], most)
		}
	}
}

// baseSizeAround finds the baseSize of the imagemap message that an area is in.
func (c *checker) baseSizeAround(area int32) (int32, bool) {
	for at, ok := c.parent(area); ok; at, ok = c.parent(at) {
		if c.d.nodes[at].kind == kindObject {
			if bounds, found := c.d.member(at, "baseSize"); found {
				return bounds, c.d.nodes[bounds].kind == kindObject
			}
		}
	}
	return 0, false
}

func (c *checker) number(object int32, name string) (float64, bool) {
	at, ok := c.d.member(object, name)
	if !ok || c.d.nodes[at].kind != kindNumber {
		return 0, false
	}
	return exactNumber(c.d.raw(at)).float(), true
}

// skipsLiquid says whether a string's braces are LINE's and not Liquid.
func (c *checker) skipsLiquid(at int32, written string) bool {
	message, ok := c.parent(at)
	if !ok || !c.d.nodes[at].keyed || c.d.key(at) != "text" {
		return false
	}
	_, kind, ok := c.str(message, "type")
	return ok && kind == "textV2" && !isLiquidInTextV2(written)
}

// titledText is a template's text, which must be shorter beside an image or a title.
type titledText struct{ alone, titled int }

func (t titledText) check(c *checker, at int32) {
	most, remark := t.alone, ""
	if around, ok := c.parent(at); ok && slices.ContainsFunc([]string{"thumbnailImageUrl", "title"}, func(name string) bool {
		return c.has(around, name)
	}) {
		most, remark = t.titled, " beside an image or a title"
	}
	text{unit: graphemes, min: 1, max: most, remark: remark}.check(c, at)
}

// equalColumns checks that all columns of a carousel are alike.
func equalColumns(c *checker, carousel int32) {
	columns, ok := c.list(carousel, "columns")
	if !ok {
		return
	}
	first, differs := int32(0), map[string]bool{}
	for column := range c.d.children(columns) {
		if c.d.nodes[column].kind != kindObject {
			continue
		}
		if first == 0 {
			first = column
			continue
		}
		for _, name := range []string{"thumbnailImageUrl", "title"} {
			if !differs[name] && c.has(column, name) != c.has(first, name) {
				differs[name] = true
				c.report(column, ruleColumns, Error, "all columns must have %s, or none", name)
			}
		}
		actions, ok := c.list(column, "actions")
		wanted, okFirst := c.list(first, "actions")
		if !differs["actions"] && ok && okFirst && c.d.count(actions) != c.d.count(wanted) {
			differs["actions"] = true
			c.report(actions, ruleColumns, Error, "has %d actions, but the first column has %d; all columns must have as many",
				c.d.count(actions), c.d.count(wanted))
		}
	}
}
