package line

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/sharedcall"
)

// tokenSource has the tokens that a client's requests are signed with: one that was given, or stateless ones, each issued when it is
// needed, for all that wait for it.
type tokenSource struct {
	given string

	// Where none was given.
	issuer  *Issuer
	channel Channel
	now     func() time.Time

	flight sharedcall.Group[struct{}]
	mu     sync.Mutex
	issued string
	until  time.Time // when it is time for another
	// replaced says that issued came in place of one that LINE refused. A channel whose every token is refused gets no third one.
	replaced bool
	// refused is why LINE issues none, which it would say again.
	refused error
}

// get is the token of a request.
func (s *tokenSource) get(ctx context.Context) (string, error) {
	if s.issuer == nil {
		return s.given, nil
	}
	return s.other(ctx, "")
}

// instead is another token than the one that LINE refused; "" if there is none to be had.
func (s *tokenSource) instead(ctx context.Context, refused string) (string, error) {
	s.mu.Lock()
	stop := s.issuer == nil || s.issued == refused && s.replaced
	s.mu.Unlock()
	if stop {
		return "", nil
	}
	return s.other(ctx, refused)
}

// other is a token that is alive and is not a certain one.
func (s *tokenSource) other(ctx context.Context, than string) (string, error) {
	for ctx.Err() == nil {
		if token, err := s.known(than); token != "" || err != nil {
			return token, err
		}
		_, err := s.flight.Do(ctx, "", func() (struct{}, error) {
			token, err := s.known(than)
			if token == "" && err == nil { // not since a moment ago either
				err = s.issue(ctx, than)
			}
			return struct{}{}, err
		})
		if err != nil && ctx.Err() == nil {
			return "", err
		}
	}
	return "", fmt.Errorf("%s: %w", issueStateless, ctx.Err())
}

func (s *tokenSource) known(other string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.issued == "" || s.issued == other || !s.now().Before(s.until) {
		return "", s.refused
	}
	return s.issued, nil
}

func (s *tokenSource) issue(ctx context.Context, than string) error {
	start := s.now()
	token, err := s.issuer.Stateless(ctx, s.channel)
	s.mu.Lock()
	defer s.mu.Unlock()
	if refused, ok := errors.AsType[*APIError](err); ok && refused.StatusCode/100 == 4 && refused.StatusCode != http.StatusTooManyRequests {
		s.refused = err
	}
	if err != nil {
		return err
	}
	s.replaced = than != "" && s.issued == than
	// A request that waits for its turn, and is repeated, is signed with a token that lives on meanwhile.
	s.issued, s.until = token.Token, start.Add(token.ExpiresIn*9/10)
	return nil
}
