package dashboard

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type lineCampaignBodyResource struct {
	stored.Object[templatestore.LineCampaignBody, lineCampaignBodyModel, *lineCampaignBodyModel]
}

var _ stored.Resource = (*lineCampaignBodyResource)(nil)

// NewLineCampaignBody is the resource of that name.
func NewLineCampaignBody() resource.Resource {
	r := &lineCampaignBodyResource{}
	r.About = lineCampaignBodies.about()
	return r
}

// ValidateConfig checks recipient and messages. Terraform calls it in validate, plan and apply, each time with what is
// known by then, so that nothing is written unchecked.
func (r *lineCampaignBodyResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config lineCampaignBodyModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	to := config.checkRecipient(ctx, &resp.Diagnostics)
	config.checkSource(&resp.Diagnostics)
	of := ""
	if !config.Name.IsUnknown() {
		of = config.called()
	}
	linemessages.Check(of, to, config.Messages, r.Connections, &resp.Diagnostics)
}
