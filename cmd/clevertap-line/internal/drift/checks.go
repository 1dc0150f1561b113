package drift

// check is one thing that can be told of what Terraform declares and the world has. The guide "Drift, and what can be known
// of a dashboard without an API" has the same table.
type check struct {
	id string
	// proves is what a finding proves, and what not; next what to do about it.
	proves, next string
	// off says that a finding is drift. The others are told, and change no exit code.
	off bool
}

// nothing is to be done.
const nothing = "Nothing."

// The checks, in the order in which they are told of one object.
var (
	documentEdited = check{off: true, id: "document-edited",
		proves: "Somebody changed the document in the store by hand: it is not whole any more, or its content is not the one " +
			"that its content_sha256 is of.",
		next: "Apply: Terraform writes what is declared. To keep the edit, put it into the configuration first."}
	receiptEdited = check{off: true, id: "receipt-edited",
		proves: "The receipt does not say what was entered: somebody changed it by hand, or wrote it of a document that was edited.",
		next: "Compare the object in CleverTap's dashboard with what is declared, correct it there, and write the receipt anew with " +
			"`clevertap-line entered`."}
	planAndStoreDiffer = check{off: true, id: "plan-and-store-differ",
		proves: "The plan declares something else than the store holds. Which of the two is right, neither tells.",
		next: "Apply the plan if it is what is wanted. If it has no change for the object, it is older than the store or of " +
			"another one: make a new plan."}
	notEntered = check{off: true, id: "not-entered",
		proves: "There is no receipt: nobody noted that the object was entered. It may be in the dashboard all the same.",
		next:   "Enter it in CleverTap's dashboard, then write its receipt with `clevertap-line entered`."}
	enteredStale = check{off: true, id: "entered-stale",
		proves: "The receipt is of another content than the declared one: the dashboard holds what was entered then.",
		next:   "Enter it again in CleverTap's dashboard, then write its receipt with `clevertap-line entered`."}
	stillInDashboard = check{off: true, id: "still-in-dashboard",
		proves: "There is a receipt, and nothing is declared any more: the object is still in the dashboard.",
		next:   "Remove it there, then take the receipt away with `clevertap-line entered --removed`."}
	messagesMissing = check{off: true, id: "messages-missing",
		proves: "A body reads linked messages that the publish store does not have. Its campaign sends nothing.",
		next:   "Publish messages of this name, or stop the campaign."}
	shapeDiffers = check{off: true, id: "shape-differs",
		proves: "The published messages have another Liquid than the body that is entered, or declared if none is, was made " +
			"for. Its campaign sends nothing.",
		next: "Enter the body that is declared now, then write its receipt with `clevertap-line entered`."}
	servedDiffers = check{off: true, id: "served-differs",
		proves: "The URL served_at answers, and not with what was published: campaigns send something else, or nothing.",
		next:   "Wait as long as the CDN keeps an answer. If it stays so, compare the URL with the place of the publish store."}
	tokenDead = check{off: true, id: "token-dead",
		proves: "LINE refuses the channel access token of this run. That of the dashboard may be another one, which nobody can read.",
		next:   "Issue a new token, and enter it in CleverTap's dashboard if it is the one that is there."}
	tokenExpiring = check{off: true, id: "token-expiring",
		proves: "The channel access token of this run ends within --token-life. That of the dashboard may be another one, " +
			"which nobody can read.",
		next: "Issue a new token and enter it in CleverTap's dashboard. For a run that mints its own token, set --token-life 0."}
	quotaShort = check{off: true, id: "quota-short",
		proves: "LINE lets the account send fewer messages this month than it has followers: a campaign to all of them would " +
			"end on the way.",
		next: "Raise the limit in LINE Official Account Manager, or send to fewer people until the month ends."}
	propertyMissing = check{off: true, id: "property-missing",
		proves: "CleverTap's schema has no such profile property: no profile has a LINE ID in it.",
		next:   "Upload LINE IDs, or correct profile_property."}
	propertySpelled = check{off: true, id: "property-spelled-otherwise",
		proves: "CleverTap's schema has the profile property in another case alone, which is taken for another property.",
		next:   "Correct profile_property, or upload LINE IDs under this name."}
	campaignStopped = check{off: true, id: "campaign-stopped",
		proves: "All webhook campaigns of the body's name in the message report are stopped. Names are not unique: one may be " +
			"another campaign.",
		next: "Start it anew, or stop declaring the body."}
	campaignUndeclared = check{off: true, id: "campaign-runs-undeclared",
		proves: "A webhook campaign is scheduled or running under the name of a body that is no longer declared. Names are not " +
			"unique: it may be another campaign.",
		next: "Stop the campaign, or declare the body again."}
	savedLater = check{off: true, id: "saved-after-receipt",
		proves: "CleverTap's audit log says that somebody saved a campaign of the body's name after the receipt was written. " +
			"What was changed it does not say.",
		next: "Compare the campaign with `clevertap-line handoff`, correct it if need be, and write the receipt anew with " +
			"`clevertap-line entered`."}

	planUnknown = check{id: "plan-unknown",
		proves: "What the plan declares is not known until it is applied.",
		next:   "Look again after the apply."}
	notInPlan = check{id: "not-in-plan",
		proves: "The store holds an object that the plan does not name. Another configuration may declare it: a store can serve several.",
		next:   "If none does, remove it from the store, or import it."}
	nothingOfAccount = check{id: "nothing-of-account",
		proves: "The stores have no object and no receipt of the account: nothing was applied yet, or the account is called otherwise.",
		next:   "Compare --account with the account_id of the provider."}
	versionTaken = check{id: "version-taken",
		proves: "LINE took a message with the unit name of this version this month: it was sent at least once.",
		next:   nothing}
	versionNotTaken = check{id: "version-not-taken",
		proves: "Nothing: the version may not have been sent yet, or not this month, or LINE has assigned its 1,000 names. " +
			"Older versions stay listed until the month ends.",
		next: "To know, send a test to your own phone and look again."}
	versionDisplayed = check{id: "version-displayed",
		proves: "At least 20 users saw messages with the unit name of this version in the last 14 days.",
		next:   nothing}
	versionUncounted = check{id: "version-uncounted",
		proves: "Nothing: LINE tells no number below 20.",
		next:   nothing}
	statisticsLeft = check{id: "statistics-left",
		proves: "Nothing: LINE answers 60 requests for statistics an hour to all who ask for the channel, and a run sends at " +
			"most 30 of them.",
		next: nothing}
	lineAccount = check{id: "line-account",
		proves: "The LINE Official Account that the token of this run is of is alive.",
		next:   "Compare it with the account that should send."}
	lifeUnknown = check{id: "token-life-unknown",
		proves: "Nothing: LINE took the token, and does not tell how long it lives. So it may be with stateless tokens.",
		next:   nothing}
	followersUnknown = check{id: "followers-unknown",
		proves: "Nothing: LINE lists followers for verified and premium accounts alone, so that the quota cannot be compared " +
			"with their number.",
		next: nothing}
	campaignNotReported = check{id: "campaign-not-in-report",
		proves: "Nothing: the message report has campaigns that started within --days. An older one may run, and one of another name too.",
		next:   "For an older one, raise --days. Else call the campaign as the body."}
	campaignShared = check{id: "campaign-name-shared",
		proves: "Several webhook campaigns have the body's name. Which of them has the body, nobody can read.",
		next:   "Rename those that do not have it."}
	auditMention = check{id: "audit-log-mention",
		proves: "A record of CleverTap's audit log names the object, and is later than its receipt. How saving a webhook or a " +
			"Linked Content API is recorded is not documented.",
		next: "If it is one of the object's changes, compare the object with what is declared, and write the receipt anew."}
)

// checks are all there are, those that are drift first.
var checks = []check{
	documentEdited, receiptEdited, planAndStoreDiffer, notEntered, enteredStale, stillInDashboard, messagesMissing, shapeDiffers,
	servedDiffers, tokenDead, tokenExpiring, quotaShort, propertyMissing, propertySpelled, campaignStopped, campaignUndeclared, savedLater,

	planUnknown, notInPlan, nothingOfAccount, versionTaken, versionNotTaken, versionDisplayed, versionUncounted, statisticsLeft, lineAccount,
	lifeUnknown, followersUnknown, campaignNotReported, campaignShared, auditMention,
}
