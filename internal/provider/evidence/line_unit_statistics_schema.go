package evidence

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

// The descriptions of the numbers are those of LINE's reference, "Get statistics per unit".
func (d *lineUnitStatisticsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	message := map[string]schema.Attribute{
		"seq":                 schema.Int64Attribute{MarkdownDescription: "Serial number of the bubble.", Computed: true},
		"impression":          number("Number of times the bubble was displayed."),
		"unique_impression":   number("Number of users who displayed it."),
		"media_played":        number("Number of times its audio or video started playing, automatically included."),
		"unique_media_played": number("Number of users who started playing its audio or video."),
	}
	for _, percent := range []int{25, 50, 75, 100} {
		message[fmt.Sprintf("media_played_%d_percent", percent)] = number(fmt.Sprintf("Number of times %d%% of it were played.", percent))
		message[fmt.Sprintf("unique_media_played_%d_percent", percent)] = number(
			fmt.Sprintf("Number of users who played %d%% of it.", percent))
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("How users received the messages that were sent with a unit name. LINE counts for 14 days from "+
			"each message on, and its guide says to wait a few days. The numbers may contain errors.\n\n"+
			"A null is a number that LINE does not tell, to protect the users' privacy: there were fewer than 20 events, or fewer than "+
			"20 users behind them. That includes none at all: a unit that was never sent is no error, and its `messages` and `clicks` are "+
			"empty.\n\n"+
			"LINE answers %d of these requests an hour for a channel, whoever sends them; each data source is one, in every plan, and a "+
			"run that would send more gets an error. A configuration of its own for statistics keeps that from stopping the plan of "+
			"anything else.",
			line.StatisticsPerHour),
		Attributes: map[string]schema.Attribute{
			"unit": schema.StringAttribute{
				MarkdownDescription: "The unit name: 1 to 30 letters, digits and underscores. Upper and lower case differ.",
				Required:            true,
				Validators: []validator.String{validators.Text("a unit name", func(value string) (summary, detail string) {
					return fault("No unit name", line.CheckUnitName(value))
				})},
			},
			"from": day("First day of the period, such as `20270301`. LINE's days begin at midnight of UTC+9."),
			"to":   day("Last day of the period, 30 days after the first at most."),
			"overview": schema.SingleNestedAttribute{
				MarkdownDescription: "Users over all messages.",
				Computed:            true,
				Attributes: map[string]schema.Attribute{
					"unique_impression":               number("Number of users who opened the message: who displayed at least one bubble."),
					"unique_click":                    number("Number of users who opened any URL in the message."),
					"unique_media_played":             number("Number of users who started playing any video or audio in the message."),
					"unique_media_played_100_percent": number("Number of users who played the whole of any video or audio in the message."),
				},
			},
			"messages": schema.ListNestedAttribute{
				MarkdownDescription: "The bubbles, by their number in the message: those of all messages of the unit are counted together, " +
					"whatever is in them.",
				Computed:     true,
				NestedObject: schema.NestedAttributeObject{Attributes: message},
			},
			"clicks": schema.ListNestedAttribute{
				MarkdownDescription: "The URLs that were opened.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"seq":          schema.Int64Attribute{MarkdownDescription: "Serial number.", Computed: true},
					"url":          schema.StringAttribute{MarkdownDescription: "The URL.", Computed: true},
					"click":        number("Number of times the URL in the bubble was opened."),
					"unique_click": number("Number of users who opened it there."),
					"unique_click_of_request": number("Number of users who opened it anywhere in the message, each once if other bubbles have " +
						"it, too."),
				}},
			},
		},
	}
}

func number(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description + " Null for fewer than 20.", Computed: true}
}

func day(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators: []validator.String{validators.Text("a day, yyyyMMdd", func(value string) (summary, detail string) {
			_, err := line.ParseDay(value)
			return fault("No day of LINE's statistics", err)
		})},
	}
}

// fault is what a validator says of an error.
func fault(summary string, err error) (string, string) {
	if err == nil {
		return "", ""
	}
	return summary, fmt.Sprintf("The value %s.", err)
}
