package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// HTTPFlags are the flags of a subcommand that sends many requests: --retries and --timeout.
type HTTPFlags struct {
	retries int
	timeout time.Duration
}

// Add adds the flags to a command, with their defaults.
func (f *HTTPFlags) Add(command *cobra.Command, retries int, timeout time.Duration) {
	flags := command.Flags()
	flags.IntVar(&f.retries, "retries", retries, "how often to repeat a request that failed for a passing reason")
	flags.DurationVar(&f.timeout, "timeout", timeout, "how long to wait for one answer")
}

// Check finds values that cannot be.
func (f *HTTPFlags) Check() error {
	switch {
	case f.retries < 0:
		return errors.New("--retries is 0 or more")
	case f.timeout <= 0:
		return errors.New("--timeout is more than 0")
	}
	return nil
}

// Config is a client's as the flags want it.
func (f *HTTPFlags) Config() httpclient.Config { return HTTPConfig(f.retries, f.timeout) }

// WithoutLine says what the environment lacks to ask LINE, as a sentence; "" is nothing.
func WithoutLine() string {
	switch {
	case os.Getenv(EnvLineToken) != "":
		return ""
	case os.Getenv(EnvLineChannelID) != "":
		return unset(EnvLineChannelSecret)
	}
	return "Neither " + EnvLineToken + " nor " + EnvLineChannelID + " is set."
}

// NeedLine is the error of a command that cannot do without LINE, where the environment has no credentials. Half of them is an error
// of [line.New].
func NeedLine() error {
	if os.Getenv(EnvLineToken) != "" || os.Getenv(EnvLineChannelID) != "" {
		return nil
	}
	return fmt.Errorf("set the environment variable %s to the channel access token; the LINE Developers Console "+
		"shows it on the channel's Messaging API tab. Or set %s and %s", EnvLineToken, EnvLineChannelID, EnvLineChannelSecret)
}

// WithoutCleverTap says what the environment lacks to ask CleverTap, as a sentence; "" is nothing. An address of its own is in place
// of a region.
func WithoutCleverTap() string {
	if os.Getenv(EnvCleverTapAPIURL) != "" {
		return unset(EnvCleverTapAccountID, EnvCleverTapPasscode)
	}
	return unset(EnvCleverTapAccountID, EnvCleverTapPasscode, EnvCleverTapRegion)
}

// unset says which variables have no value.
func unset(names ...string) string {
	missing := slices.DeleteFunc(names, func(name string) bool { return os.Getenv(name) != "" })
	switch last := len(missing) - 1; {
	case last < 0:
		return ""
	case last == 0:
		return missing[0] + " is not set."
	default:
		return strings.Join(missing[:last], ", ") + " and " + missing[last] + " are not set."
	}
}

// ReadBackHeader is the header that the environment gives for the server of published messages; both are "" if there is none.
func ReadBackHeader() (name, value string, err error) {
	name, value = os.Getenv(EnvReadBackHeaderName), os.Getenv(EnvReadBackHeaderValue)
	if (name == "") != (value == "") {
		return "", "", fmt.Errorf("a header has a name and a value: set %s and %s, or neither", EnvReadBackHeaderName, EnvReadBackHeaderValue)
	}
	return name, value, nil
}

// LineConfig is what the environment says of LINE. Without credentials, requests cannot be signed. A secret without a channel ID
// says nothing: bots have it, too. Both a token and a channel ID are an error of [line.New].
func LineConfig(requests httpclient.Config) line.Config {
	config := line.Config{
		ChannelAccessToken: os.Getenv(EnvLineToken), BaseURL: os.Getenv(EnvLineAPIURL), HTTP: httpclient.New(requests),
	}
	if id := os.Getenv(EnvLineChannelID); id != "" {
		config.Channel = line.Channel{ID: id, Secret: os.Getenv(EnvLineChannelSecret)}
	}
	return config
}

// CleverTapConfig is what the environment says of CleverTap, each part of which may be "".
func CleverTapConfig(requests httpclient.Config) clevertap.Config {
	return clevertap.Config{
		AccountID: os.Getenv(EnvCleverTapAccountID), Passcode: os.Getenv(EnvCleverTapPasscode),
		Region: os.Getenv(EnvCleverTapRegion), APIURL: os.Getenv(EnvCleverTapAPIURL), HTTP: requests,
	}
}

// HTTPConfig is that of every client the command makes.
func HTTPConfig(retries int, timeout time.Duration) httpclient.Config {
	return httpclient.Config{
		UserAgent:    UserAgent(),
		MaxRetries:   retries,
		RetryWaitMin: 500 * time.Millisecond,
		RetryWaitMax: 30 * time.Second,
		Timeout:      timeout,
	}
}
