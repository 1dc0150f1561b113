package httpclient

import (
	"strings"
	"testing"
)

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	good := map[string]string{ // with /v1 joined to it
		"https://api.line.me":                "https://api.line.me/v1",
		"https://api.line.me/":               "https://api.line.me/v1",
		"https://gateway.example.com:8443/a": "https://gateway.example.com:8443/a/v1",
		"http://localhost:8080":              "http://localhost:8080/v1",
		"http://127.0.0.1:1":                 "http://127.0.0.1:1/v1",
		"http://127.9.9.9":                   "http://127.9.9.9/v1",
		"http://[::1]:80/b/":                 "http://[::1]:80/b/v1",
	}
	for s, want := range good {
		u, err := ParseBaseURL(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
			continue
		}
		if joined := u.JoinPath("/v1"); joined.String() != want || joined.Path[0] != '/' {
			t.Errorf("%s: joined to %s, path %s; want %s", s, joined, joined.Path, want)
		}
	}
	bad := map[string]string{
		"":                                "form",
		"api.line.me":                     "form",
		"localhost:8080":                  "form",
		"ftp://example.com":               "form",
		"https://exa mple":                "form",
		"https://u:canary/x@example.com":  "form",
		"canary:canary@example.com":       "form",
		"https://":                        "no host",
		"https:///path":                   "no host",
		"https://:443":                    "no host",
		"https://user@example.com":        "user name",
		"https://user:canary@example.com": "user name",
		"https://example.com?key=canary":  "no query",
		"https://example.com?":            "no query",
		"https://example.com/#canary":     "no fragment",
		"http://api.line.me":              "https",
		"http://localhost.example.com":    "https",
		"http://10.0.0.1":                 "https",
		"http://0.0.0.0":                  "https",
		"http://[::ffff:10.0.0.1]":        "https",
	}
	for s, part := range bad {
		u, err := ParseBaseURL(s)
		if err == nil {
			t.Errorf("%s: accepted as %v", s, u)
			continue
		}
		if !strings.Contains(err.Error(), part) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", s, err)
		}
	}
}
