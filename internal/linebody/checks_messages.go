package linebody

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
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
	lineID     = lazyregexp.New(`^[UCR][0-9a-f]{32}$`)
	almostUser = lazyregexp.New(`^U([0-9a-fA-F]*|.{32})$`)
	ofProfile  = lazyregexp.New(`\{\{-?\s*Profile[.\[]`)
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
		if v := recipientProblem(c.d.Text(at)); v.rule != "" {
			c.report(at, v.rule, v.severity, "%s", v.message)
		}
	}
}

// recipientProblem says what is wrong with a "to". Only the form of a user id is documented; the other forms are known from
// examples.
func recipientProblem(to string) verdict {
	switch {
	case to == "":
		return verdict{ruleEmpty, Error, "must not be empty"}
	case personalization.HasTags(to):
		return personalisedRecipient(to)
	case lineID.MatchString(to):
		return verdict{}
	case almostUser.MatchString(to):
		return verdict{ruleRecipient, Error, "is no LINE user id: U and 32 digits 0-9 and a-f"}
	default:
		return verdict{ruleRecipient, Warning, "is neither a LINE id (U, C or R and 32 digits 0-9 and a-f) nor personalised"}
	}
}

// usualRecipient is the way that nearly all write it.
var usualRecipient = lazyregexp.New(`^\{\{ *Profile\.\w+ *\| *default: *'([^'{} ]+)' *\}\}$`)

// personalisedRecipient says what is wrong with a "to" whatever the user's LINE id is. A default that is no LINE id is
// CleverTap's own advice: LINE refuses it, so that nobody else gets the message.
func personalisedRecipient(to string) verdict {
	if usual := usualRecipient.FindStringSubmatch(to); len(usual) == 2 && !lineID.MatchString(usual[1]) {
		return verdict{}
	}
	variants, ok := personalization.Parse(to).Variants()
	if !ok {
		return verdict{}
	}
	if variants.MayBeEmpty() {
		return verdict{ruleEmpty, Warning, "is empty for some users; write a default such as 'N.A'"}
	}
	readings, coverage := variants.Readings()
	var personal, oneID, none bool
	isTrimmed := func(reading string) bool { return strings.TrimSpace(reading) == reading }
	if len(readings) > 0 && !slices.ContainsFunc(readings, isTrimmed) && coverage == personalization.AllReadings {
		return verdict{ruleRecipient, Error, "has a space beside the LINE id of all users, which makes it another id; leave it out"}
	}
	for _, reading := range readings {
		switch id := strings.TrimSpace(reading); {
		case id == personalization.Hole && reading != id:
			return verdict{ruleRecipient, Warning, "has a space beside the LINE id, which makes it another id; leave it out"}
		case almostUser.MatchString(id) && !lineID.MatchString(id):
			return verdict{ruleRecipient, Warning, "is no LINE user id for some users: U and 32 digits 0-9 and a-f"}
		case strings.Contains(reading, personalization.Hole) && id != personalization.Hole:
			return verdict{ruleRecipient, Warning, "has more in it than the LINE id; what stands or leaves a space beside it makes it another id"}
		case lineID.MatchString(id):
			oneID = true
		default:
			none = true
		}
		personal = personal || strings.Contains(reading, personalization.Hole)
	}
	switch {
	case personal && oneID:
		return verdict{ruleRecipient, Warning, "is one and the same LINE id for all users without one of their own, so that one person gets " +
			"the messages of all of them; write a default that is no id, such as 'N.A', which LINE refuses"}
	case oneID && none:
		return verdict{ruleRecipient, Warning, "is one and the same LINE id for all users of a branch, so that one person gets the messages of " +
			"all of them; write {{ Profile.LineID | default: 'N.A' }}"}
	case !personal && !oneID:
		return verdict{ruleRecipient, Warning, "is a LINE id for nobody; write {{ Profile.LineID | default: 'N.A' }}"}
	}
	return verdict{}
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
	if quickReply, ok := (subject{at: at, c: c}).member("quickReply"); ok && !last {
		c.source = reference + "quick-reply"
		c.report(quickReply, ruleQuickReplyLast, Warning, "is not shown: only the last message's quick reply is")
	}
	c.source = source
}

// userID is the id of a user who is mentioned, the one form of an id that LINE documents.
type userID struct{}

func (userID) check(c *checker, at exactjson.Value) {
	if c.isKind(at, exactjson.String) && c.d.Text(at) == "" {
		c.notEmpty(at, Error)
		return
	}
	c.form(at, "a LINE user id: U and 32 digits 0-9 and a-f", func(text string) bool {
		return lineID.MatchString(text) && text[0] == 'U'
	}, nil)
}

// baseURL is an imagemap's address, to which LINE adds the width that it wants.
type baseURL struct{}

var namesAnImage = lazyregexp.New(`(?i)(\.(png|jpe?g|gif|webp|bmp)|/(240|300|460|700|1040)/?)$`)

func (baseURL) check(c *checker, at exactjson.Value) {
	address := mediaURL()
	address.check(c, at)
	if c.d.Kind(at) != exactjson.String {
		return
	}
	c.judge(at, func(reading string, open bool) verdict {
		path, _, query := strings.Cut(reading, "?")
		switch {
		case address.judge(reading, open).rule != "":
			return verdict{}
		case namesAnImage.MatchString(path):
			return verdict{ruleBaseURL, Warning, fmt.Sprintf(
				"ends with %s, but LINE adds /240, /300, /460, /700 or /1040 itself; write the address before that, without an extension",
				path[strings.LastIndexAny(path, "./"):])}
		case strings.HasSuffix(path, "/"):
			return verdict{ruleBaseURL, Warning, "ends with /, and LINE adds another and the width; take it out"}
		case query || strings.Contains(reading, "#"):
			return verdict{ruleBaseURL, Warning, "has a query or fragment, but LINE adds the width to the end of the address"}
		}
		return verdict{}
	})
}

var reservedName = lazyregexp.New(`(^|[^A-Za-z])LINE([^A-Za-z]|$)`)

func senderName(c *checker, sender subject) {
	if at, _, ok := sender.written("name"); ok {
		c.judge(at, func(reading string, _ bool) verdict {
			if reservedName.MatchString(reading) {
				return verdict{ruleSenderName, Warning, "contains the word LINE, which LINE reserves"}
			}
			return verdict{}
		})
	}
}

func quoteToken(c *checker, message subject) {
	if at, ok := message.member("quoteToken"); ok {
		c.report(at, ruleQuoteToken, Warning, "works only in the chat that the token comes from, so not for many users")
	}
}

// emojiPlaces checks that each emoji's index points at a $ of the text, and each at one of its own. Behind the first Liquid
// tag nobody knows what stands where.
func emojiPlaces(c *checker, message subject) {
	_, written, ok := message.written("text")
	emojis, listed := message.list("emojis")
	if !ok || !listed {
		return
	}
	personalised := personalization.HasTags(written)
	if personalised {
		written = beforeTags(written)
	}
	units := utf16.Encode([]rune(written))
	taken := map[float64]bool{}
	for emoji := range c.d.Children(emojis) {
		at, index, ok := subject{at: emoji, c: c, s: c.all.tables["text emoji"]}.number("index")
		if !ok {
			continue
		}
		beyond := index >= float64(len(units))
		switch {
		case taken[index]:
			c.report(at, ruleEmojiIndex, Warning, "points where another emoji's index points already")
		case beyond && personalised:
			c.report(at, ruleEmojiIndex, Warning,
				"lies behind a Liquid tag, so that its place depends on the user; put emojis before the first tag, which begins at %d", len(units))
		case beyond || units[int(index)] != '$':
			c.report(at, ruleEmojiIndex, Error, "points at no $ of the text, which has %d UTF-16 code units, counted from 0",
				len(units))
		}
		taken[index] = true
	}
}

// beforeTags is what a text says before its first Liquid tag.
func beforeTags(written string) string {
	fixed, _, _ := strings.Cut(written, "{{")
	fixed, _, _ = strings.Cut(fixed, "{%")
	return fixed
}

func emojiLength(c *checker, message subject) {
	const safe, most = 4500, 5000
	at, written, ok := message.text("text")
	emojis, listed := message.list("emojis")
	if !ok || !listed || c.d.Count(emojis) == 0 || len(written) <= safe {
		return
	}
	if count := codeUnits.count(written); count > safe {
		c.report(at, ruleLength, Warning,
			"has %d of at most %d %s, and LINE counts a longer text in place of each emoji", count, most, codeUnits)
	}
}

func mentionNeedsGroup(c *checker, mention subject) {
	const where = "a mention works only in a group or multi-person chat, but \"to\" is "
	switch c.to {
	case recipientUser:
		c.report(mention.at, ruleMention, Error, where+"a user")
	case recipientProfile:
		c.report(mention.at, ruleMention, Warning, where+"a profile's property, which is nearly always a user's id")
	}
}

func trackingNeedsUser(c *checker, message subject) {
	if at, ok := message.member("trackingId"); ok && c.to == recipientChat {
		c.report(at, ruleTracking, Error, "cannot be used when \"to\" is a group or multi-person chat")
	}
}

// areaInsideImage warns of an area that reaches beyond the imagemap's image, and of one that nobody can tap.
func areaInsideImage(c *checker, area subject) {
	bounds, found := c.baseSizeAround(area)
	for _, side := range [][2]string{{"x", "width"}, {"y", "height"}} {
		_, start, okStart := area.number(side[0])
		at, length, okLength := area.number(side[1])
		if okLength && length == 0 {
			c.report(at, ruleArea, Warning, "is 0 px, so that nobody can tap the area")
			continue
		}
		if !found || !okStart || !okLength {
			continue
		}
		if _, most, ok := bounds.number(side[1]); ok && start+length > most {
			c.report(area.at, ruleArea, Warning, "reaches to %g px, beyond the image's %s of %g px",
				start+length, side[1], most)
		}
	}
}

// baseSizeAround finds the baseSize of the imagemap message that an area is in.
func (c *checker) baseSizeAround(area subject) (subject, bool) {
	for o, ok := area.outer(); ok; o, ok = o.outer() {
		if at, found := o.object("baseSize"); found {
			return subject{at: at, c: c, s: c.all.tables["imagemap size"]}, true
		}
	}
	return subject{}, false
}
