package provider

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

func (p *clevertapProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Declares LINE messaging through CleverTap: the webhook template that posts to LINE, the bodies of the " +
			"campaigns that use it, and the followers they reach. Each setting is needed only by what uses it.",
		Attributes: map[string]schema.Attribute{
			"account_id": schema.StringAttribute{
				MarkdownDescription: "CleverTap account (project) ID. Documents in the template store are kept under it; `default` when there " +
					"is none. CleverTap's API needs it." + fromEnvironment(connect.EnvAccountID),
				Optional:   true,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1), validators.PlainText()},
			},
			"dashboard_reminders": schema.BoolAttribute{
				MarkdownDescription: "Whether a create, a change of content and a delete end with a warning that says what to enter in " +
					"CleverTap's dashboard. Default `true`." + fromEnvironment(connect.EnvDashboardReminders),
				Optional: true,
			},
			"max_retries": countAttribute("How often a request that is safe to repeat is repeated after a failure.",
				connect.DefaultMaxRetries, 0, connect.EnvMaxRetries),
			"retry_max_wait_seconds": countAttribute("Longest wait before a repetition, in seconds.",
				connect.DefaultRetryMaxWaitSeconds, 1, connect.EnvRetryMaxWait),
			"request_timeout_seconds": countAttribute("Time limit of one attempt of a request, in seconds.",
				connect.DefaultRequestTimeoutSeconds, 1, connect.EnvRequestTimeout),
		},
	}
	maps.Copy(resp.Schema.Attributes, cleverTapAttributes())
	resp.Schema.Blocks = map[string]schema.Block{
		"line": lineBlock(), "template_store": templateStoreBlock(), "publish_store": publishStoreBlock(),
	}
}

// lineBlock is a block and no nested attribute, as is whatever a person writes by hand: of the keys of a nested attribute
// Terraform drops those it does not know without a word, so that a misspelled setting would be none.
func lineBlock() schema.SingleNestedBlock {
	return schema.SingleNestedBlock{
		MarkdownDescription: "Access to the LINE Messaging API, with a channel access token, or with a channel's ID and secret.",
		Validators:          []validator.Object{connect.OneLineCredential()},
		Attributes: map[string]schema.Attribute{
			"channel_access_token": schema.StringAttribute{
				MarkdownDescription: "Channel access token, without `Bearer`. It is used for requests alone and never kept." +
					fromEnvironment(connect.EnvLineToken),
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{validators.BearerToken()},
			},
			"channel_id": schema.StringAttribute{
				MarkdownDescription: "Channel ID, in place of a token and with `channel_secret`: a stateless token is issued for each run, when " +
					"it is first needed. It lives for 15 minutes; a longer run gets the next one in time." +
					fromEnvironment(connect.EnvLineChannelID),
				Optional: true,
			},
			"channel_secret": schema.StringAttribute{
				MarkdownDescription: "Channel secret. It is used for requests alone and never kept." +
					fromEnvironment(connect.EnvLineChannelSecret),
				Optional:  true,
				Sensitive: true,
			},
			"api_url": schema.StringAttribute{
				MarkdownDescription: "Base URL of the Messaging API, `https` unless it is a loopback address. Default `https://api.line.me`." +
					fromEnvironment(connect.EnvLineAPIURL),
				Optional: true,
			},
			"validate_messages": schema.BoolAttribute{
				MarkdownDescription: "Whether LINE is asked at plan for its verdict on the messages of a new or changed body, with sample " +
					"values in place of personalisation. What LINE refuses is an error, and a warning where it was shown a sample. Nothing is sent " +
					"to anyone. What LINE found good is remembered on this machine for a day, so that " +
					"an apply does not ask again. Default `false`." + fromEnvironment(connect.EnvLineValidateMessages),
				Optional: true,
			},
			"verify_tokens": schema.BoolAttribute{
				MarkdownDescription: "Whether a bearer token in `secret_headers_wo` of a new or changed webhook template that points at LINE is " +
					"checked with LINE at plan: that it is alive, for how long, and whose it is. Default `false`." +
					fromEnvironment(connect.EnvLineVerifyTokens),
				Optional: true,
			},
			"strict_message_types": schema.BoolAttribute{
				MarkdownDescription: "Whether a message of a type that the provider does not know is an error. Default `false`: it is a warning, " +
					"since LINE adds types." + fromEnvironment(connect.EnvLineStrictTypes),
				Optional: true,
			},
			"ignored_message_warnings": schema.SetAttribute{
				MarkdownDescription: "The rules whose warnings about messages are not wanted, by the names that stand behind them in parentheses, " +
					"such as `liquid-raw-value`. Errors are told all the same.",
				ElementType: types.StringType,
				Optional:    true,
				Validators:  []validator.Set{setvalidator.ValueStringsAre(stringvalidator.OneOf(linebody.Rules()...))},
			},
			"max_requests_per_second": countAttribute("Most requests sent to LINE in a second. LINE allows 2,000 for most endpoints.",
				connect.DefaultLineRequestsPerSecond, 1, connect.EnvLineRequestsPerSecond),
			"max_concurrent_requests": countAttribute("Most requests to LINE under way at once.",
				connect.DefaultLineConcurrentRequests, 1, connect.EnvLineConcurrent),
		},
	}
}

// cleverTapAttributes are the settings of the connection to CleverTap's API, apart from account_id.
func cleverTapAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"passcode": schema.StringAttribute{
			MarkdownDescription: "Passcode of the CleverTap account. It is used for requests alone and never " +
				"kept." + fromEnvironment(connect.EnvPasscode),
			Optional:  true,
			Sensitive: true,
		},
		"region": schema.StringAttribute{
			MarkdownDescription: "Region of the CleverTap account, with which the dashboard's address begins: `eu1`, `in1`, `sg1`, `us1`, " +
				"`aps3` or " +
				"`mec1`. Not used with `api_url`." + fromEnvironment(connect.EnvRegion),
			Optional:   true,
			Validators: []validator.String{stringvalidator.OneOf(clevertap.Regions()...)},
		},
		"api_url": schema.StringAttribute{
			MarkdownDescription: "Base URL of CleverTap's API, `https` unless it is a loopback address. Default: that of the region." +
				fromEnvironment(connect.EnvAPIURL),
			Optional: true,
		},
		"max_concurrent_requests": countAttribute("Most requests to CleverTap under way at once, uploads apart. CleverTap allows an account 3.",
			clevertap.DefaultReadConcurrency, 1, connect.EnvConcurrentRequests),
		"max_concurrent_uploads": countAttribute("Most uploads to CleverTap under way at once. CleverTap allows an account 15.",
			clevertap.DefaultUploadConcurrency, 1, connect.EnvConcurrentUploads),
	}
}

func templateStoreBlock() schema.SingleNestedBlock {
	return schema.SingleNestedBlock{
		MarkdownDescription: "The system of record for what CleverTap offers no API for: webhook templates, Linked Content APIs and campaign " +
			"bodies. Required by their resources; there is no default. Exactly one kind of store is given.",
		Validators: []validator.Object{connect.OneTemplateStore()},
		Blocks:     storeBlocks(connect.EnvTemplateStore),
	}
}

func publishStoreBlock() schema.SingleNestedBlock {
	blocks := storeBlocks(connect.EnvPublishStore)
	blocks["catalog"] = schema.SingleNestedBlock{
		MarkdownDescription: "**Experimental.** A catalog in CleverTap itself, through its Catalog API: nothing to host. `account_id`, " +
			"`passcode` and `region` are needed. See [Nothing to host](guides/linked-messages#nothing-to-host-a-catalog-experimental).",
		Attributes: map[string]schema.Attribute{
			"catalog_id": schema.Int64Attribute{
				MarkdownDescription: "ID of the catalog, which CleverTap's dashboard shows." +
					fromEnvironment(connect.EnvPublishStore.Of("catalog_id")),
				Optional:   true,
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"attributes_key": schema.StringAttribute{
				MarkdownDescription: "Key under which CleverTap's API answers the attributes of a product: `attributes` or `customAttributes`; " +
					"its pages disagree, and *Test Linked Content* shows it. Default `attributes`.",
				Optional:   true,
				Validators: []validator.String{stringvalidator.OneOf("attributes", "customAttributes")},
			},
		},
	}
	blocks["read_back"] = schema.SingleNestedBlock{
		MarkdownDescription: "How published messages are read back from their `served_at`.",
		Attributes: map[string]schema.Attribute{
			"header_name": schema.StringAttribute{
				MarkdownDescription: "A header that the server wants to see, as the Linked Content API sends it." +
					fromEnvironment(connect.EnvReadBackHeaderName),
				Optional: true,
			},
			"header_value": schema.StringAttribute{
				MarkdownDescription: "Its value. It is used for requests alone and never kept." + fromEnvironment(connect.EnvReadBackHeaderValue),
				Optional:            true,
				Sensitive:           true,
			},
			"wait_seconds": countAttribute("How long an apply waits, in all, until what it published is served.",
				connect.DefaultReadBackWaitSeconds, 0, connect.EnvReadBackWait),
		},
	}
	return schema.SingleNestedBlock{
		MarkdownDescription: "Where the messages go that CleverTap reads when a campaign sends. Required by `clevertap_line_linked_messages`; " +
			"there is no default. Exactly one kind of store is given. Who may write there writes to everybody who follows.",
		Validators: []validator.Object{connect.OnePublishStore()},
		Blocks:     blocks,
	}
}

// storeBlocks are the kinds that both stores have.
func storeBlocks(environment connect.StoreEnvironment) map[string]schema.Block {
	text := func(name, description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description + fromEnvironment(environment.Of(name)), Optional: true}
	}
	token := text("token", "Bearer token for the API. It is used for requests alone and never kept.")
	token.Sensitive = true
	token.Validators = []validator.String{validators.BearerToken()}
	return map[string]schema.Block{
		"local": schema.SingleNestedBlock{
			MarkdownDescription: "A folder: for trying out, and for folders kept in git.",
			Attributes: map[string]schema.Attribute{
				"path": text("path", "Path of the folder, relative to the directory Terraform runs in. It is created by the first write."),
			},
		},
		"s3": schema.SingleNestedBlock{
			MarkdownDescription: "A bucket of Amazon S3, or of a server that takes conditional writes as S3 does. Credentials come from the " +
				"usual AWS chain: environment, profile, role.",
			Attributes: map[string]schema.Attribute{
				"bucket":   text("bucket", "Name of the bucket."),
				"prefix":   text("prefix", "Folder in the bucket. Default: its root."),
				"region":   text("region", "Region of the bucket. Default: that of the AWS configuration."),
				"endpoint": text("endpoint", "Base URL of another server than Amazon's, `https` unless it is a loopback address."),
				"use_path_style": schema.BoolAttribute{
					MarkdownDescription: "Whether the bucket is named in the path of URLs instead of the host. Default `false`." +
						fromEnvironment(environment.Of("use_path_style")),
					Optional: true,
				},
			},
		},
		"http": schema.SingleNestedBlock{
			MarkdownDescription: "An API of your own that speaks the [template store protocol](guides/template-store-http).",
			Attributes: map[string]schema.Attribute{
				"address": text("address", "Base URL of the API, `https` unless it is a loopback address."),
				"token":   token,
			},
		},
	}
}

func countAttribute(description string, byDefault, least int64, environment string) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("%s Default %d.", description, byDefault) + fromEnvironment(environment),
		Optional:            true,
		Validators:          []validator.Int64{int64validator.Between(least, connect.MaxCount)},
	}
}

func fromEnvironment(name string) string {
	return fmt.Sprintf(" Environment variable: `%s`.", name)
}
