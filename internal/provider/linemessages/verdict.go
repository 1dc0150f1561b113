package linemessages

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/verdicts"
)

// AskLine puts known messages to LINE's own check. of is the object that has them, such as `LINE campaign body "welcome"`.
func AskLine(ctx context.Context, of string, messages []linebody.Message, c *connect.Connections, diags *diag.Diagnostics) {
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
	if _, good := verdicts.Remembered().Recall(verdicts.MessagesStayGood, question...); good {
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
				fmt.Sprintf("LINE refuses a sample of the %s: %s", of, violation.Path),
				fmt.Sprintf("%s\n\nLINE was shown this in place of personalisation, so the fault may be the sample's: %s", verdict,
					messages[index].SampleAt(steps...))))
			continue
		}
		diags.AddAttributeError(where, "LINE refuses this message", verdict)
	}
	if len(violations) == 0 {
		verdicts.Remembered().Remember(nil, question...)
	}
}

// pathStep is one step of a path such as messages[0].contents.hero.
var pathStep = lazyregexp.New(`[^.\[\]]+`)

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
