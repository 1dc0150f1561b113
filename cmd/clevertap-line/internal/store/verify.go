package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	// checksTimeout is how long all checks may take together, and checkTimeout one of them, so that a server that hangs in
	// one place is tested in the others.
	checksTimeout = 5 * time.Minute
	checkTimeout  = time.Minute

	// cleanRounds, with a pause before each but the first, all within cleanTimeout.
	cleanRounds  = 4
	cleanPause   = 2 * time.Second
	cleanTimeout = time.Minute
)

func newVerifyCommand() *cobra.Command {
	limits := limits{check: checkTimeout, clean: cleanTimeout, pause: cleanPause}
	command := &cobra.Command{
		Use:   "verify ADDRESS",
		Short: "Test whether a server speaks the template store protocol",
		Long: fmt.Sprintf(`Test whether a server speaks the protocol of http template stores. The test works in an account of its own with a
random name, which it empties in the end; the documents of others and the identity of the store are not touched.

The token is read from `+cli.EnvStoreToken+`. A check that fails is reported with the request and what was
expected of the answer; the command then ends with 1. So it does if a check takes more than %v, or all together more
than --timeout. The documents of the test are removed whatever happens; if the server refuses, their keys are written out.`,
			checkTimeout),
		Example:           "  clevertap-line store verify https://store.example.com/clevertap",
		Args:              cli.Arguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(command *cobra.Command, args []string) error {
			if limits.checks <= 0 {
				return errors.New("--timeout is more than 0")
			}
			address, err := httpclient.ParseBaseURL(strings.TrimRight(args[0], "/"))
			if err != nil {
				return err
			}
			v := &verification{
				out: command.OutOrStdout(), client: httpclient.New(cli.HTTPConfig(0, stores.Timeout)), address: address,
				token: os.Getenv(cli.EnvStoreToken), space: "verify-" + uuid.NewString()[:8], limits: limits, touched: map[string]int{},
			}
			return cli.Failure(v.run(command.Context()))
		},
	}
	command.Flags().DurationVar(&limits.checks, "timeout", checksTimeout, "how long all checks may take together")
	return command
}

// limits are how long the parts of a verification may take.
type limits struct {
	checks, check, clean time.Duration
	// pause is between two rounds of the clean-up.
	pause time.Duration
}

// verification is one run of the conformance test.
type verification struct {
	out     io.Writer
	client  *httpclient.Client
	address *url.URL
	token   string
	// space is the account that all documents of the test are in.
	space  string
	limits limits

	mu sync.Mutex
	// touched are the keys that may be there, each with the number of its writes that were not answered: they may still arrive.
	touched map[string]int
}

func (v *verification) run(ctx context.Context) error {
	fmt.Fprintf(v.out, "Template store API at %s, tested in the account %s\n\n", v.address, v.space)
	limited, cancel := context.WithTimeout(ctx, v.limits.checks)
	defer cancel()
	if _, err := v.send(limited, message{method: http.MethodGet}); err != nil {
		return err
	}
	passed, failed, skipped := 0, 0, 0
	promises := v.promises()
	for _, promise := range promises {
		err := v.keeps(limited, promise)
		if limited.Err() != nil {
			break
		}
		switch {
		case err == nil:
			passed++
			fmt.Fprintf(v.out, "ok    %s\n", promise.what)
		case errors.Is(err, errNoToken):
			skipped++
			fmt.Fprintf(v.out, "--    %s: %v\n", promise.what, err)
		default:
			failed++
			fmt.Fprintf(v.out, "FAIL  %s\n      %s\n", promise.what, strings.ReplaceAll(err.Error(), "\n", "\n      "))
		}
	}
	left := v.clean(context.WithoutCancel(ctx))
	fmt.Fprintf(v.out, "\n%d checks passed, %d failed.\n", passed, failed)
	if len(left) > 0 {
		fmt.Fprint(v.out, "\nThese documents of the test may be left behind:\n")
	}
	for _, document := range left {
		fmt.Fprintf(v.out, "  %s: %v\n", document.key, document.why)
	}
	switch made := passed + failed + skipped; {
	case ctx.Err() != nil:
		return ctx.Err()
	case made < len(promises):
		return fmt.Errorf("--timeout %v was over after %d of %d checks", v.limits.checks, made, len(promises))
	case failed > 0:
		return fmt.Errorf("the server does not speak the template store protocol: %d checks failed", failed)
	case len(left) > 0:
		return fmt.Errorf("%d documents of the test could not be removed", len(left))
	}
	return nil
}

// keeps makes one check within its time.
func (v *verification) keeps(ctx context.Context, p promise) error {
	limited, cancel := context.WithTimeout(ctx, v.limits.check)
	defer cancel()
	err := p.kept(limited)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return fmt.Errorf("the check was not done after %v: %w", v.limits.check, err)
	}
	return err
}

// leftover is a document that the clean-up did not remove.
type leftover struct {
	key string
	why error
	// passing says that another try may do it.
	passing bool
}

// clean removes what the checks left, and gives what it could not remove. It tries again where that may help, and looks
// again for what was not answered, which the server may have done since.
func (v *verification) clean(ctx context.Context) (left []leftover) {
	ctx, cancel := context.WithTimeout(ctx, v.limits.clean)
	defer cancel()
	for round := range cleanRounds {
		if round > 0 {
			select {
			case <-time.After(v.limits.pause):
			case <-ctx.Done():
				return left
			}
		}
		last := round+1 == cleanRounds
		left = nil
		for _, key := range slices.Sorted(maps.Keys(v.touched)) {
			if found := v.remove(ctx, key); found.why != nil {
				left = append(left, found)
			} else if v.touched[key] > 0 && !last {
				left = append(left, leftover{key, errors.New("a write of it was not answered"), true})
			}
		}
		if !slices.ContainsFunc(left, func(l leftover) bool { return l.passing }) {
			break
		}
	}
	return left
}

// remove deletes a document, if it is there.
func (v *verification) remove(ctx context.Context, key string) leftover {
	m := message{method: http.MethodGet, key: key}
	answer, err := v.send(ctx, m)
	want := "status 200 or 404"
	if err == nil && answer.StatusCode == http.StatusOK {
		m = message{method: http.MethodDelete, key: key, ifMatch: answer.Header.Get("ETag")}
		answer, err = v.send(ctx, m)
		want = "status 204 or 404"
	}
	switch {
	case err != nil:
		return leftover{key, err, true}
	case answer.StatusCode == http.StatusNotFound || m.method == http.MethodDelete && answer.StatusCode == http.StatusNoContent:
		return leftover{}
	}
	return leftover{key, m.unexpected(answer, want), httpclient.TransientStatus(answer.StatusCode)}
}

// key is that of a document of the test.
func (v *verification) key(name string) string {
	return v.space + "/webhook-templates/" + name + ".json"
}
