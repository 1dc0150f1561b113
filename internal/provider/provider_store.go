package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	envStorePath         = "CLEVERTAP_TEMPLATE_STORE_PATH"
	envStoreBucket       = "CLEVERTAP_TEMPLATE_STORE_BUCKET"
	envStorePrefix       = "CLEVERTAP_TEMPLATE_STORE_PREFIX"
	envStoreRegion       = "CLEVERTAP_TEMPLATE_STORE_REGION"
	envStoreEndpoint     = "CLEVERTAP_TEMPLATE_STORE_ENDPOINT"
	envStoreUsePathStyle = "CLEVERTAP_TEMPLATE_STORE_USE_PATH_STYLE"
	envStoreAddress      = "CLEVERTAP_TEMPLATE_STORE_ADDRESS"
	envStoreToken        = "CLEVERTAP_TEMPLATE_STORE_TOKEN"

	storeConcurrentRequests = 10
)

type templateStoreModel struct {
	Local types.Object `tfsdk:"local"`
	S3    types.Object `tfsdk:"s3"`
	HTTP  types.Object `tfsdk:"http"`
}

type localStoreModel struct {
	Path types.String `tfsdk:"path"`
}

type s3StoreModel struct {
	Bucket       types.String `tfsdk:"bucket"`
	Prefix       types.String `tfsdk:"prefix"`
	Region       types.String `tfsdk:"region"`
	Endpoint     types.String `tfsdk:"endpoint"`
	UsePathStyle types.Bool   `tfsdk:"use_path_style"`
}

type httpStoreModel struct {
	Address types.String `tfsdk:"address"`
	Token   types.String `tfsdk:"token"`
}

const storeChoices = `

  provider "clevertap" {
    template_store = { local = { path = "./clevertap" } }                  # a folder, for trying out and for folders kept in git
    template_store = { s3    = { bucket = "…", prefix = "…", region = "…" } } # the team's bucket
    template_store = { http  = { address = "https://…", token = … } }       # the company's own API
  }

Each value in them may come from the environment instead; see the provider's documentation.`

// openStore opens the one store that is configured, or says why there is none.
func (m *providerModel) openStore(ctx context.Context, c *connections, requests httpclient.Config, diags *diag.Diagnostics) {
	at := path.Root("template_store")
	account, known := stringSetting(m.AccountID, envAccountID)
	if !known {
		c.storeMissing, c.storeNotYetKnown = notYetKnown(path.Root("account_id"), envAccountID, "a template store's documents are kept under it"), true
		return
	}
	store := objectAs[templateStoreModel](ctx, m.TemplateStore, diags)
	if m.TemplateStore.IsUnknown() {
		c.storeMissing, c.storeNotYetKnown = notYetKnown(at, envStorePath, "it says where documents are kept"), true
		return
	}
	settings := storeSettings{account: account, requests: requests}
	var backend templatestore.Backend
	var err error
	switch {
	case given(store.Local)+given(store.S3)+given(store.HTTP) == 0:
		c.storeMissing = diag.NewAttributeErrorDiagnostic(at, "No template store is configured",
			"CleverTap has no API for webhook templates and campaign bodies, so this provider keeps them in a template store, and there is "+
				"no default. Add one of these to the provider's configuration:"+storeChoices)
		return
	case given(store.Local)+given(store.S3)+given(store.HTTP) > 1:
		c.storeMissing = diag.NewAttributeErrorDiagnostic(at, "More than one template store is configured", "Keep one of these:"+storeChoices)
		return
	case given(store.Local) == 1:
		at = at.AtName("local")
		backend = settings.local(at, store.Local.IsUnknown(), objectAs[localStoreModel](ctx, store.Local, diags))
	case given(store.S3) == 1:
		at = at.AtName("s3")
		backend, err = settings.s3(ctx, at, store.S3.IsUnknown(), objectAs[s3StoreModel](ctx, store.S3, diags), diags)
	default:
		at = at.AtName("http")
		backend, err = settings.http(at, store.HTTP.IsUnknown(), objectAs[httpStoreModel](ctx, store.HTTP, diags))
	}
	switch {
	case settings.problem != nil:
		c.storeMissing, c.storeNotYetKnown = settings.problem, settings.notYetKnown
	case err != nil:
		c.storeMissing = diag.NewAttributeErrorDiagnostic(at, "The template store cannot be opened", err.Error()+".")
	default:
		c.store = templatestore.New(backend, account)
	}
}

// given counts 1 for a value that is there or may be.
func given(value attr.Value) int {
	if value.IsNull() {
		return 0
	}
	return 1
}

// storeSettings resolves the settings of a store; problem is the first that has no usable value.
type storeSettings struct {
	account  string
	requests httpclient.Config
	problem  diag.Diagnostic
	// notYetKnown says that the problem may solve itself.
	notYetKnown bool
}

func (s *storeSettings) text(value types.String, at path.Path, environment string) string {
	text, known := stringSetting(value, environment)
	if !known && s.problem == nil {
		s.problem, s.notYetKnown = notYetKnown(at, environment, "the template store is opened with it"), true
	}
	return text
}

func (s *storeSettings) required(value types.String, at path.Path, environment string) string {
	text := s.text(value, at, environment)
	if text == "" && s.problem == nil {
		s.problem = diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("The template store's %s is missing", at),
			fmt.Sprintf("Set it in the provider's configuration, or the environment variable %s.", environment))
	}
	return text
}

// whole notes a store whose settings are unknown as a whole.
func (s *storeSettings) whole(unknown bool, at path.Path, environment string) {
	if unknown {
		s.problem, s.notYetKnown = notYetKnown(at, environment, "the template store is opened with it"), true
	}
}

func (s *storeSettings) local(at path.Path, unknown bool, m localStoreModel) templatestore.Backend {
	s.whole(unknown, at, envStorePath)
	folder := s.required(m.Path, at.AtName("path"), envStorePath)
	if s.problem != nil {
		return nil
	}
	return templatestore.NewLocal(folder)
}

func (s *storeSettings) s3(ctx context.Context, at path.Path, unknown bool, m s3StoreModel, diags *diag.Diagnostics) (templatestore.Backend, error) {
	s.whole(unknown, at, envStoreBucket)
	config := templatestore.S3Config{
		Bucket:       s.required(m.Bucket, at.AtName("bucket"), envStoreBucket),
		Prefix:       s.text(m.Prefix, at.AtName("prefix"), envStorePrefix),
		Region:       s.text(m.Region, at.AtName("region"), envStoreRegion),
		Endpoint:     s.text(m.Endpoint, at.AtName("endpoint"), envStoreEndpoint),
		UsePathStyle: boolSetting(m.UsePathStyle, at.AtName("use_path_style"), envStoreUsePathStyle, false, diags),
		UserAgent:    s.requests.UserAgent,
		MaxRetries:   s.requests.MaxRetries,
		RetryWaitMax: s.requests.RetryWaitMax,
		Timeout:      s.requests.Timeout,
	}
	if s.problem != nil {
		return nil, nil
	}
	return templatestore.NewS3(ctx, config)
}

func (s *storeSettings) http(at path.Path, unknown bool, m httpStoreModel) (templatestore.Backend, error) {
	s.whole(unknown, at, envStoreAddress)
	requests := s.requests
	requests.MaxConcurrent = storeConcurrentRequests
	config := templatestore.HTTPConfig{
		Address: s.required(m.Address, at.AtName("address"), envStoreAddress),
		Token:   s.text(m.Token, at.AtName("token"), envStoreToken),
		Client:  httpclient.New(requests),
	}
	if s.problem != nil {
		return nil, nil
	}
	return templatestore.NewHTTP(config)
}
