package personalization

// Severity says what a problem does to a message.
type Severity int

const (
	// Error is a problem for which a message is refused or arrives spoiled.
	Error Severity = iota
	// Warning is a problem that may be intended, or that spoils a message only for some users.
	Warning
)

// String is "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Problem is one thing that is wrong with a personalised text.
type Problem struct {
	// Offset is the place in bytes from the beginning of the text.
	Offset int
	// Rule is the stable name of the rule, in kebab case.
	Rule string
	// Severity is Error or Warning.
	Severity Severity
	// Message says what is wrong and what to write instead.
	Message string
}

// Names of the rules.
const (
	ruleUnbalanced = "liquid-unbalanced"
	ruleSyntax     = "liquid-syntax"
	ruleTag        = "liquid-tag"
	ruleFilter     = "liquid-filter"
	ruleName       = "liquid-name"
	ruleDefault    = "liquid-default"
	ruleEscape     = "liquid-escape"
	rulePicker     = "picker-token"
)

// Rules are the names of all rules.
func Rules() []string {
	return []string{
		ruleUnbalanced, ruleSyntax, ruleTag, ruleFilter, ruleName, ruleDefault, ruleEscape, rulePicker,
	}
}
