package connect

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const storeConcurrentRequests = 10

type templateStoreConfig struct {
	Local types.Object `tfsdk:"local"`
	S3    types.Object `tfsdk:"s3"`
	HTTP  types.Object `tfsdk:"http"`
}

type localStoreConfig struct {
	Path types.String `tfsdk:"path"`
}

type s3StoreConfig struct {
	Bucket       types.String `tfsdk:"bucket"`
	Prefix       types.String `tfsdk:"prefix"`
	Region       types.String `tfsdk:"region"`
	Endpoint     types.String `tfsdk:"endpoint"`
	UsePathStyle types.Bool   `tfsdk:"use_path_style"`
}

type httpStoreConfig struct {
	Address types.String `tfsdk:"address"`
	Token   types.String `tfsdk:"token"`
}

const storeChoices = `

  provider "clevertap" {
    template_store {
      local {                      # a folder, for trying out and for folders kept in git
        path = "./clevertap"
      }
      # s3 {                       # the team's bucket
      #   bucket = "…"
      # }
      # http {                     # the company's own API
      #   address = "https://…"
      # }
    }
  }

Each value in them may come from the environment instead; see the provider's documentation.`

// OneStore wants exactly one kind of store in a block that is given.
func OneStore() validator.Object { return oneStore{} }

type oneStore struct{}

func (oneStore) Description(context.Context) string { return "exactly one kind of store" }

func (v oneStore) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (oneStore) ValidateObject(ctx context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	store := values.ObjectAs[templateStoreConfig](ctx, req.ConfigValue, &resp.Diagnostics)
	if fault := store.fault(req.Path); fault != nil {
		resp.Diagnostics.Append(fault)
	}
}

// fault says that there is not one kind of store. One that may still turn out to be null counts as given.
func (m templateStoreConfig) fault(at path.Path) diag.Diagnostic {
	kinds := 0
	for _, store := range []types.Object{m.Local, m.S3, m.HTTP} {
		if !store.IsNull() {
			kinds++
		}
	}
	switch kinds {
	case 0:
		return diag.NewAttributeErrorDiagnostic(at, "No template store is configured",
			"CleverTap has no API for webhook templates and campaign bodies, so this provider keeps them in a template store, and there is "+
				"no default. Add one of these to the provider's configuration:"+storeChoices)
	case 1:
		return nil
	}
	return diag.NewAttributeErrorDiagnostic(at, "More than one template store is configured", "Keep one of these:"+storeChoices)
}

// storeSettings resolves the settings of a store.
type storeSettings struct {
	settings
	requests httpclient.Config
}

// openStore opens the one store that is configured, or says why there is none.
func openStore(
	ctx context.Context, config types.Object, accountID types.String, requests httpclient.Config, diags *diag.Diagnostics,
) Part[*templatestore.Store] {
	at := path.Root("template_store")
	s := &storeSettings{requests: requests}
	s.why = "a template store's documents are kept under it"
	account := s.text(accountID, path.Root("account_id"), EnvAccountID)
	s.why = "it says where documents are kept"
	if config.IsUnknown() && !s.failed() {
		s.notYetKnown(at, EnvStorePath)
	}
	if s.failed() {
		return absent[*templatestore.Store](&s.settings)
	}
	s.why = "the template store is opened with it"
	s.lacking = func(at path.Path, environment string) diag.Diagnostic {
		return diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("The template store's %s is missing", at),
			fmt.Sprintf("Set it in the provider's configuration, or the environment variable %s.", environment))
	}
	backend := s.open(ctx, at, values.ObjectAs[templateStoreConfig](ctx, config, diags), diags)
	if s.failed() {
		return absent[*templatestore.Store](&s.settings)
	}
	return there(templatestore.New(backend, account))
}

// open opens the one kind of store that is given.
func (s *storeSettings) open(
	ctx context.Context, at path.Path, store templateStoreConfig, diags *diag.Diagnostics,
) (backend templatestore.Backend) {
	if fault := store.fault(at); fault != nil {
		s.fail(fault)
		return nil
	}
	var err error
	switch {
	case !store.Local.IsNull():
		at = at.AtName("local")
		if s.known(store.Local, at, EnvStorePath) {
			backend = s.local(at, values.ObjectAs[localStoreConfig](ctx, store.Local, diags))
		}
	case !store.S3.IsNull():
		at = at.AtName("s3")
		if s.known(store.S3, at, EnvStoreBucket) {
			backend, err = s.s3(ctx, at, values.ObjectAs[s3StoreConfig](ctx, store.S3, diags), diags)
		}
	default:
		at = at.AtName("http")
		if s.known(store.HTTP, at, EnvStoreAddress) {
			backend, err = s.http(at, values.ObjectAs[httpStoreConfig](ctx, store.HTTP, diags))
		}
	}
	if err != nil {
		s.fail(diag.NewAttributeErrorDiagnostic(at, "The template store cannot be opened", err.Error()+"."))
	}
	return backend
}

// known notes a store whose settings are unknown as a whole.
func (s *storeSettings) known(store types.Object, at path.Path, environment string) bool {
	if store.IsUnknown() {
		s.notYetKnown(at, environment)
	}
	return !store.IsUnknown()
}

func (s *storeSettings) local(at path.Path, m localStoreConfig) templatestore.Backend {
	return templatestore.NewLocal(s.required(m.Path, at.AtName("path"), EnvStorePath))
}

func (s *storeSettings) s3(ctx context.Context, at path.Path, m s3StoreConfig, diags *diag.Diagnostics) (templatestore.Backend, error) {
	config := templatestore.S3Config{
		Bucket:       s.required(m.Bucket, at.AtName("bucket"), EnvStoreBucket),
		Prefix:       s.text(m.Prefix, at.AtName("prefix"), EnvStorePrefix),
		Region:       s.text(m.Region, at.AtName("region"), EnvStoreRegion),
		Endpoint:     s.text(m.Endpoint, at.AtName("endpoint"), EnvStoreEndpoint),
		UsePathStyle: boolSetting(m.UsePathStyle, at.AtName("use_path_style"), EnvStoreUsePathStyle, false, diags),
		UserAgent:    s.requests.UserAgent,
		MaxRetries:   s.requests.MaxRetries,
		RetryWaitMax: s.requests.RetryWaitMax,
		Timeout:      s.requests.Timeout,
	}
	if s.failed() {
		return nil, nil
	}
	return templatestore.NewS3(ctx, config)
}

func (s *storeSettings) http(at path.Path, m httpStoreConfig) (templatestore.Backend, error) {
	requests := s.requests
	requests.MaxConcurrent = storeConcurrentRequests
	config := templatestore.HTTPConfig{
		Address: s.required(m.Address, at.AtName("address"), EnvStoreAddress),
		Token:   s.text(m.Token, at.AtName("token"), EnvStoreToken),
		Client:  httpclient.New(requests),
	}
	if s.failed() {
		return nil, nil
	}
	return templatestore.NewHTTP(config)
}
