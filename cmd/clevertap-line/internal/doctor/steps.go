package doctor

// step is what only a person can do, and the question of how it went.
type step struct {
	*check
	// do is what to do, a line each.
	do []string
	// applies says whether the step is one for the account, by what is known; nil: it always is.
	applies func(results) bool
}

// The steps that others look back at.
var (
	saveCampaign = &check{id: "save-campaign", title: "The campaign in the dashboard", answers: []answer{
		{id: "linked-json", is: well, choice: "It was saved, with a body that reads Linked Content, and the format JSON.",
			found:  "It is saved, with a body that reads Linked Content, as JSON.",
			learnt: []lesson{{of: bodyFormat, text: "Yes."}}},
		{id: "linked-text", is: well, choice: "The format JSON was refused for a body that reads Linked Content, and plain text was saved.",
			found:  "It is saved, with a body that reads Linked Content, as plain text.",
			learnt: []lesson{{of: bodyFormat, text: "No. As plain text, it does."}}},
		{id: "pasted", is: well, choice: "It was saved, with a body that carries its messages.",
			found: "It is saved, with a body that carries its messages."},
		{id: "refused-linked", is: off, choice: "A body that reads Linked Content was refused in both formats.",
			found:  "The dashboard refuses a body that reads Linked Content.",
			next:   "Say so in an issue, with the dashboard's words. Until then, use bodies that carry their messages.",
			learnt: []lesson{{of: bodyFormat, text: "No, and not as plain text either."}}},
		{id: "refused", is: off, choice: "It was refused for another reason.", found: "The dashboard refuses it.",
			next: "Compare each field with what `dialog_rows` lists."},
	}}
	sendTest = &check{id: "send-test", title: "A test message to one's own phone", answers: []answer{
		{id: "came", is: well, choice: "The message came, as it is declared.", found: "It came, as it is declared.",
			learnt: []lesson{{of: campaignTest, linked: true, text: "Yes."}}},
		{id: "audience", is: well, choice: "There was no test to be had; it came from a campaign to an audience of myself.",
			found:  "There is no test to be had. From a campaign to an audience of one, it came.",
			learnt: []lesson{{of: campaignTest, linked: true, text: "No. A campaign to an audience of one shows the same."}}},
		{id: "wrong", is: off, choice: "Another message came than the declared one.", found: "Another message came than the declared one.",
			next: "Within five minutes, CleverTap may send what it kept: test again after that. Else compare body and parameter."},
		{id: "nothing", is: off, choice: "Nothing came.", found: "Nothing came.",
			next: "Look at the campaign's errors, and whether the profile's LINE ID is that of the phone and follows the account."},
	}}
)

// statistics are what a campaign's statistics may say of a message that did not come, in the words of CleverTap's "Comprehensive
// Guide to System Events", and what that says of a body that reads Linked Content.
func statistics(learnt map[string][]lesson) []answer {
	show := func(id, words, next string) answer {
		return answer{id: id, is: well, choice: words, found: "The statistics show: " + words, next: next,
			learnt: append([]lesson{{of: contentErrors, text: words}}, learnt[id]...)}
	}
	return []answer{
		show("aborted", "`LiquidLogicAborted`.", ""),
		show("fetch-status", "`ContentAPIFailed 3XX`, `4XX` or `5XX`.", ""),
		show("fetch-invalid", "`Content API Invalid`, `Content API Invalid URL` or `Content API Invalid Auth`.", ""),
		show("fetch-format", "`ContentAPI Response Exception`.", ""),
		show("dispatch", "`Webhook Dispatch Failed`.", ""),
		show("other", "Another error.", "Say so in an issue, with its words."),
		show("none", "No error.", ""),
	}
}

const failedFetchStops = "It stops the message."

// steps are all of them, in their order.
var steps = []step{
	{
		check: &check{id: "quota-none", title: "LINE's limit in the account manager", answers: []answer{
			{id: "free", is: well, choice: "It shows a number of free messages.", found: "The account manager shows a number of free messages.",
				learnt: []lesson{{of: quotaNone, text: "The API says `none` where the account manager shows a number of free messages."}}},
			{id: "unlimited", is: well, choice: "It shows no limit at all.", found: "The account manager shows no limit.",
				learnt: []lesson{{of: quotaNone, text: "The API says `none` where the account manager shows no limit at all."}}},
		}},
		do:      []string{"LINE's API says that the limit is none. Which limit does the plan in LINE Official Account Manager show?"},
		applies: func(r results) bool { return r.is(quota, "none") },
	},
	{
		check: &check{id: "save-template", title: "The webhook template in the dashboard", answers: []answer{
			{id: "saved", is: well, choice: "It was saved, with LINE's address.", found: "It is saved, with LINE's address as destination.",
				learnt: []lesson{{of: templateDestination, text: "Yes."}}},
			{id: "saved-around", is: well, choice: "It was refused, since the test payload had no 200, and saved the way around.",
				found:  "It is saved the way around: with a destination that answers 200, which was changed to LINE's address then.",
				learnt: []lesson{{of: templateDestination, text: "No. With a destination that does, which is changed afterwards, it does."}}},
			{id: "refused-test", is: off, choice: "It was refused, since the test payload had no 200, the way around too.",
				found:  "The dashboard refuses it, since LINE does not answer 200 to the test payload.",
				next:   "Say so in an issue, with the dashboard's words.",
				learnt: []lesson{{of: templateDestination, text: "No, and a destination cannot be changed afterwards either."}}},
			{id: "refused", is: off, choice: "It was refused for another reason.", found: "The dashboard refuses it.",
				next: "Compare each field with what `dialog_rows` lists."},
		}},
		do: []string{
			"In CleverTap's dashboard, under Settings > Channels > Webhooks > + Add Webhook, enter what dialog_rows lists for the template.",
			"If it is refused since the destination does not answer 200: save it with a destination of your own that does, then change that.",
		},
	},
	{
		check: &check{id: "line-oauth2", title: "LINE's tokens in the dashboard", answers: []answer{
			{id: "unused", is: well, choice: "Our template has its token in a header.", found: "The template has a token in a header."},
			{id: "got", is: well, choice: "Generate showed an access token of LINE's.", found: "CleverTap gets an access token from LINE.",
				next:   "Send a test to your own phone after an hour, too: then it is known that CleverTap renews the token.",
				learnt: []lesson{{of: lineOAuth2, text: "Generate shows an access token. Whether it is renewed is not known yet."}}},
			{id: "renewed", is: well, choice: "It did, and messages are sent after an hour, too.",
				found:  "CleverTap gets access tokens from LINE, and messages are sent after an hour, too.",
				learnt: []lesson{{of: lineOAuth2, text: "Yes, and messages are sent after an hour, too."}}},
			{id: "ended", is: off, choice: "It did, and after an hour no message is sent any more.",
				found:  "CleverTap gets an access token from LINE, and after an hour no message is sent any more.",
				next:   "Say so in an issue, with what Expiry and Expiration Time ask for. Until then, use a token in a header.",
				learnt: []lesson{{of: lineOAuth2, text: "It gets one, and after an hour no message is sent any more."}}},
			{id: "none", is: off, choice: "Generate showed no access token.", found: "CleverTap gets no access token from LINE.",
				next: "Compare each field with what `dialog_rows` lists, and the key ID with that of LINE's console. If they are the same, say so " +
					"in an issue, with the dashboard's words, and use a token in a header.",
				learnt: []lesson{{of: lineOAuth2, text: "No: Generate shows none."}}},
		}},
		do: []string{"For a template with line_oauth2: what did Generate in the dialog show, after Generate Client Assertion?"},
	},
	{
		check: &check{id: "test-linked-content", title: "Linked Content in the dashboard", answers: []answer{
			{id: "shown", is: well, choice: "Test Linked Content showed the document, from a URL of ours.",
				found: "Test Linked Content shows the document."},
			{id: "shown-catalog", is: well, choice: "Test Linked Content showed the document, from a catalog in CleverTap.",
				found:  "Test Linked Content shows the document, from a catalog in CleverTap.",
				learnt: []lesson{{of: catalogReads, text: "Yes: Test Linked Content shows it."}}},
			{id: "not-shown", is: off, choice: "It did not show the document of a URL of ours.",
				found: "Test Linked Content does not show the document.",
				next:  "Compare the endpoint URL, its parameter and its headers with what `dialog_rows` lists."},
			{id: "not-shown-catalog", is: off, choice: "It did not show the document of a catalog in CleverTap.",
				found:  "Test Linked Content does not show the document of a catalog in CleverTap.",
				next:   "Compare the endpoint URL and its headers with what `dialog_rows` lists. If they are right, use another publish store.",
				learnt: []lesson{{of: catalogReads, text: "Not seen: Test Linked Content does not show it."}}},
			{id: "unused", is: well, choice: "Our bodies do not read Linked Content.", found: "Bodies do not read Linked Content."},
		}},
		do: []string{
			"Under Settings > Setup > Linked Content, enter what dialog_rows lists, and click Test Linked Content with a name that is published.",
			"Then click Auto-fill Objects, which makes the labels that the body reads.",
		},
	},
	{
		check: saveCampaign,
		do: []string{
			"Under Campaigns > + Campaign > Webhooks, enter what dialog_rows lists for the body, with the text of body as Custom body.",
			"Choose the format JSON first; if it is refused, plain text.",
		},
	},
	{
		check: sendTest,
		do: []string{
			"Send a test of the campaign to a profile of your own, whose property holds your own LINE ID, and look at your phone.",
			"If there is no test to be had, send the campaign to an audience of yourself alone.",
		},
		applies: func(r results) bool { return r.is(saveCampaign, "linked-json", "linked-text", "pasted") },
	},
	{
		check: &check{id: "errors", title: "The campaign's errors", answers: statistics(map[string][]lesson{
			"aborted":       {{of: abort, text: "Yes: the statistics show `LiquidLogicAborted`."}},
			"fetch-status":  {{of: failedFetch, text: failedFetchStops}},
			"fetch-invalid": {{of: failedFetch, text: failedFetchStops}},
			"fetch-format":  {{of: failedFetch, text: failedFetchStops}},
		})},
		do:      []string{"Nothing came. Look at the statistics of the campaign: which error do they show?"},
		applies: func(r results) bool { return r.is(sendTest, "nothing") && r.readsLinkedContent() },
	},
	{
		check: &check{id: "broken-test", title: "A test that must not come", answers: append([]answer{
			{id: "came", is: off, choice: "A message came.", found: "A message came, although there is nothing to read.",
				next:   "Do not send the campaign to anybody. Compare its body with what is declared, and say so in an issue.",
				learnt: []lesson{{of: failedFetch, text: "Neither: a message came."}}},
		}, statistics(map[string][]lesson{
			"aborted": {{of: abort, text: "Yes: nothing came, and the statistics show `LiquidLogicAborted`."},
				{of: failedFetch, text: "It leaves the labels empty: the body ran, and aborted."}},
			"fetch-status":  {{of: failedFetch, text: failedFetchStops}},
			"fetch-invalid": {{of: failedFetch, text: failedFetchStops}},
			"fetch-format":  {{of: failedFetch, text: failedFetchStops}},
			"dispatch": {{of: abort, text: "Seemingly not: the webhook was called, and nothing came."},
				{of: failedFetch, text: "It leaves the labels empty: the webhook was called."}},
		})...)},
		do: []string{
			"Map the campaign's parameter to a constant under which nothing is published, such as doctor-none, and send the test again.",
			"Nothing must come. Look at the phone, and then which error the campaign's statistics show. Map the parameter back afterwards.",
		},
		applies: func(r results) bool { return r.is(sendTest, "came", "audience") && r.readsLinkedContent() },
	},
}
