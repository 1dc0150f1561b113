package linebody

import (
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// recipient is what kind of chat a body goes to.
type recipient int

const (
	recipientUnknown recipient = iota // depends on the user, or is no LINE id
	recipientProfile                  // a profile's property
	recipientUser
	recipientChat // a group or a multi-person chat
)

var (
	lineID     = regexp.MustCompile(`^[UCR][0-9a-f]{32}$`)
	almostUser = regexp.MustCompile(`^U([0-9a-fA-F]*|.{32})$`)
	ofProfile  = regexp.MustCompile(`\{\{-?\s*Profile[.\[]`)
)

// recipientOf reads a LINE id (LINE Messaging API documentation, "Get user IDs").
func recipientOf(to string) recipient {
	switch {
	case ofProfile.MatchString(to):
		return recipientProfile
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

func (recipientID) check(c *checker, at exactjson.Value) {
	if c.isKind(at, exactjson.String) {
		rule, severity, message := recipientProblem(c.d.Text(at))
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

func (messages) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.Array) {
		return
	}
	count := c.d.Count(at)
	c.items(at, count, leastMessages, mostMessages, "messages")
	for element := range c.d.Children(at) {
		c.message(element, c.d.Index(element) == count-1)
	}
}

// message checks one message object.
func (c *checker) message(at exactjson.Value, last bool) {
	c.animated = 0
	source := c.source
	c.source = reference + "message-objects"
	c.all.messages.check(c, at)
	if c.d.Kind(at) == exactjson.Object && !last && c.has(at, "quickReply") {
		quickReply, _ := c.d.Member(at, "quickReply")
		c.source = reference + "quick-reply"
		c.report(quickReply, ruleQuickReplyLast, Warning, "is not shown: only the last message's quick reply is")
	}
	c.source = source
}

var reservedName = regexp.MustCompile(`(^|[^A-Za-z])LINE([^A-Za-z]|$)`)

func senderName(c *checker, sender exactjson.Value) {
	if at, name, ok := c.str(sender, "name"); ok && reservedName.MatchString(name) {
		c.report(at, ruleSenderName, Warning, "contains the word LINE, which LINE reserves")
	}
}

func quoteToken(c *checker, message exactjson.Value) {
	if at, _, ok := c.str(message, "quoteToken"); ok {
		c.report(at, ruleQuoteToken, Warning, "works only in the chat that the token comes from, so not for many users")
	}
}

// emojiPlaces checks that each emoji's index points at a $ of the text. Behind the first Liquid tag that is open.
func emojiPlaces(c *checker, message exactjson.Value) {
	_, written, ok := c.str(message, "text")
	emojis, listed := c.list(message, "emojis")
	if !ok || !listed {
		return
	}
	personalised := personalization.HasTags(written)
	if personalised {
		written, _, _ = strings.Cut(written, "{")
	}
	units := utf16.Encode([]rune(written))
	for emoji := range c.d.Children(emojis) {
		if c.d.Kind(emoji) != exactjson.Object {
			continue
		}
		at, found := c.d.Member(emoji, "index")
		if !found || c.d.Kind(at) != exactjson.Number {
			continue
		}
		number := c.d.Number(at)
		index := number.Float()
		beyond := index >= float64(len(units))
		if !number.IsWhole() || index < 0 || beyond && personalised {
			continue
		}
		if beyond || units[int(index)] != '$' {
			c.report(at, ruleEmojiIndex, Error, "points at no $ of the text, which has %d UTF-16 code units, counted from 0",
				len(units))
		}
	}
}

func emojiLength(c *checker, message exactjson.Value) {
	const safe, most = 4500, 5000
	at, written, ok := c.str(message, "text")
	emojis, listed := c.list(message, "emojis")
	if !ok || !listed || c.d.Count(emojis) == 0 || len(written) <= safe {
		return
	}
	if count := codeUnits.count(written); count > safe && count <= most {
		c.report(at, ruleLength, Warning,
			"has %d of at most %d %s, and LINE counts a longer text in place of each emoji", count, most, codeUnits)
	}
}

func mentionNeedsGroup(c *checker, mention exactjson.Value) {
	const where = "a mention works only in a group or multi-person chat, but \"to\" is "
	switch c.to {
	case recipientUser:
		c.report(mention, ruleMention, Error, where+"a user")
	case recipientProfile:
		c.report(mention, ruleMention, Warning, where+"a profile's property, which is nearly always a user's id")
	}
}

func trackingNeedsUser(c *checker, message exactjson.Value) {
	if at, _, ok := c.str(message, "trackingId"); ok && c.to == recipientChat {
		c.report(at, ruleTracking, Error, "cannot be used when \"to\" is a group or multi-person chat")
	}
}

// areaInsideImage warns of an area that reaches beyond the imagemap's image.
func areaInsideImage(c *checker, area exactjson.Value) {
	bounds, ok := c.baseSizeAround(area)
	if !ok {
		return
	}
	for _, side := range [][2]string{{"x", "width"}, {"y", "height"}} {
		start, okStart := c.number(area, side[0])
		length, okLength := c.number(area, side[1])
		most, okMost := c.number(bounds, side[1])
		if okStart && okLength && okMost && most > 0 && start >= 0 && start+length > most {
			c.report(area, ruleArea, Warning, "reaches to %g px, beyond the image's %s of %g px",
				start+length, side[1], most)
		}
	}
}

// baseSizeAround finds the baseSize of the imagemap message that an area is in.
func (c *checker) baseSizeAround(area exactjson.Value) (exactjson.Value, bool) {
	for at, ok := c.parent(area); ok; at, ok = c.parent(at) {
		if c.d.Kind(at) == exactjson.Object {
			if bounds, found := c.d.Member(at, "baseSize"); found {
				return bounds, c.d.Kind(bounds) == exactjson.Object
			}
		}
	}
	return 0, false
}

func (c *checker) number(object exactjson.Value, name string) (float64, bool) {
	at, ok := c.d.Member(object, name)
	if !ok || c.d.Kind(at) != exactjson.Number {
		return 0, false
	}
	return c.d.Number(at).Float(), true
}
