package cli

import (
	"errors"
	"os"
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

// LineConfig is what the environment says of LINE. Without a token, requests cannot be signed.
func LineConfig(requests httpclient.Config) line.Config {
	return line.Config{
		ChannelAccessToken: os.Getenv(EnvLineToken), BaseURL: os.Getenv(EnvLineAPIURL), HTTP: httpclient.New(requests),
	}
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
