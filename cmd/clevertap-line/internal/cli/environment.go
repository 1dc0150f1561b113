package cli

// The environment variables that subcommands read. What is secret has no flag: the command lines of processes are for
// everyone to read.
const (
	EnvLineToken  = "LINE_CHANNEL_ACCESS_TOKEN"
	EnvLineAPIURL = "LINE_API_URL"

	EnvCleverTapAccountID = "CLEVERTAP_ACCOUNT_ID"
	EnvCleverTapPasscode  = "CLEVERTAP_PASSCODE"
	EnvCleverTapRegion    = "CLEVERTAP_REGION"
	EnvCleverTapAPIURL    = "CLEVERTAP_API_URL"

	// The tokens of http stores. The second keeps the token of one server from being sent to another.
	EnvStoreToken   = "CLEVERTAP_TEMPLATE_STORE_TOKEN"
	EnvStoreTokenTo = "CLEVERTAP_TEMPLATE_STORE_TOKEN_TO"
)
