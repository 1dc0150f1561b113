// Package validators checks single values of configurations, for all rooms of the provider. It knows the rules of the
// vendors' names and ids, and none of the rooms.
package validators

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// PlainText refuses what would be lost or misread when a person types the value into a dialog.
type PlainText struct{}

func (PlainText) Description(context.Context) string {
	return "text on one line, without white space at its ends"
}

func (v PlainText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (PlainText) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	value := req.ConfigValue.ValueString()
	switch {
	case strings.TrimSpace(value) == "":
		resp.Diagnostics.AddAttributeError(req.Path, "Empty value", "It must hold at least one character that is not white space.")
	case strings.TrimSpace(value) != value:
		resp.Diagnostics.AddAttributeError(req.Path, "White space at an end", "Remove the white space at the start or end: "+
			"a dialog that trims it would hold another value than the one declared.")
	case !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl):
		resp.Diagnostics.AddAttributeError(req.Path, "Control character", "It must be text on one line; it holds a line break, a tab or "+
			"another control character.")
	}
}

// BearerToken checks the form of a token; it never shows the value.
type BearerToken struct{}

func (BearerToken) Description(context.Context) string { return "a token alone, without \"Bearer\"" }

func (v BearerToken) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (BearerToken) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	// An empty value is as good as none: whatever needs the token says so.
	if req.ConfigValue.IsUnknown() || req.ConfigValue.ValueString() == "" {
		return
	}
	if fault := BearerTokenFault(req.ConfigValue.ValueString()); fault != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "The token has the wrong form", "The value "+fault+".")
	}
}

// tokenCharacters is the token68 syntax that RFC 9110, section 11.2, gives for bearer tokens.
var tokenCharacters = regexp.MustCompile(`^[A-Za-z0-9._~+/-]+=*$`)

// BearerTokenFault says what is wrong with the form of a token, as a clause to follow it; "" when nothing is. It never quotes
// the token.
func BearerTokenFault(token string) string {
	switch {
	case token == "":
		return "is empty"
	case strings.HasPrefix(strings.ToLower(token), "bearer "):
		return "starts with \"Bearer\": give the token alone"
	case strings.TrimSpace(token) != token:
		return "has white space or a line break at an end; a trailing line break often comes from reading it out of a file: use trimspace()"
	case !tokenCharacters.MatchString(token):
		return "holds characters that a bearer token cannot have (allowed are letters, digits and - . _ ~ + / and = at the end)"
	}
	return ""
}

// SHA256Hex is the form of content_sha256, for the receipt that repeats it.
var SHA256Hex = regexp.MustCompile(`^[0-9a-f]{64}$`)
