package httpclient

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
)

// ParseBaseURL reads the address of an API: https, or http on this machine (localhost, 127.0.0.0/8, ::1), because
// credentials are sent to it. It may have a path, but no user name, query or fragment. Errors repeat at most the host,
// because anything else may be a password. The result is made for [url.URL.JoinPath]: its path is never empty.
func ParseBaseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("a base URL has the form https://host or https://host/path")
	case u.User != nil:
		return nil, errors.New("a base URL must not hold a user name or password")
	case u.Hostname() == "":
		return nil, errors.New("the base URL names no host")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, fmt.Errorf("the base URL at host %q must have no query and no fragment", u.Host)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("the base URL at host %q must begin with https: credentials would cross the network in "+
			"the clear (http is for this machine alone)", u.Host)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
