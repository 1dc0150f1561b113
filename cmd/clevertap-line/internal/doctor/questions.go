package doctor

// question is the id of one of the open questions. The guide "What only a live account can answer" has the same id before the
// question.
type question string

// The questions that can be answered here.
const (
	templateDestination question = "template-destination"
	lineIDSpelling      question = "line-id-spelling"
	followerIDs403      question = "follower-ids-403"
	statelessToken      question = "stateless-token"
	lineOAuth2          question = "line-oauth2"
	missingProfile      question = "missing-profile"
	propertyType        question = "property-type"
	reportCampaigns     question = "report-campaigns"
	reportWords         question = "report-words"
	reportEmpty         question = "report-empty"
	quotaNone           question = "quota-none"
	failedFetch         question = "failed-fetch"
	abort               question = "abort"
	labelEscaping       question = "label-escaping"
	arrayElements       question = "array-elements"
	labelComparisons    question = "label-comparisons"
	bodyFormat          question = "body-format"
	campaignTest        question = "campaign-test"
	contentErrors       question = "content-errors"
	catalogReads        question = "catalog-reads"
	catalogFeature      question = "catalog-feature"
	catalogHeaders      question = "catalog-headers"
)

// questions are all of them, in the words and in the order of the guide.
var questions = []struct {
	id   question
	text string
}{
	{templateDestination, "Does CleverTap save a webhook template whose destination does not answer 200 to the test payload?"},
	{lineIDSpelling, "Is `LineID` the same property as `lineID`?"},
	{followerIDs403, "What is the body of LINE's 403 for follower IDs?"},
	{statelessToken, "Can a stateless token be verified with `/oauth2/v2.1/verify`?"},
	{lineOAuth2, "Does CleverTap get LINE's stateless tokens with *Client Credentials with JWT*?"},
	{missingProfile, "What does CleverTap answer for a profile that does not exist?"},
	{propertyType, "What is the type of a property called in the schema?"},
	{reportCampaigns, "Which campaigns does CleverTap's message report of a period have?"},
	{reportWords, "Which words, and which time zone, does the report use for status, channel, delivery and start?"},
	{reportEmpty, "How does the report say that it has no campaigns?"},
	{quotaNone, "Does LINE's limit of `none` mean that nothing limits the messages, or that no target was set above the free ones?"},
	{failedFetch, "Does a failed fetch stop the message, or does it leave the labels empty?"},
	{abort, "Does `{% abort %}` work inside the custom body of a webhook?"},
	{labelEscaping, "Are printed labels escaped, for HTML or JSON?"},
	{arrayElements, "Can an element of an array label be printed, as in `Linked.X.parts[0]`?"},
	{labelComparisons, "Are `==` and `and` with labels of Linked Content the same as with properties?"},
	{bodyFormat, "Does the dashboard save a custom body of the format JSON that is no JSON before it is rendered?"},
	{campaignTest, "Can a webhook campaign with personalised Linked Content be tested?"},
	{contentErrors, "Which errors of Linked Content do the statistics of a webhook campaign show?"},
	{catalogReads, "May Linked Content read CleverTap's own API (`/v2/catalogs/…`)?"},
	{catalogFeature, "Is the feature on, in which plans and regions?"},
	{catalogHeaders, "Which headers do the pages about catalogs want?"},
}
