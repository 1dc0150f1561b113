// Package campaigntest is a stand-in for CleverTap's dashboard and for what CleverTap does when a webhook campaign sends,
// for tests and demonstrations. A person fills in webhook templates, Linked Content APIs and campaigns; [Dashboard.Send]
// renders the custom body for each profile, reads Linked Content where the body asks for it, posts what came out, and
// reports. What it does is what CleverTap documents (https://docs.clevertap.com, pages named where they count); where the
// documentation is silent or contradicts itself, a comment says so. What it does not do, it refuses.
//
// Only tests and the demo may use it.
package campaigntest

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/rendering"
)

// FailedFetch is what a Linked Content API that cannot be read does to a message. Which one is CleverTap's is not
// documented: its delivery errors name such failures, and its label http_status_code is there to be looked at after them.
type FailedFetch int

const (
	// StopsMessage reports the failure as the message's outcome.
	StopsMessage FailedFetch = iota
	// LeavesLabelsEmpty renders the body with no labels of the answer.
	LeavesLabelsEmpty
)

// Config is what a [Dashboard] starts with.
type Config struct {
	FailedFetch FailedFetch
	// FetchTimeout is how long Linked Content may take, and WebhookTimeout how long the destination may. Both are real
	// time. 0: 5 s ("Linked Content Functionality") and 3 s ("Set up Webhooks").
	FetchTimeout, WebhookTimeout time.Duration
}

// Dashboard is the stand-in, without any objects at first. It is safe for use by many goroutines.
type Dashboard struct {
	Clock *Clock

	config Config
	client *http.Client

	mu        sync.Mutex
	templates map[string]WebhookTemplate
	apis      map[string]LinkedContent
	campaigns map[string]campaign
	kept      map[string]kept
	keys      map[string]*rsa.PrivateKey // by webhook template
	tokens    map[string]token           // by webhook template
}

// NewDashboard makes an empty dashboard. There is nothing to close.
func NewDashboard(config Config) *Dashboard {
	if config.FetchTimeout == 0 {
		config.FetchTimeout = 5 * time.Second
	}
	if config.WebhookTimeout == 0 {
		config.WebhookTimeout = 3 * time.Second
	}
	return &Dashboard{
		Clock:     newClock(),
		config:    config,
		client:    newClient(),
		templates: map[string]WebhookTemplate{},
		apis:      map[string]LinkedContent{},
		campaigns: map[string]campaign{},
		kept:      map[string]kept{},
		keys:      map[string]*rsa.PrivateKey{},
		tokens:    map[string]token{},
	}
}

// WebhookTemplate is what Settings > Channels > Webhooks > + Add Webhook asks for.
type WebhookTemplate struct {
	Name string
	// Method is POST, GET, DELETE or PUT ("Set up Webhooks").
	Method string
	URL    string
	// Headers are sent with their values, and no others are added for the body: none are documented.
	Headers map[string]string
	// OAuth2 is nil for "No authentication". "Basic Authorization" is not served.
	OAuth2 *OAuth2
}

// SaveWebhookTemplate adds a template, or replaces the one of its name. CleverTap sends a test request before it saves, and
// wants a 200; the LINE guide's template could never be saved then, so that it is not played.
func (d *Dashboard) SaveWebhookTemplate(t WebhookTemplate) error {
	err := errors.Join(checkName(t.Name), checkURL(t.URL),
		checkMethod(t.Method, http.MethodPost, http.MethodGet, http.MethodDelete, http.MethodPut))
	d.mu.Lock()
	defer d.mu.Unlock()
	if t.OAuth2 != nil {
		err = errors.Join(err, t.OAuth2.check(d.keys[t.Name]))
		t.OAuth2 = new(*t.OAuth2)
	}
	if err != nil {
		return fmt.Errorf("the webhook template %q is not saved: %w", t.Name, err)
	}
	t.Headers = maps.Clone(t.Headers)
	d.templates[t.Name] = t
	delete(d.tokens, t.Name)
	return nil
}

// LinkedContent is what Settings > Setup > Linked Content > + Linked Content asks for. Its labels are those that Auto-fill
// Objects makes, see [Labels]; a request body, which the dialog has for POST, is not served.
type LinkedContent struct {
	Name string
	// Method is GET or POST.
	Method string
	// EndpointURL may hold {{parameters}} in its path and its query.
	EndpointURL string
	Headers     map[string]string
}

// SaveLinkedContent adds an API, or replaces the one of its name. It does not test it, as Test & save changes does.
func (d *Dashboard) SaveLinkedContent(api LinkedContent) error {
	err := errors.Join(checkName(api.Name), checkMethod(api.Method, http.MethodGet, http.MethodPost),
		checkURL(parameter.ReplaceAllString(api.EndpointURL, "x")))
	if err != nil {
		return fmt.Errorf("the Linked Content API %q is not saved: %w", api.Name, err)
	}
	api.Headers = maps.Clone(api.Headers)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.apis[api.Name] = api
	return nil
}

// Campaign is what a webhook campaign asks for.
type Campaign struct {
	Name, WebhookTemplate string
	// HasProperty is the audience: the profiles of which this property exists; "" is all.
	HasProperty string
	// Body is the custom body, as it is pasted.
	Body string
	// LinkedContent maps the parameters of each API that the body reads, by the API's name and the parameter's.
	LinkedContent map[string]map[string]Value
}

// Value is what a parameter of a Linked Content API is mapped to: either a constant or a profile property ("Linked
// Content"). Event properties are not served.
type Value struct{ Constant, ProfileProperty string }

type campaign struct {
	Campaign
	body *rendering.Body
}

// SaveCampaign adds a campaign, or replaces the one of its name. It refuses what the editor refuses: a template or an API
// that is not there, an API that the body reads and that is not mapped, Liquid that cannot be read. It also refuses the
// tokens of the editor's picker (@Profile - Name), whose stored form is not documented: pasted, they are text.
func (d *Dashboard) SaveCampaign(c Campaign) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	compiled, err := rendering.Compile(c.Body)
	if err == nil {
		err = errors.Join(checkName(c.Name), d.checkReferences(c, compiled))
	}
	if err != nil {
		return fmt.Errorf("the campaign %q is not saved: %w", c.Name, err)
	}
	mapped := map[string]map[string]Value{}
	for api, parameters := range c.LinkedContent {
		mapped[api] = maps.Clone(parameters)
	}
	c.LinkedContent = mapped
	d.campaigns[c.Name] = campaign{c, compiled}
	return nil
}

func (d *Dashboard) checkReferences(c Campaign, compiled *rendering.Body) error {
	if _, found := d.templates[c.WebhookTemplate]; !found {
		return fmt.Errorf("there is no webhook template %q", c.WebhookTemplate)
	}
	for _, api := range compiled.APIs() {
		if _, mapped := c.LinkedContent[api]; !mapped {
			return fmt.Errorf("the body reads Linked.%s, which the campaign does not map", api)
		}
	}
	for name, mapping := range c.LinkedContent {
		api, found := d.apis[name]
		if !found {
			return fmt.Errorf("there is no Linked Content API %q", name)
		}
		for parameter, value := range mapping {
			switch {
			case !slices.Contains(parametersOf(api.EndpointURL), parameter):
				return fmt.Errorf("the Linked Content API %q has no parameter %q", name, parameter)
			case value.Constant != "" && value.ProfileProperty != "":
				return fmt.Errorf("the parameter %q of %q is mapped to a constant and to a profile property", parameter, name)
			}
		}
	}
	return nil
}

// parameter is a {{parameter}} of an endpoint URL.
var parameter = regexp.MustCompile(`\{\{\s*([^{}\s][^{}]*?)\s*\}\}`)

func parametersOf(endpointURL string) []string {
	var names []string
	for _, match := range parameter.FindAllStringSubmatch(endpointURL, -1) {
		names = append(names, match[1])
	}
	return names
}

func checkName(name string) error {
	if strings.TrimSpace(name) == "" {
		return errors.New("the name is empty")
	}
	return nil
}

func checkMethod(method string, known ...string) error {
	if !slices.Contains(known, method) {
		return fmt.Errorf("the method is %q, not one of %s", method, strings.Join(known, ", "))
	}
	return nil
}

func checkURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return err
	case u.Scheme != "https" && u.Scheme != "http", u.Host == "":
		return fmt.Errorf("%q is no https or http URL", text)
	case strings.ContainsAny(text, "{}"):
		return fmt.Errorf("%q has a brace that belongs to no {{parameter}}", text)
	}
	return nil
}
