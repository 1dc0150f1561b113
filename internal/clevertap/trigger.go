package clevertap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

const fireCampaign = "fire the campaign"

// MaxTriggered is how many users one [Trigger] takes. The page of the External Trigger API ("Public Beta") has no number that
// we could read; this is the one of its sisters under /1/send/ ("Target Users by Identity API"), and users of the API send as many.
const MaxTriggered = 1000

// perhapsFired is what an error says after which nobody knows whether CleverTap fired the campaign.
const perhapsFired = "Whether the campaign was fired is not known. It is not fired again by itself, since CleverTap would send it a " +
	"second time: look at the campaign's report in the dashboard first"

// Trigger fires one campaign with the qualification criteria External Trigger, which is made and published in the dashboard.
type Trigger struct {
	// CampaignID is the campaign's, as the dashboard shows it: digits.
	CampaignID string
	// Identities are the users who get it, each once.
	Identities []string
	// Parameters are what the campaign's message has as {{ ExternalTrigger.Name }}. CleverTap takes texts alone.
	Parameters map[string]string
}

var (
	campaignID = lazyregexp.New(`^[0-9]{1,19}$`)
	// parameterName is one with which Liquid can be written. CleverTap documents no form.
	parameterName = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// Check says why the campaign would not be fired, or nil.
func (t Trigger) Check() error {
	if !campaignID.MatchString(t.CampaignID) {
		return fmt.Errorf("%s is no ID of a campaign, which is a number that the dashboard shows", httpclient.Excerpt(t.CampaignID))
	}
	if len(t.Identities) == 0 || len(t.Identities) > MaxTriggered {
		return fmt.Errorf("%d users are not between 1 and %d", len(t.Identities), MaxTriggered)
	}
	for _, identity := range t.Identities {
		if err := CheckIdentity(identity); err != nil {
			return err
		}
	}
	sorted := slices.Sorted(slices.Values(t.Identities))
	if len(slices.Compact(sorted)) < len(t.Identities) {
		return errors.New("a user is named twice")
	}
	for _, name := range slices.Sorted(maps.Keys(t.Parameters)) {
		if !parameterName.MatchString(name) {
			return fmt.Errorf("%s is no name of a parameter that Liquid is written with: letters, digits and underscores, not beginning "+
				"with a digit", httpclient.Excerpt(name))
		}
	}
	return nil
}

// Fire fires a campaign ("External Trigger API", POST /1/send/externaltrigger.json). It cannot be undone, and it is sent once
// whatever happens: CleverTap knows no key by which it would recognise a repetition. After an answer that was lost, or that is not
// CleverTap's, it is not known whether the campaign was fired, and the error says so.
//
// The answers are not documented; these are those of the sisters under /1/send/. Anything but the status "success" is
// an error: with "partial" CleverTap took the campaign for some of the users.
func (c *Client) Fire(ctx context.Context, trigger Trigger) error {
	if err := trigger.Check(); err != nil {
		return fmt.Errorf("%s: %w. The call was not made", fireCampaign, err)
	}
	asked := struct {
		To struct {
			Identity []string `json:"identity"`
		} `json:"to"`
		CampaignID string            `json:"campaign_id"`
		Parameters map[string]string `json:"ExternalTrigger"`
	}{CampaignID: trigger.CampaignID, Parameters: trigger.Parameters}
	asked.To.Identity = trigger.Identities
	if asked.Parameters == nil {
		asked.Parameters = map[string]string{} // each example has it
	}
	body, err := json.Marshal(asked)
	if err != nil {
		return fmt.Errorf("%s: %w", fireCampaign, err)
	}
	response, err := c.do(ctx, c.reads, fireCampaign, httpclient.Request{
		Method: http.MethodPost, URL: c.base.JoinPath("/1/send/externaltrigger.json"), Body: body,
	})
	if err != nil {
		return fmt.Errorf("%w\n%s", err, perhapsFired)
	}
	var answer envelope
	err = decode(response.Body, &answer)
	switch status := strings.ToLower(answer.Status); {
	case response.StatusCode > 200 && response.StatusCode < 300,
		max(response.StatusCode, number(answer.Code)) >= http.StatusInternalServerError:
		return errors.New(vendor.Sentence(c.apiError(fireCampaign, response).Refusal, "", perhapsFired)) // without advice to try again
	case response.StatusCode != http.StatusOK || err == nil && status == "fail":
		return c.apiError(fireCampaign, response)
	case err == nil && status == "partial":
		return fmt.Errorf("%s: CleverTap took it for some of the users only, and answered %s%s\nThose it took get the message: see the "+
			"campaign's report in the dashboard before it is fired for the others", fireCampaign, response.Excerpt(),
			vendor.RequestIDNote(response.RequestID()))
	case err != nil || status != "success":
		return fmt.Errorf("%w\n%s", c.unusable(fireCampaign, response, "without the status success"), perhapsFired)
	}
	return nil
}
