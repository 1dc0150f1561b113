package linebody

import "github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"

// The tables in the rules_*.go files say what LINE's reference says, one schema for each object, in the reference's
// words and order. This file says what a schema is made of; values.go and forms.go say what a property may hold.

// RulesDate is the day of the state of LINE's reference that the rules follow.
const RulesDate = "2026-08-07"

// Pages of LINE's documentation that state the rules.
const (
	reference  = "https://developers.line.biz/en/reference/messaging-api/#"
	bodySource = reference + "send-push-message-request-body"
	flexLayout = "https://developers.line.biz/en/docs/messaging-api/flex-message-layout/#"
)

// schema is one object of LINE's reference.
type schema struct {
	name       string // unique; that of an object with a type is a prefix for its kind and the type: "message text"
	title      string // as a message calls it: "a text message"
	only       string // where alone it works, of an action or component that does not work everywhere: "in a quick reply"
	boxes      boxes  // of a component
	anchor     string // where the reference describes it
	properties []property
	checks     []check           // rules about several properties, or about the object's place
	foreign    map[string]string // properties that are wrong here, and why
	// near recognises what people write in the object's place, and says how it becomes the object; else it says nothing.
	near func(c *checker, o subject) string

	source string         // the address of the anchor
	byName map[string]int // the index of each property
}

// property is one property of an object.
type property struct {
	name   string
	need   need
	value  value
	source string // where LINE describes it, when that is elsewhere than the object
}

// need says what it means when a property is missing.
type need int

const (
	optional        need = iota
	required             // LINE refuses the object without it
	expected             // LINE documents it as optional, but the object does nothing without it
	requiredByPlace      // an action's label, whose need depends on where the action is
)

// value is what a property may hold.
type value interface {
	// check reports what is wrong with the value at the index, each fault once.
	check(c *checker, at exactjson.Value)
	// render writes the value as a JSON Schema, which accepts all of which check reports no error.
	render(r *renderer) node
}

// check is a rule with a name of its own. It looks at an object whose properties have been checked one by one, and
// sees their values as a [subject] gives them.
type check struct {
	run  func(c *checker, o subject)
	note string // the rule as the JSON Schema tells it, which cannot check it
}

// Rules of several objects.
var (
	quoteTokens = check{quoteToken, "A quoteToken works only in the chat that it comes from, so not for many users"}
	inBaseline  = check{baselineChild, "gravity and offsetBottom have no effect in a baseline box"}
)

// The prefixes of the kinds of objects whose types are not listed anywhere: a type is there if it has a table.
const (
	messagePrefix   = "message "
	actionPrefix    = "action "
	componentPrefix = "flex "
)

// with is a list of properties that several objects share, joined to an object's own.
func with(properties []property, shared ...[]property) []property {
	joined := append([]property(nil), properties...)
	for _, more := range shared {
		joined = append(joined, more...)
	}
	return joined
}
