// Package connect turns the provider's settings into connections: the two stores, CleverTap, LINE. Each is there,
// missing, or not known yet, and says so to those who ask for it. It knows the clients and the stores, the framework's
// values and the packages that all rooms of the provider share, and none of those rooms.
package connect

import (
	"context"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Config is the provider's configuration, as its schema has it.
type Config struct {
	cleverTapConfig
	TemplateStore         types.Object `tfsdk:"template_store"`
	PublishStore          types.Object `tfsdk:"publish_store"`
	Line                  types.Object `tfsdk:"line"`
	DashboardReminders    types.Bool   `tfsdk:"dashboard_reminders"`
	MaxRetries            types.Int64  `tfsdk:"max_retries"`
	RetryMaxWaitSeconds   types.Int64  `tfsdk:"retry_max_wait_seconds"`
	RequestTimeoutSeconds types.Int64  `tfsdk:"request_timeout_seconds"`
}

// Connections is what the provider's configuration gives to resources and data sources. It is safe for concurrent use, and
// lives from one Configure to the end of the process.
type Connections struct {
	TemplateStore Part[*templatestore.Store]
	CleverTap     Part[*clevertap.Client]
	PublishStore  Part[*templatestore.Store]
	// CatalogAttributes is the key under which CleverTap answers the attributes of products, if the publish store is a catalog;
	// "" if it is none.
	CatalogAttributes string
	// Catalog is the catalog that the publish store is, nil if it is none or not known yet.
	Catalog *catalogstore.Backend
	// ReadBack looks at what is published where CleverTap finds it.
	ReadBack Part[*servedcontent.Reader]

	Line Line

	// DashboardReminders says whether an apply ends with what is left to enter in the dashboard.
	DashboardReminders bool

	// Names are those of the objects in the stores.
	Names    Names
	warnings warnings
	// CleverTapIsSilent is set once CleverTap did not answer what a plan can do without, so that it is asked no more.
	CleverTapIsSilent atomic.Bool
}

// Open connects. Settings without a usable value are in diags; what is missing altogether is told to who needs it.
func (m *Config) Open(ctx context.Context, userAgent string, diags *diag.Diagnostics) *Connections {
	c := &Connections{
		DashboardReminders: boolSetting(m.DashboardReminders, path.Root("dashboard_reminders"), EnvDashboardReminders, true, diags),
	}
	requests := m.requestSettings(userAgent, diags)
	c.CleverTap = m.cleverTapConfig.open(requests, diags)
	templates := &storeSettings{storeRole: templateStore, requests: requests}
	c.TemplateStore = templates.openStore(ctx, m.TemplateStore, values.ObjectAs[storeKinds](ctx, m.TemplateStore, diags), m.AccountID, diags)
	published := values.ObjectAs[publishStoreConfig](ctx, m.PublishStore, diags)
	publishes := &storeSettings{storeRole: publishStore, requests: requests, catalog: published.Catalog, cleverTap: c.CleverTap}
	c.PublishStore = publishes.openStore(ctx, m.PublishStore, published.storeKinds, m.AccountID, diags)
	c.CatalogAttributes, c.Catalog = published.catalogAttributes(ctx, diags), publishes.opened
	c.ReadBack = openReadBack(ctx, published.ReadBack, requests, diags)
	c.Line = openLine(ctx, m.Line, requests, diags)
	return c
}

// requestSettings are those that all requests share, whomever they are sent to.
func (m *Config) requestSettings(userAgent string, diags *diag.Diagnostics) httpclient.Config {
	seconds := func(value types.Int64, name, environment string, byDefault int64) time.Duration {
		return time.Second * time.Duration(intSetting(value, path.Root(name), environment, byDefault, 1, diags))
	}
	maxWait := seconds(m.RetryMaxWaitSeconds, "retry_max_wait_seconds", EnvRetryMaxWait, DefaultRetryMaxWaitSeconds)
	return httpclient.Config{
		UserAgent:    userAgent,
		MaxRetries:   int(intSetting(m.MaxRetries, path.Root("max_retries"), EnvMaxRetries, DefaultMaxRetries, 0, diags)),
		RetryWaitMin: min(time.Second, maxWait),
		RetryWaitMax: maxWait,
		Timeout:      seconds(m.RequestTimeoutSeconds, "request_timeout_seconds", EnvRequestTimeout, DefaultRequestTimeoutSeconds),
		Log:          func(ctx context.Context, message string, fields map[string]any) { tflog.Debug(ctx, message, fields) },
	}
}

// UserAgent names the provider, its host and Terraform, with what TF_APPEND_USER_AGENT adds.
func UserAgent(version, terraformVersion string) string {
	agent := httpclient.UserAgent("terraform-provider-clevertap", version) + " Terraform/" + terraformVersion
	// No line break, which no request may have in a header.
	if more := strings.Join(strings.Fields(os.Getenv(envAppendUserAgent)), " "); more != "" {
		agent += " " + more
	}
	return agent
}
