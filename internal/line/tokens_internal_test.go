package line

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const channelSecret = "canary/secret+="

// world is a channel's client, and LINE, by a clock that is set by hand.
type world struct {
	*linetest.Server
	client *Client

	mu  sync.Mutex
	now time.Time
}

func (w *world) time() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func newWorld(t *testing.T, secret string) *world {
	t.Helper()
	w := &world{now: time.Unix(1559700000, 0)}
	w.Server = linetest.NewServer(linetest.Config{ChannelSecret: channelSecret, Now: w.time})
	t.Cleanup(w.Close)
	client, err := New(Config{
		Channel: Channel{ID: linetest.ChannelID, Secret: secret}, BaseURL: w.URL, HTTP: httpclient.New(httpclient.Config{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.client, client.tokens.now = client, w.time
	return w
}

func (w *world) issued() (n int) {
	for _, request := range w.Requests() {
		if request.Path == "/oauth2/v3/token" {
			n++
		}
	}
	return n
}

func (w *world) ask(t *testing.T) error {
	t.Helper()
	_, err := w.client.BotInfo(t.Context())
	return err
}

func TestOneTokenForAllRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t, channelSecret)
	if w.issued() != 0 {
		t.Error("a token is issued that nobody needs")
	}
	var group sync.WaitGroup
	for range 100 {
		group.Go(func() {
			if err := w.ask(t); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := w.issued(); got != 1 {
		t.Errorf("%d tokens", got)
	}
	w.advance(13 * time.Minute)
	if err := w.ask(t); err != nil || w.issued() != 1 {
		t.Errorf("%d tokens before the end, %v", w.issued(), err)
	}
	w.advance(time.Minute) // the token would live for another one
	if err := w.ask(t); err != nil || w.issued() != 2 {
		t.Errorf("%d tokens near the end, %v", w.issued(), err)
	}
	for _, request := range w.Requests() {
		if !request.Authorized && request.Path != "/oauth2/v3/token" {
			t.Errorf("%s was refused", request.Path)
		}
	}
}

// One refused token gives way to another for all requests; where that is refused, too, LINE's words are the error, and no third
// one is issued.
func TestARefusedTokenIsReplacedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, channelSecret)
	if err := w.ask(t); err != nil {
		t.Fatal(err)
	}
	refuse := linetest.ErrorFault(http.StatusUnauthorized, linetest.MessageBadToken)
	refuse.Path = "/v2/bot/info"
	w.advance(16 * time.Minute) // LINE's clock alone: the client takes the token for a living one
	w.client.tokens.now = func() time.Time { return w.time().Add(-16 * time.Minute) }
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			if err := w.ask(t); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := w.issued(); got != 2 {
		t.Errorf("%d tokens", got)
	}
	for range 3 {
		w.AddFaults(refuse, refuse)
		asked := len(w.Requests())
		err := w.ask(t)
		refused, ok := errors.AsType[*APIError](err)
		if !ok || refused.StatusCode != http.StatusUnauthorized || !strings.Contains(err.Error(), linetest.MessageBadToken) ||
			!strings.Contains(err.Error(), "issued a moment ago") {
			t.Errorf("got %v", err)
		}
		if got := len(w.Requests()) - asked; got != 1 || w.issued() != 2 {
			t.Errorf("%d requests, %d tokens", got, w.issued())
		}
		if err := w.ask(t); err == nil {
			t.Error("the fault was not taken")
		}
	}
	w.client.tokens.now = w.time
	w.advance(16 * time.Minute)
	if err := w.ask(t); err != nil || w.issued() != 3 {
		t.Errorf("the next token: %v, %d", err, w.issued())
	}
	w.AddFaults(refuse)
	if err := w.ask(t); err != nil || w.issued() != 4 {
		t.Errorf("the next token may be replaced, too: %v, %d", err, w.issued())
	}
	w.advance(16 * time.Minute)
	if err := w.ask(t); err != nil {
		t.Fatal(err)
	}
	w.AddFaults(refuse, standin.Fault{Status: 500, Path: "/oauth2/v3/token"})
	if err := w.ask(t); err == nil || !strings.Contains(err.Error(), "401 Unauthorized to the token that it had issued, and there is no other: "+
		"issue a stateless channel access token: LINE answered 500") {
		t.Errorf("got %v", err)
	}
}

// What LINE refuses, it is not asked again; what fails for a passing reason, it is.
func TestRefusedChannels(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "wrong")
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			err := w.ask(t)
			if err == nil || !strings.Contains(err.Error(), "get the bot's information: issue a stateless channel access token: LINE answered 400 "+
				"Bad Request: Invalid 'client_credentials'. (invalid_request)") {
				t.Errorf("got %v", err)
			}
		})
	}
	group.Wait()
	_ = w.ask(t)
	if len(w.Requests()) != 1 {
		t.Errorf("%d requests", len(w.Requests()))
	}
	w = newWorld(t, channelSecret)
	for _, fault := range []standin.Fault{{Status: 500}, {Status: 429}, {Reset: true}, {Status: 200, Body: "<html>"}} {
		w.AddFaults(fault)
		if err := w.ask(t); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%+v: %v", fault, err)
		}
	}
	if err := w.ask(t); err != nil {
		t.Error(err)
	}
}

// Who is interrupted takes nothing from those who wait for the same token.
func TestAnInterruptedIssue(t *testing.T) {
	t.Parallel()
	w := newWorld(t, channelSecret)
	w.AddFaults(standin.Fault{Delay: time.Hour, Path: "/oauth2/v3/token"})
	ctx, cancel := context.WithCancel(t.Context())
	first, second := make(chan error), make(chan error)
	go func() {
		_, err := w.client.BotInfo(ctx)
		first <- err
	}()
	for w.issued() == 0 {
		time.Sleep(time.Millisecond)
	}
	go func() { second <- w.ask(t) }()
	time.Sleep(20 * time.Millisecond)
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if err := <-second; err != nil || w.issued() != 2 {
		t.Errorf("the other: %v, %d tokens", err, w.issued())
	}
}

func TestCredentialsOfAClient(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]Config{
		"none":      {},
		"both":      {ChannelAccessToken: "canary", Channel: Channel{ID: "1", Secret: "canary"}},
		"no secret": {Channel: Channel{ID: "1"}},
		"no ID":     {Channel: Channel{Secret: "canary"}},
		"a space":   {Channel: Channel{ID: "1", Secret: "can ary"}},
	} {
		if _, err := New(config); err == nil || strings.Contains(err.Error(), "ary") {
			t.Errorf("%s: %v", name, err)
		}
		if has := config.HasCredentials(); has != (name != "none") {
			t.Errorf("%s: %t", name, has)
		}
	}
}
