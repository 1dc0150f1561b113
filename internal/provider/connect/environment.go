package connect

import "strings"

// The environment variables behind the provider's settings.
const (
	EnvAccountID             = "CLEVERTAP_ACCOUNT_ID"
	EnvPasscode              = "CLEVERTAP_PASSCODE"
	EnvRegion                = "CLEVERTAP_REGION"
	EnvAPIURL                = "CLEVERTAP_API_URL"
	EnvConcurrentRequests    = "CLEVERTAP_MAX_CONCURRENT_REQUESTS"
	EnvConcurrentUploads     = "CLEVERTAP_MAX_CONCURRENT_UPLOADS"
	EnvDashboardReminders    = "CLEVERTAP_DASHBOARD_REMINDERS"
	EnvMaxRetries            = "CLEVERTAP_MAX_RETRIES"
	EnvRetryMaxWait          = "CLEVERTAP_RETRY_MAX_WAIT_SECONDS"
	EnvRequestTimeout        = "CLEVERTAP_REQUEST_TIMEOUT_SECONDS"
	EnvReadBackHeaderName    = "CLEVERTAP_READ_BACK_HEADER_NAME"
	EnvReadBackHeaderValue   = "CLEVERTAP_READ_BACK_HEADER_VALUE"
	EnvReadBackWait          = "CLEVERTAP_READ_BACK_WAIT_SECONDS"
	EnvLineToken             = "LINE_CHANNEL_ACCESS_TOKEN"
	EnvLineChannelID         = "LINE_CHANNEL_ID"
	EnvLineChannelSecret     = "LINE_CHANNEL_SECRET"
	EnvLineAPIURL            = "LINE_API_URL"
	EnvLineRequestsPerSecond = "LINE_MAX_REQUESTS_PER_SECOND"
	EnvLineConcurrent        = "LINE_MAX_CONCURRENT_REQUESTS"
	EnvLineValidateMessages  = "LINE_VALIDATE_MESSAGES"
	EnvLineVerifyTokens      = "LINE_VERIFY_TOKENS"
	EnvLineStrictTypes       = "LINE_STRICT_MESSAGE_TYPES"

	envAppendUserAgent = "TF_APPEND_USER_AGENT"
)

// StoreEnvironment begins the names of the environment variables of a store, each ending with the setting's name.
type StoreEnvironment string

// Those of the two stores.
const (
	EnvTemplateStore StoreEnvironment = "CLEVERTAP_TEMPLATE_STORE_"
	EnvPublishStore  StoreEnvironment = "CLEVERTAP_PUBLISH_STORE_"
)

// Of is the variable of a setting.
func (e StoreEnvironment) Of(setting string) string { return string(e) + strings.ToUpper(setting) }

// The settings where none is given, and the most that one takes.
const (
	// DefaultLineRequestsPerSecond is half of what LINE allows for most endpoints ("Rate limits" in the Messaging API
	// reference): the channel's other clients need the rest.
	DefaultLineRequestsPerSecond  = 1000
	DefaultLineConcurrentRequests = 10
	DefaultMaxRetries             = 4
	DefaultRetryMaxWaitSeconds    = 30
	DefaultRequestTimeoutSeconds  = 30
	DefaultReadBackWaitSeconds    = 30
	// MaxCount bounds every number among the settings.
	MaxCount = 100_000
)
