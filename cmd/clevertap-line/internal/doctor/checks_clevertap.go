package doctor

// What is asked of CleverTap, and of what is served to it.
var (
	credentials = &check{id: "credentials", title: "CleverTap's credentials and region", answers: []answer{
		{id: "taken", is: well, found: "CleverTap takes them."},
		{id: "refused", is: off, found: "CleverTap refuses the account ID, the passcode or the region.",
			next: "Compare them with the settings in CleverTap's dashboard. Its address begins with the region."},
		{id: "no-right", is: off, found: "CleverTap takes them, and gives no right to read the schema.",
			next: "Make a passcode that has the right. API access is part of CleverTap's paid plans."},
	}}
	property = &check{id: "property", title: "The profile property of LINE IDs", answers: []answer{
		{id: "there", is: well, found: "CleverTap's schema has it as it is spelled."},
		{id: "both", is: well, found: "CleverTap's schema has it as it is spelled, and another one that differs in upper and lower case alone.",
			next:   "Look which of the two the profiles have.",
			learnt: []lesson{{of: lineIDSpelling, text: "No: the schema has two properties that differ in upper and lower case alone."}}},
		{id: "otherwise", is: off, found: "CleverTap's schema has it in another case alone.",
			next: "Set `profile_property`, and `--property` here, to the spelling that the schema has."},
		{id: "missing", is: off, found: "CleverTap's schema does not have it: no profile has a LINE ID in it yet.",
			next: "Upload one, with `clevertap-line profiles upload` or `clevertap_line_profiles`."},
	}}
	propertyTypeKey = &check{id: "property-type", title: "The property's type", answers: []answer{
		{id: "type", is: well, found: "The schema tells it under the key `type`.", learnt: []lesson{{of: propertyType, text: "`type`."}}},
		{id: "dataType", is: well, found: "The schema tells it under the key `dataType`.",
			learnt: []lesson{{of: propertyType, text: "`dataType`."}}},
		{id: "neither", is: well, found: "The schema tells it neither under `type` nor under `dataType`.",
			learnt: []lesson{{of: propertyType, text: "Neither `type` nor `dataType`."}}},
	}}
	profile = &check{id: "profile", title: "One profile", answers: []answer{
		{id: "has-line-id", is: well, found: "It has a LINE ID in the property."},
		{id: "other-form", is: off, found: "It has something else than a LINE ID in the property.",
			next: "A LINE ID is U and 32 hexadecimal digits in lower case. Upload that."},
		{id: "without", is: off, found: "It has nothing in the property.", next: "Upload its LINE ID."},
		{id: "absent", is: off, found: "There is no such profile.", next: "Compare the identity with the dashboard's."},
	}}
	noProfile = &check{id: "missing-profile", title: "A profile that does not exist", answers: []answer{
		{id: "empty", is: well, found: "It is a success without a record.",
			learnt: []lesson{{of: missingProfile, text: "A success without a record."}}},
		{id: "not-found", is: well, found: "It is a 404 in CleverTap's form.",
			learnt: []lesson{{of: missingProfile, text: "A 404 in CleverTap's form."}}},
		{id: "failure", is: well, found: "It is a failure that says so.",
			learnt: []lesson{{of: missingProfile, text: "A failure with another status than 404 that says so."}}},
		{id: "refused", is: unclear, found: "It is a failure that does not say so in words that are known.",
			next:   "If this is not a passing failure, say so in an issue, with the words that the terminal showed.",
			learnt: []lesson{{of: missingProfile, text: "A failure that does not say so in words that are known."}}},
	}}
	catalog = &check{id: "catalog", title: "The catalog", answers: []answer{
		{id: "there", is: well, found: "CleverTap describes it, and it is active.", learnt: []lesson{
			{of: catalogFeature, text: "It is on."}, {of: catalogHeaders, text: "Both pairs of headers, sent together, are taken for a catalog."},
		}},
		{id: "inactive", is: off, found: "It is not active.", next: "Make it active in CleverTap's dashboard.",
			learnt: []lesson{{of: catalogFeature, text: "It is on."}}},
		{id: "missing", is: off, found: "CleverTap has no such catalog.", next: "Compare the ID with the dashboard's.",
			learnt: []lesson{{of: catalogFeature, text: "It seems to be on: what is refused is the catalog, as missing."}}},
		{id: "refused", is: off, found: "CleverTap refuses to show it.",
			next:   "Ask CleverTap to enable the Catalogs feature. If it is enabled, the passcode has no right to it.",
			learnt: []lesson{{of: catalogFeature, text: "It is not, or the passcode has no right to it."}}},
	}}
	report = &check{id: "report", title: "CleverTap's message report", answers: []answer{
		{id: "campaigns", is: well, found: "It has campaigns of the last two weeks."},
		{id: "none", is: well, found: "It has no campaigns of the last two weeks.",
			learnt: []lesson{{of: reportEmpty, text: "With an empty list."}}},
		{id: "refused", is: off, found: "CleverTap refuses it.", next: "Make a passcode that has the right to it."},
	}}
	reportsWords = &check{id: "report-words", title: "The report's words", answers: []answer{
		{id: "documented", is: well, found: "Status, channel and delivery are in the words of requests.",
			learnt: []lesson{{of: reportWords, text: "Status, channel and delivery are in the words of requests."}}},
		{id: "other-case", is: well, found: "Status, channel and delivery are in the words of requests, spelled in another way.",
			learnt: []lesson{{of: reportWords, text: "Status, channel and delivery are in the words of requests, but for upper and lower case, " +
				"white space, `-` and `_`."}}},
		{id: "other", is: well, found: "Status, channel or delivery has a word that requests do not have.",
			next:   "Say so in an issue, with the words that the terminal showed.",
			learnt: []lesson{{of: reportWords, text: "Status, channel or delivery has a word that requests do not have."}}},
	}}
	reportsStart = &check{id: "report-start", title: "The report's starts", answers: []answer{
		{id: "documented", is: well, found: "They are written as `02 Jan, 2006 15:04:05`.",
			learnt: []lesson{{of: reportWords, text: "Starts are written as `02 Jan, 2006 15:04:05`, without a time zone."}}},
		{id: "other", is: well, found: "They are written in another form than `02 Jan, 2006 15:04:05`.",
			learnt: []lesson{{of: reportWords, text: "Starts are written in another form than `02 Jan, 2006 15:04:05`."}}},
	}}
	reportsOlder = &check{id: "report-older", title: "The report's period", answers: []answer{
		{id: "older", is: well, found: "It has campaigns that started before its days.",
			learnt: []lesson{{of: reportCampaigns, text: "Not only those that started in it: some started before."}}},
		{id: "within", is: well, found: "All its campaigns started within its days.",
			learnt: []lesson{{of: reportCampaigns, text: "All that it has started in it."}}},
	}}

	served = &check{id: "served", title: "What is served to CleverTap", answers: []answer{
		{id: "well", is: well, found: "It is a document of messages that can be sent."},
		{id: "no-answer", is: unclear, found: "There is no answer within the five seconds that CleverTap waits.",
			next: "Look whether the server can be reached from here, and from elsewhere."},
		{id: "forbidden", is: unclear, found: "This run may not read it.",
			next: "If the server wants a header from CleverTap, give it here, too. Else look at the access to the published files."},
		{id: "missing", is: off, found: "Nothing is served there.", next: "Compare the URL with the place of the publish store."},
		{id: "redirect", is: off, found: "It is a redirect, which CleverTap does not follow.", next: "Give the URL that answers by itself."},
		{id: "other-status", is: off, found: "The answer has another status than 200, which CleverTap does not take.",
			next: "Look at the server's log."},
		{id: "page", is: off, found: "It is a page of HTML.", next: "Give the URL of a document."},
		{id: "no-document", is: off, found: "It is no document of published messages.", next: "Give the URL of a document."},
		{id: "other-type", is: off, found: "Its Content-Type is not that of JSON.", next: "Serve it as `application/json; charset=utf-8`."},
		{id: "no-charset", is: off, found: "It holds other characters than ASCII, and its Content-Type names no charset.",
			next: "Serve it as `application/json; charset=utf-8`, and apply: somebody edited the file."},
		{id: "not-sendable", is: off, found: "Its messages are not those that were published.", next: "Apply: somebody edited the file."},
		{id: "older", is: off, found: "It has other messages than the publish store.",
			next: "Wait as long as the CDN keeps an answer, and give the same command again."},
	}}
	caching = &check{id: "caching", title: "How long caches keep it", answers: []answer{
		{id: "short", is: well, found: "The answer may be kept for five minutes at most."},
		{id: "long", is: off, found: "The answer may be kept for longer than the five minutes that CleverTap itself keeps it.",
			next: "Serve it with `Cache-Control: max-age=60`, or a change comes late."},
		{id: "unsaid", is: well, found: "The answer does not say how long it may be kept.",
			next: "Serve it with `Cache-Control: max-age=60`, unless the CDN is told otherwise."},
	}}
)
