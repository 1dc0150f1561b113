package report

// ofExpressions are the summaries of errors in expressions that tell values. The marks of an address are not theirs: a condition
// reads what else there is.
var ofExpressions = []string{"Duplicate object key", "Error in function call", "Invalid function argument"}

// wordsOfTheConfiguration are summaries of Terraform's and OpenTofu's whose details name what stands in the configuration, and no
// value. Messages of conditions that are sensitive are withheld by Terraform itself.
var wordsOfTheConfiguration = []string{
	"Argument or block definition required", "Call to unknown function", "Check block assertion failed",
	"Error acquiring the state lock", "Error message refers to sensitive values", "Inconsistent dependency lock file",
	"Invalid count argument", "Invalid expression", "Invalid for_each argument", "Invalid index", "Invalid reference",
	"Missing required argument", "Missing required provider",
	"Module not installed", "Module output value precondition failed", "No value for required variable",
	"Not enough function arguments", "Reference to undeclared input variable", "Reference to undeclared local value",
	"Reference to undeclared module", "Reference to undeclared resource", "Resource postcondition failed",
	"Resource precondition failed", "Too many function arguments", "Unsupported argument", "Unsupported attribute",
	"Unsupported block type",
}

// fixedSummaries are summaries, the provider's and those of expressions, that hold no value once what they quote is cut.
var fixedSummaries = append([]string{
	"A catalog is read by CleverTap alone", "A credential in plain sight", "A message is null", "Authentication given twice",
	"Cannot issue a LINE channel access token", "Cannot read LINE IDs from CleverTap", "Cannot read the bot's information from LINE",
	"Cannot read the follower IDs from LINE", "Cannot read the message quota from LINE", "Cannot read the profile from CleverTap",
	"Cannot read the profile properties from CleverTap", "Cannot read the unit names from LINE", "Cannot write LINE IDs to CleverTap",
	"CleverTap does not show all LINE IDs yet", "CleverTap is not asked for this period", "Entry of the wrong form",
	"Header given twice", "Header of the wrong form", "Header without a value", "LINE could not be asked about the messages",
	"LINE has no statistics for this period", "LINE refuses this message", "LINE takes no user name and password",
	"LINE would refuse this message", "LINE's tokens are for LINE", "Missing argument", "Missing for the grant type",
	"More entries of the wrong form", "Not asked for", "Secret header of the wrong form", "Secret header without a value",
	"Several campaigns have the name (not shown)", "The body cannot be built", "The body has messages from two places",
	"The body has no messages", "The import ID cannot be read", "The key of the attributes is not known",
	"The message cannot be put to LINE", "The messages cannot be published", "The messages do not fit into a catalog",
	"The property is spelled otherwise", "The recipient cannot be written into the body", "The secret headers have no version",
	"The version of a secret moved without a value", "The version of the secret headers moved without a value",
	"The versions are those of the linked messages", "There is a LINE campaign body (not shown) already",
	"There is a Linked Content API (not shown) already", "There is a set of LINE linked messages (not shown) already",
	"There is a webhook template (not shown) already", "Too many profiles for one resource", "Two names to count the messages under",
	"Two resources are to create the LINE campaign body (not shown)",
	"Two resources are to create the Linked Content API (not shown)",
	"Two resources are to create the set of LINE linked messages (not shown)",
	"Two resources are to create the webhook template (not shown)",
}, ofExpressions...)
