package clevertap

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// Profile is what CleverTap knows of a user.
type Profile struct {
	// Exists is false for an identity that no profile has.
	Exists bool
	// Absence is how CleverTap said that there is none, for one that does not exist.
	Absence Absence
	// Properties are the custom properties by name, as encoding/json decodes them, but numbers as json.Number. It is
	// empty, not nil, for a profile without any, and nil for none.
	Properties map[string]any
}

// Absence is a way to answer for an identity that no profile has. Which one is CleverTap's is not documented.
type Absence int

const (
	// NotAbsent is for a profile that exists.
	NotAbsent Absence = iota
	// AbsentWithoutRecord is a success without a record.
	AbsentWithoutRecord
	// AbsentNotFound is a failure with status 404.
	AbsentNotFound
	// AbsentFailure is a failure with another status that says so.
	AbsentFailure
)

// Profile reads one profile ("Get User Profiles API"). A value that was just written may not be there yet.
//
// How CleverTap answers for an identity that no profile has is not documented. Taken for that are a success without a
// record, and a failure in CleverTap's form that is a 404 or says that there is no such profile; any other failure is
// an [*APIError].
func (c *Client) Profile(ctx context.Context, identity string) (Profile, error) {
	if err := CheckIdentity(identity); err != nil {
		return Profile{}, fmt.Errorf("read a profile: %w", err)
	}
	operation := fmt.Sprintf("read the profile %q", identity)
	response, err := c.get(ctx, operation, "/1/profile.json", url.Values{"identity": {identity}})
	if err != nil {
		return Profile{}, err
	}
	var answer struct {
		envelope
		Record *struct {
			ProfileData map[string]any `json:"profileData"`
		} `json:"record"`
	}
	err = decode(response.Body, &answer)
	switch {
	case err == nil && noSuchProfile(response, answer.envelope):
		if response.StatusCode == http.StatusNotFound {
			return Profile{Absence: AbsentNotFound}, nil
		}
		return Profile{Absence: AbsentFailure}, nil
	case response.StatusCode != http.StatusOK || err == nil && answer.Status == "fail":
		return Profile{}, c.apiError(operation, response)
	case err != nil:
		return Profile{}, c.unusable(operation, response, fmt.Sprintf("not with a profile (%v)", err))
	case answer.Status != "success":
		return Profile{}, c.unusable(operation, response, "with the status "+httpclient.Excerpt(response.Redact(answer.Status)))
	case answer.Record == nil:
		return Profile{Absence: AbsentWithoutRecord}, nil
	case answer.Record.ProfileData == nil:
		return Profile{Exists: true, Properties: map[string]any{}}, nil
	}
	return Profile{Exists: true, Properties: answer.Record.ProfileData}, nil
}

// noProfile are ways to say that there is no such profile. It must not take an account that is unknown for that.
var noProfile = lazyregexp.New(`(?i)\b(profile|user|record|identity)s?\b.*\b(not found|(does not|doesn't) exist)|` +
	`\bno (such )?(profile|user|record|identity)`)

func noSuchProfile(response *httpclient.Response, answer envelope) bool {
	if answer.Status != "fail" {
		return false
	}
	switch response.StatusCode {
	case http.StatusNotFound:
		return true
	case http.StatusOK, http.StatusBadRequest:
		return number(answer.Code) == http.StatusNotFound || noProfile.MatchString(answer.Error)
	}
	return false
}
