package standin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Secret is what a record has in place of a value that is nobody's business.
const Secret = "[secret]"

// Request is one request as it came, but for its secrets. It must not be changed.
type Request struct {
	Method string
	Path   string // as sent
	Query  string // as sent
	Header http.Header
	Body   []byte
	// Authorized says that the request had credentials that the server takes; see [Config].
	Authorized bool
}

// Requests returns all requests so far, in the order in which they came.
func (f *Front) Requests() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.requests)
}

// NotServed refuses a request for something that the server may have and its stand-in lacks: it answers 501, in words that
// are no vendor's, and keeps what it was for [Front.Unserved]. What is the part that lacks, "" the endpoint.
func (f *Front) NotServed(w http.ResponseWriter, r *http.Request, what string) {
	asked := r.Method + " " + r.URL.EscapedPath()
	if what != "" {
		asked += ": " + what
	}
	f.mu.Lock()
	f.unserved = append(f.unserved, asked)
	f.mu.Unlock()
	http.Error(w, "This stand-in does not serve "+asked, http.StatusNotImplemented)
}

// Unserved returns what [Front.NotServed] refused so far. A test that is not about that wants none.
func (f *Front) Unserved() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.unserved)
}

// Forget empties the record.
func (f *Front) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests, f.unserved = nil, nil
}

// record notes a request and returns the fault that is its lot.
func (f *Front) record(r *http.Request, body []byte) Fault {
	request := Request{
		Method:     r.Method,
		Path:       r.URL.EscapedPath(),
		Query:      f.withoutSecret(r.URL.RawQuery),
		Header:     r.Header.Clone(),
		Body:       body,
		Authorized: f.config.Authorized != nil && f.config.Authorized(r),
	}
	if r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		request.Body = []byte(f.withoutSecret(string(body)))
	}
	for _, name := range append([]string{"Authorization"}, f.config.SecretHeaders...) {
		if request.Header.Get(name) != "" {
			request.Header.Set(name, Secret)
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, request)
	next := slices.IndexFunc(f.faults, func(fault Fault) bool { return fault.isFor(request) })
	if next < 0 {
		return Fault{}
	}
	fault := f.faults[next]
	f.faults = slices.Delete(f.faults, next, next+1)
	return fault
}

// withoutSecret takes the secret parameters' values out of a query or a form.
func (f *Front) withoutSecret(text string) string {
	parameters := strings.Split(text, "&")
	for i, parameter := range parameters {
		name, _, _ := strings.Cut(parameter, "=")
		if read, err := url.QueryUnescape(name); err == nil && slices.Contains(f.config.SecretParameters, read) {
			parameters[i] = name + "=" + Secret
		}
	}
	return strings.Join(parameters, "&")
}
