package cli

// The environment variables that subcommands read. What is secret has no flag: the command lines of processes are for
// everyone to read.
const (
	EnvLineToken         = "LINE_CHANNEL_ACCESS_TOKEN"
	EnvLineChannelID     = "LINE_CHANNEL_ID" // in place of a token, with the channel's secret
	EnvLineChannelSecret = "LINE_CHANNEL_SECRET"
	EnvLineAPIURL        = "LINE_API_URL"

	EnvCleverTapAccountID = "CLEVERTAP_ACCOUNT_ID"
	EnvCleverTapPasscode  = "CLEVERTAP_PASSCODE"
	EnvCleverTapRegion    = "CLEVERTAP_REGION"
	EnvCleverTapAPIURL    = "CLEVERTAP_API_URL"

	// The tokens of http stores. The second keeps the token of one server from being sent to another.
	EnvStoreToken   = "CLEVERTAP_TEMPLATE_STORE_TOKEN"
	EnvStoreTokenTo = "CLEVERTAP_TEMPLATE_STORE_TOKEN_TO"

	// The token of the publish store, if that is an http store, where there are two stores.
	EnvPublishStoreToken = "CLEVERTAP_PUBLISH_STORE_TOKEN"

	// The header with which published messages are read where CleverTap finds them, as the provider's read_back has it.
	EnvReadBackHeaderName  = "CLEVERTAP_READ_BACK_HEADER_NAME"
	EnvReadBackHeaderValue = "CLEVERTAP_READ_BACK_HEADER_VALUE"
)

// LineCredentials are the variables of LINE's credentials, as a person is told.
const LineCredentials = EnvLineToken + ", or " + EnvLineChannelID + " and " + EnvLineChannelSecret
