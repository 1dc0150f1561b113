package campaigntest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/rendering"
)

// What CleverTap documents of answers that it keeps ("Linked Content Functionality").
const (
	keptFor  = 5 * time.Minute
	mostKept = 1000
)

// mostAnswer is how much of an answer is read. CleverTap's limit is not documented.
const mostAnswer = 8 << 20

// kept is a valid answer that serves again.
type kept struct {
	labels map[string]any
	until  time.Time
}

// newClient follows no redirect: Linked Content reports each as ContentAPIFailed 3XX, and webhooks count it as an error. It
// opens a connection a request, since the standard client repeats by itself what fails on one that was used before.
func newClient() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// linked reads what a body asks for, for one profile. Where the message stops, failed says why. Each API is read before the
// body is rendered, in whatever branch it stands: when CleverTap reads is not documented.
func (d *Dashboard) linked(ctx context.Context, s snapshot, profile map[string]any) (map[string]any, *failure) {
	linked := map[string]any{}
	for _, name := range s.campaign.body.APIs() {
		labels, failed := d.labels(ctx, s.apis[name], s.campaign.LinkedContent[name], profile)
		if failed != nil && d.config.FailedFetch == StopsMessage {
			return nil, failed
		}
		linked[name] = labels
	}
	return linked, nil
}

// labels are those of an answer, kept or new; of a failed fetch those that there are.
func (d *Dashboard) labels(ctx context.Context, api LinkedContent, mapping map[string]Value, profile map[string]any) (
	map[string]any, *failure,
) {
	address, failed := resolve(api, mapping, profile)
	if failed != nil {
		return nil, failed
	}
	// Parameters stand in the URL alone, so that it tells their combinations apart.
	key := strings.Join([]string{api.Name, api.Method, address}, "\n")
	d.mu.Lock()
	answer, found := d.kept[key]
	d.mu.Unlock()
	if found && d.Clock.Now().Before(answer.until) {
		return answer.labels, nil
	}
	labels, failed := d.fetch(ctx, api, address)
	if failed == nil {
		d.keep(key, labels)
	}
	return labels, failed
}

// keep keeps a valid answer. One above the account's 1,000 is not kept: which are given up is not documented, and this way
// the origin is asked most often.
func (d *Dashboard) keep(key string, labels map[string]any) {
	now := d.Clock.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	maps.DeleteFunc(d.kept, func(_ string, answer kept) bool { return !now.Before(answer.until) })
	if len(d.kept) < mostKept {
		d.kept[key] = kept{labels, now.Add(keptFor)}
	}
}

// resolve fills in an endpoint URL. A parameter before the question mark is mandatory ("Linked Content URL and Request Body
// Personalization"); one behind it that a profile lacks is empty, which is not documented, nor is that values are escaped.
func resolve(api LinkedContent, mapping map[string]Value, profile map[string]any) (string, *failure) {
	path, query, hasQuery := strings.Cut(api.EndpointURL, "?")
	missing := ""
	path = parameter.ReplaceAllStringFunc(path, func(written string) string {
		name := parametersOf(written)[0]
		value := mapping[name].of(profile)
		if value == "" {
			missing = name
		}
		return url.PathEscape(value)
	})
	if missing != "" {
		return "", &failure{InvalidURL, fmt.Sprintf("%s: the path parameter %s has no value", api.Name, missing)}
	}
	address := path
	if hasQuery {
		address += "?" + parameter.ReplaceAllStringFunc(query, func(written string) string {
			return url.QueryEscape(mapping[parametersOf(written)[0]].of(profile))
		})
	}
	if err := checkURL(address); err != nil {
		return "", &failure{InvalidURL, fmt.Sprintf("%s: %s", api.Name, err)}
	}
	return address, nil
}

// of is the value for a profile; "" if it has none. Lists and objects are none: how they would be written is not documented.
func (v Value) of(profile map[string]any) string {
	if v.ProfileProperty == "" {
		return v.Constant
	}
	switch value := rendering.ForLiquid(profile[v.ProfileProperty]).(type) {
	case nil, map[string]any, []any:
		return ""
	default:
		return fmt.Sprint(value)
	}
}

// fetch reads an API once: no failure is repeated.
func (d *Dashboard) fetch(ctx context.Context, api LinkedContent, address string) (map[string]any, *failure) {
	fail := func(outcome Outcome, cause any) *failure {
		return &failure{outcome, fmt.Sprintf("%s %s: %v", api.Method, address, cause)}
	}
	answer, err := d.exchange(ctx, d.config.FetchTimeout, api.Method, address, api.Headers, nil)
	var operation *net.OpError
	switch {
	case errors.As(err, &operation) && operation.Op == "dial" && !errors.Is(err, context.DeadlineExceeded):
		return nil, fail(InvalidURL, err)
	case err != nil:
		return nil, fail(ContentAPIInvalid, err)
	}
	// The system labels are there "to identify errors, such as, 404" ("Linked Content"), without those of the answer.
	system := map[string]any{
		"raw": string(answer.body), "http_status_code": answer.status, "headers": firstOfEach(answer.header),
	}
	switch hundreds := answer.status / 100; {
	case hundreds >= 3:
		return system, fail(Outcome(fmt.Sprintf("ContentAPIFailed %dXX", hundreds)), answer.status)
	case answer.status != http.StatusOK:
		return system, fail(ResponseException, answer.status)
	}
	labels, err := Labels(answer.body)
	if err != nil {
		return system, fail(ResponseException, err)
	}
	maps.Copy(labels, system)
	return labels, nil
}

func firstOfEach(header http.Header) map[string]any {
	first := map[string]any{}
	for name := range header {
		first[name] = header.Get(name)
	}
	return first
}

// answer is what a server said, with its body as the bytes that came, whatever charset it names.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// exchange makes one request. An answer that does not come whole and in time is an error.
func (d *Dashboard) exchange(ctx context.Context, timeout time.Duration, method, address string, headers map[string]string, body []byte) (
	answer, error,
) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := d.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }() // what was wanted has been read
	text, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer+1))
	switch {
	case err != nil:
		return answer{}, err
	case len(text) > mostAnswer:
		return answer{}, errors.New("the answer is longer than " + strconv.Itoa(mostAnswer) + " bytes")
	}
	return answer{response.StatusCode, response.Header, text}, nil
}
