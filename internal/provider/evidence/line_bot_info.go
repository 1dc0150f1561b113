package evidence

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
)

type lineBotInfoDataSource struct{ connect.DataSource }

var _ datasource.DataSourceWithConfigure = (*lineBotInfoDataSource)(nil)

// NewLineBotInfo is the data source of that name.
func NewLineBotInfo() datasource.DataSource { return &lineBotInfoDataSource{} }

type lineBotInfoModel struct {
	UserID         types.String `tfsdk:"user_id"`
	BasicID        types.String `tfsdk:"basic_id"`
	PremiumID      types.String `tfsdk:"premium_id"`
	DisplayName    types.String `tfsdk:"display_name"`
	PictureURL     types.String `tfsdk:"picture_url"`
	ChatMode       types.String `tfsdk:"chat_mode"`
	MarkAsReadMode types.String `tfsdk:"mark_as_read_mode"`
}

func (d *lineBotInfoDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_line_bot_info"
}

// The descriptions are those of LINE's reference, "Get LINE Official Account (bot) info".
func (d *lineBotInfoDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The LINE Official Account (bot) that the provider's channel access token belongs to. To read it proves that " +
			"the token is alive, and whose it is: a pipeline with the token of another account is an error before it is a message to the " +
			"wrong people. The token in CleverTap's dashboard is another thing, which nobody can read.",
		Attributes: map[string]schema.Attribute{
			"user_id":           text("The bot's user ID."),
			"basic_id":          text("The bot's basic ID, which begins with `@`."),
			"premium_id":        text("The bot's premium ID; null if it has none. It is bought, and says nothing of a verified or premium account."),
			"display_name":      text("The bot's display name."),
			"picture_url":       text("URL of the profile image; null if there is none."),
			"chat_mode":         text("`chat` or `bot`: whether chat is on or off."),
			"mark_as_read_mode": text("`auto` or `manual`: whether messages of users are marked as read by themselves."),
		},
	}
}

func (d *lineBotInfoDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	client := d.Connections.Line.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	bot, err := client.BotInfo(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the bot's information from LINE", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, lineBotInfoModel{
		UserID: told(bot.UserID), BasicID: told(bot.BasicID), PremiumID: told(bot.PremiumID), DisplayName: told(bot.DisplayName),
		PictureURL: told(bot.PictureURL), ChatMode: told(bot.ChatMode), MarkAsReadMode: told(bot.MarkAsReadMode),
	})...)
}

// told is a text of a vendor's, null if it did not tell it.
func told(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
