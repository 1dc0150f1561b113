package dashboard

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

// ask puts what is new to those who know: the messages to LINE, the recipient's property to CleverTap.
func (m *lineCampaignBodyModel) ask(ctx context.Context, p planning[lineCampaignBodyModel], diags *diag.Diagnostics) {
	if p.prior == nil || !m.To.Equal(p.prior.To) {
		m.askCleverTap(ctx, p.connections, diags)
	}
	if p.connections.Line.ValidateMessages && !m.Body.IsUnknown() && (p.prior == nil || !p.messages.same(m.Messages, p.prior.Messages)) {
		m.askLine(ctx, p.connections, p.messages.list(m.Messages), diags)
	}
}

// askCleverTap warns of a property that CleverTap has in another spelling alone, where credentials are given to ask with.
func (m *lineCampaignBodyModel) askCleverTap(ctx context.Context, c *connect.Connections, diags *diag.Diagnostics) {
	client, ok := c.CleverTap.Known()
	to, known := recipientOf(ctx, m.To, diags)
	if !ok || !known || to.ID != nil || c.CleverTapIsSilent.Load() {
		return
	}
	properties, err := client.KnownUserProperties(ctx)
	if err != nil {
		c.CleverTapIsSilent.Store(true)
		c.Warn(diags, diag.NewWarningDiagnostic("CleverTap could not be asked which profile properties it has",
			fmt.Sprintf("So it is not known whether those that the bodies read are there. %s", err)))
		return
	}
	name := to.Property().Name
	if alike := clevertap.SpelledOtherwise(properties, name); len(alike) > 0 {
		c.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("to"),
			fmt.Sprintf("The LINE campaign body %q reads the property %s, and CleverTap has %s", m.Name.ValueString(), name,
				wording.Some(alike, ", ")),
			fmt.Sprintf("Upper and lower case differ: every profile would get the default, %q, to which LINE answers 400. Write "+
				"profile_property = %q in the block to, unless the other is still to come.", to.Property().Default, alike[0])))
	}
}

// askLine puts the messages to LINE's own check.
func (m *lineCampaignBodyModel) askLine(ctx context.Context, c *connect.Connections, messages []linebody.Message, diags *diag.Diagnostics) {
	at := path.Root("messages")
	samples := make([]string, len(messages))
	for i, message := range messages {
		sample, err := message.Sample()
		if err != nil {
			diags.AddAttributeError(at.AtListIndex(i), "The message cannot be put to LINE", err.Error())
			return
		}
		samples[i] = sample
	}
	question := append([]string{"messages", c.Line.BaseURL()}, samples...)
	if _, good := rememberedVerdicts().recall(messagesStayGood, question...); good {
		return
	}
	client := c.Line.Client(diags)
	if client == nil {
		return
	}
	violations, err := client.ValidatePush(ctx, samples)
	if err != nil {
		diags.AddAttributeError(at, "LINE could not be asked about the messages", err.Error()+"\n\nThe messages have passed the provider's own "+
			"check. To go on without LINE's verdict, set validate_messages = false in the provider's line block, or the environment variable "+
			connect.EnvLineValidateMessages+"=false.")
		return
	}
	for _, violation := range violations {
		verdict := fmt.Sprintf("%s: LINE says: %s", violation.Path, violation.Message)
		index, steps, ok := messageAt(violation.Path, len(messages))
		if !ok {
			diags.AddAttributeError(at, "LINE refuses this message", verdict)
			continue
		}
		where := at.AtListIndex(index)
		if written, _ := messages[index].At(steps...); personalization.HasTags(written) {
			c.Warn(diags, diag.NewAttributeWarningDiagnostic(where,
				fmt.Sprintf("LINE refuses a sample of the LINE campaign body %q: %s", m.Name.ValueString(), violation.Path),
				fmt.Sprintf("%s\n\nLINE was shown this in place of personalisation, so the fault may be the sample's: %s", verdict,
					messages[index].SampleAt(steps...))))
			continue
		}
		diags.AddAttributeError(where, "LINE refuses this message", verdict)
	}
	if len(violations) == 0 {
		rememberedVerdicts().remember(nil, question...)
	}
}

// pathStep is one step of a path such as messages[0].contents.hero.
var pathStep = regexp.MustCompile(`[^.\[\]]+`)

// messageAt takes a path of LINE's apart into the index of one of so many messages and the steps inside it. What a server
// names is data: any other path is none of a message's.
func messageAt(path string, count int) (index int, steps []string, ok bool) {
	steps = pathStep.FindAllString(path, -1)
	if len(steps) < 2 || steps[0] != "messages" {
		return 0, nil, false
	}
	index, err := strconv.Atoi(steps[1])
	if err != nil || index < 0 || index >= count {
		return 0, nil, false
	}
	return index, steps[2:], true
}
