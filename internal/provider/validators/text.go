// Package validators checks single values of configurations, for all rooms of the provider. It knows the rules of the
// vendors' names and ids, and none of the rooms.
package validators

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/objectname"
)

// Text validates a known text: fault gives a summary and detail of what is wrong with it, and an empty summary where nothing
// is.
func Text(description string, fault func(value string) (summary, detail string)) validator.String {
	return textValidator{description, fault}
}

type textValidator struct {
	description string
	fault       func(value string) (summary, detail string)
}

func (v textValidator) Description(context.Context) string { return v.description }

func (v textValidator) MarkdownDescription(context.Context) string { return v.description }

func (v textValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if summary, detail := v.fault(req.ConfigValue.ValueString()); summary != "" {
		resp.Diagnostics.AddAttributeError(req.Path, summary, detail)
	}
}

// PlainText refuses what would be lost or misread when a person types the value into a dialog.
func PlainText() validator.String {
	return Text("text on one line, without white space at its ends", func(value string) (summary, detail string) {
		switch {
		case strings.TrimSpace(value) == "":
			return "Empty value", "It must hold at least one character that is not white space."
		case strings.TrimSpace(value) != value:
			return "White space at an end", "Remove the white space at the start or end: a dialog that trims it would hold another value " +
				"than the one declared."
		case !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl):
			return "Control character", "It must be text on one line; it holds a line break, a tab or another control character."
		}
		if err := objectname.Check(value); err != nil {
			return "Character that cannot be seen", fmt.Sprintf("The value %q %s.", value, err)
		}
		return "", ""
	})
}

// BearerToken checks the form of a token; it never shows the value. An empty one is as good as none: whatever needs the token
// says so.
func BearerToken() validator.String {
	return Text(`a token alone, without "Bearer"`, func(value string) (summary, detail string) {
		if fault := BearerTokenFault(value); value != "" && fault != "" {
			return "The token has the wrong form", "The value " + fault + "."
		}
		return "", ""
	})
}

// tokenCharacters is the token68 syntax that RFC 9110, section 11.2, gives for bearer tokens.
var tokenCharacters = lazyregexp.New(`^[A-Za-z0-9._~+/-]+=*$`)

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
