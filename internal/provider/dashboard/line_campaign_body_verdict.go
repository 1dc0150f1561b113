package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// askLine puts the messages of a new or changed body to LINE's own check.
func (m *lineCampaignBodyModel) askLine(
	ctx context.Context, c *connect.Connections, _ tfsdk.Config, prior *lineCampaignBodyModel, diags *diag.Diagnostics,
) {
	if c == nil || !c.Line.ValidateMessages || m.Body.IsUnknown() || prior != nil && sameMessages(m.Messages, prior.Messages) {
		return
	}
	at := path.Root("messages")
	samples := values.StringsOfList(ctx, m.Messages, diags)
	for i, message := range samples {
		sample, err := linebody.ParseMessage(message).Sample()
		if err != nil {
			diags.AddAttributeError(at.AtListIndex(i), "The message cannot be put to LINE", err.Error())
			return
		}
		samples[i] = sample
	}
	question := append([]string{"messages", c.Line.BaseURL()}, samples...)
	if rememberedVerdicts().good(messagesStayGood, question...) {
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
	messages := values.StringsOfList(ctx, m.Messages, diags)
	for _, violation := range violations {
		verdict := fmt.Sprintf("%s: LINE says: %s", violation.Path, violation.Message)
		index, steps, ok := messageAt(violation.Path, len(samples))
		if !ok {
			diags.AddAttributeError(at, "LINE refuses this message", verdict)
			continue
		}
		where := at.AtListIndex(index)
		if personalization.HasTags(valueAt(messages[index], steps)) {
			diags.AddAttributeWarning(where, "LINE refuses a sample of this message", fmt.Sprintf("%s\n\nLINE was shown this in place of "+
				"personalisation, so the fault may be the sample's: %s", verdict, valueAt(samples[index], steps)))
			continue
		}
		diags.AddAttributeError(where, "LINE refuses this message", verdict)
	}
	if len(violations) == 0 {
		rememberedVerdicts().remember(question...)
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

// valueAt is the JSON text at the steps, or as deep as they lead.
func valueAt(message string, steps []string) string {
	for _, step := range steps {
		var object map[string]json.RawMessage
		var array []json.RawMessage
		if json.Unmarshal([]byte(message), &object) == nil && object[step] != nil {
			message = string(object[step])
		} else if index, err := strconv.Atoi(step); err == nil && index >= 0 &&
			json.Unmarshal([]byte(message), &array) == nil && index < len(array) {
			message = string(array[index])
		} else {
			break
		}
	}
	return message
}
