package doctor

// What is asked of LINE.
var (
	token = &check{id: "token", title: "The channel access token", answers: []answer{
		{id: "alive", is: well, found: "LINE takes it."},
		{id: "dead", is: off, found: "LINE refuses it: it has expired, was revoked, or is not whole.",
			next: "Issue a new one in the LINE Developers Console, on the channel's Messaging API tab."},
	}}
	tokenLife = &check{id: "token-life", title: "The token's life", answers: []answer{
		{id: "issued", is: well, found: "It is issued for each run with the channel's ID and secret, and lives for 15 minutes."},
		{id: "long", is: well, found: "It lives for more than 30 days."},
		{id: "month", is: well, found: "It ends within 30 days.",
			next: "In CleverTap's dashboard, enter a long-lived token, or a new one in time."},
		{id: "minutes", is: well, found: "It ends within an hour.", next: "Never enter such a token in CleverTap's dashboard."},
		{id: "minutes-v2.1", is: well, found: "It has the form of version 2.1, and ends within 15 minutes.",
			next: "Never enter such a token in CleverTap's dashboard.",
			learnt: []lesson{{of: statelessToken, text: "A token in the form of version 2.1 with 15 minutes left or less was verified. If it is " +
				"a stateless one, the answer is yes."}}},
		{id: "refused-v2.1", is: unclear, found: "LINE takes it, has it in the form of version 2.1, and does not verify it.",
			next: "If it is a stateless token, nothing. Else issue a new one.",
			learnt: []lesson{{of: statelessToken, text: "A token in the form of version 2.1 was taken by LINE, and not verified. If it is a " +
				"stateless one, the answer is no."}}},
		{id: "refused", is: unclear, found: "LINE takes it, and does not verify it.", next: "Issue a new one."},
	}}
	followerIDs = &check{id: "follower-ids", title: "The right to follower IDs", answers: []answer{
		{id: "given", is: well, found: "LINE lists the account's followers."},
		{id: "refused", is: well, found: "LINE does not list them: the account is neither verified nor premium.",
			next:   "Collect LINE IDs in another way, such as LINE Login or a webhook of your own.",
			learnt: []lesson{{of: followerIDs403, text: "The documented message, `" + notAvailable + "`."}}},
		{id: "refused-otherwise", is: well, found: "LINE does not list them, and says so in other words than the documented ones.",
			next:   "If the account is neither verified nor premium, collect LINE IDs in another way.",
			learnt: []lesson{{of: followerIDs403, text: "Other words than the documented ones: the terminal showed them."}}},
	}}
	quota = &check{id: "quota", title: "The month's message quota", answers: []answer{
		{id: "none", is: well, found: "LINE's limit is `none`."},
		{id: "left", is: well, found: "There is a limit, and messages are left."},
		{id: "used-up", is: off, found: "There is a limit, and no message is left.",
			next: "Raise the limit in LINE Official Account Manager, or wait for the next month."},
	}}
	unitNames = &check{id: "unit-names", title: "LINE's unit names", answers: []answer{
		{id: "some", is: well, found: "LINE lists those of this month."},
		{id: "none", is: well, found: "LINE assigned none this month."},
	}}
)

// notAvailable are LINE's words for an account without a right, as users of the API quote them.
const notAvailable = "Access to this API is not available for your account"

// taken confirms the test message.
var taken = &check{id: "taken", title: "The test message in LINE's unit names", answers: []answer{
	{id: "listed", is: well, found: "LINE took a message with the unit name of what is published.", learnt: []lesson{
		{of: labelEscaping, linked: true, text: "Quotation marks are not: the message that LINE took is JSON, and holds those of a label."},
		{of: arrayElements, linked: true, text: "Yes: the message that LINE took is made of them."},
		{of: labelComparisons, linked: true, text: "Yes: the body compares labels before it sends, and it sent."},
		{of: abort, linked: true, text: "A body that holds it sends where it is not reached."},
	}},
	{id: "absent", is: unclear, found: "The unit name is not among those of this month, which proves nothing.",
		next: "Wait a few minutes, and give the same command again. The body has a unit name only with `track_versions`."},
}}
