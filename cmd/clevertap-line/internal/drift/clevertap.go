package drift

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
)

// daysAhead is how far a scheduled campaign is looked for.
const daysAhead = 30

// webhooks is CleverTap's word for the channel of webhook campaigns.
const webhooks = "webhooks"

// clevertapReading asks CleverTap.
type clevertapReading struct {
	part   *part
	client *clevertap.Client
	// bodies are those of the template store; properties are profile properties, with the bodies that send to each.
	bodies     []object
	properties map[string][]string
	// days is how far back campaigns are looked for.
	days int
	now  time.Time
}

// look returns the campaigns of each body's name, nil if they could not be read.
func (c clevertapReading) look(ctx context.Context) map[string][]clevertap.Campaign {
	c.lookAtProperties(ctx)
	if len(c.bodies) == 0 {
		return map[string][]clevertap.Campaign{}
	}
	campaigns, err := c.client.Campaigns(ctx, clevertap.CampaignQuery{
		From: c.now.AddDate(0, 0, -c.days), To: c.now.AddDate(0, 0, daysAhead), Channels: []string{webhooks},
	})
	if err != nil {
		c.part.fail(err)
		return nil
	}
	byName := map[string][]clevertap.Campaign{}
	for _, campaign := range campaigns {
		byName[campaign.Name] = append(byName[campaign.Name], campaign)
	}
	for _, body := range c.bodies {
		if body.Receipt != nil {
			c.compare(body, byName[body.Name])
		}
	}
	return byName
}

func (c clevertapReading) lookAtProperties(ctx context.Context) {
	if len(c.properties) == 0 {
		return
	}
	known, err := c.client.UserProperties(ctx)
	if err != nil {
		c.part.fail(err)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(c.properties)) {
		if slices.ContainsFunc(known, func(p clevertap.Property) bool { return p.Name == name }) {
			continue
		}
		object := "profile property " + cli.Printable(name)
		readers := strings.Join(slices.Compact(slices.Sorted(slices.Values(c.properties[name]))), ", ")
		if alike := clevertap.SpelledOtherwise(known, name); len(alike) > 0 {
			slices.Sort(alike)
			c.part.found(propertySpelled, object, "CleverTap has %s. Sent to by %s.", cli.Printable(strings.Join(alike, ", ")), readers)
		} else {
			c.part.found(propertyMissing, object, "Sent to by %s.", readers)
		}
	}
}

// compare looks at the campaigns of a body's name.
func (c clevertapReading) compare(body object, campaigns []clevertap.Campaign) {
	count := map[string]int{}
	ids := make([]string, len(campaigns))
	for i, campaign := range campaigns {
		count[strings.ToLower(campaign.Status)]++
		ids[i] = cli.Printable(campaign.ID)
	}
	slices.Sort(ids)
	list := strings.Join(ids, ", ")
	live := count["running"] + count["scheduled"]
	switch {
	case body.declared == nil && live > 0:
		c.part.found(campaignUndeclared, body.name(), "Campaigns of this name: %s.", list)
	case body.declared == nil:
	case len(campaigns) == 0:
		c.part.found(campaignNotReported, body.name(), "No webhook campaign of this name is in the report.")
	case count["stopped"] == len(campaigns):
		c.part.found(campaignStopped, body.name(), "Campaigns of this name: %s.", list)
	}
	if len(campaigns) > 1 {
		c.part.found(campaignShared, body.name(), "Campaigns of this name: %s.", list)
	}
}
