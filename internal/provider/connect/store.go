package connect

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const storeConcurrentRequests = 10

// storeKinds are the kinds of a store, of which one is given.
type storeKinds struct {
	Local types.Object `tfsdk:"local"`
	S3    types.Object `tfsdk:"s3"`
	HTTP  types.Object `tfsdk:"http"`
}

type publishStoreConfig struct {
	storeKinds
	Catalog  types.Object `tfsdk:"catalog"`
	ReadBack types.Object `tfsdk:"read_back"`
}

type catalogConfig struct {
	CatalogID     types.Int64  `tfsdk:"catalog_id"`
	AttributesKey types.String `tfsdk:"attributes_key"`
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

// storeRole is what a store is for.
type storeRole struct {
	// block is that of the provider's configuration, noun how messages call the store.
	block, noun string
	// reason is why there is no default.
	reason      string
	folder      string // of the example
	environment StoreEnvironment
}

var (
	templateStore = storeRole{
		block: "template_store", noun: "template store", environment: EnvTemplateStore, folder: "./clevertap",
		reason: "CleverTap has no API for webhook templates, Linked Content APIs and campaign bodies, so this provider keeps them in a " +
			"template store, and there is no default.",
	}
	publishStore = storeRole{
		block: "publish_store", noun: "publish store", environment: EnvPublishStore, folder: "./published",
		reason: "CleverTap reads linked messages when a campaign sends, from where the publish store is served, and there is no default.",
	}
)

func (r storeRole) choices() string {
	return fmt.Sprintf(`

  provider "clevertap" {
    %s {
      local {                      # a folder, for trying out and for folders kept in git
        path = "%s"
      }
      # s3 {                       # the team's bucket
      #   bucket = "…"
      # }
      # http {                     # the company's own API
      #   address = "https://…"
      # }
    }
  }

Each value in them may come from the environment instead; see the provider's documentation.`, r.block, r.folder)
}

// OneTemplateStore and OnePublishStore want exactly one kind of store in a block that is given.
func OneTemplateStore() validator.Object {
	return oneStore{func(ctx context.Context, req validator.ObjectRequest, diags *diag.Diagnostics) diag.Diagnostic {
		return values.ObjectAs[storeKinds](ctx, req.ConfigValue, diags).fault(templateStore, req.Path)
	}}
}

// OnePublishStore is OneTemplateStore for the other block.
func OnePublishStore() validator.Object {
	return oneStore{func(ctx context.Context, req validator.ObjectRequest, diags *diag.Diagnostics) diag.Diagnostic {
		config := values.ObjectAs[publishStoreConfig](ctx, req.ConfigValue, diags)
		return config.fault(publishStore, req.Path, config.Catalog)
	}}
}

type oneStore struct {
	fault func(ctx context.Context, req validator.ObjectRequest, diags *diag.Diagnostics) diag.Diagnostic
}

func (oneStore) Description(context.Context) string { return "exactly one kind of store" }

func (v oneStore) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v oneStore) ValidateObject(ctx context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if fault := v.fault(ctx, req, &resp.Diagnostics); fault != nil {
		resp.Diagnostics.Append(fault)
	}
}

// fault says that there is not one kind of store, those that the role has besides counted. One that may still turn out to be
// null counts as given.
func (m storeKinds) fault(role storeRole, at path.Path, more ...types.Object) diag.Diagnostic {
	kinds := 0
	for _, store := range append([]types.Object{m.Local, m.S3, m.HTTP}, more...) {
		if !store.IsNull() {
			kinds++
		}
	}
	switch kinds {
	case 0:
		return diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("No %s is configured", role.noun),
			role.reason+" Add one of these to the provider's configuration:"+role.choices())
	case 1:
		return nil
	}
	return diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("More than one %s is configured", role.noun), "Keep one of these:"+role.choices())
}

// storeSettings resolves the settings of a store.
type storeSettings struct {
	settings
	storeRole
	requests httpclient.Config
	// catalog is one kind more, for which CleverTap's API is needed.
	catalog   types.Object
	cleverTap Part[*clevertap.Client]
	opened    *catalogstore.Backend
}

// openStore opens the one store that is configured, or says why there is none.
func (s *storeSettings) openStore(
	ctx context.Context, config types.Object, kinds storeKinds, accountID types.String, diags *diag.Diagnostics,
) Part[*templatestore.Store] {
	at, role := path.Root(s.block), s.storeRole
	s.why = fmt.Sprintf("a %s's documents are kept under it", role.noun)
	account := s.text(accountID, path.Root("account_id"), EnvAccountID)
	if account != "" {
		if err := templatestore.CheckAccount(account); err != nil {
			s.fail(diag.NewAttributeErrorDiagnostic(path.Root("account_id"), "The account ID cannot be one", fmt.Sprintf(
				"%q %s. CleverTap's dashboard shows the project ID in its settings. It is given as account_id or %s.", account, err, EnvAccountID)))
		}
	}
	s.why = "it says where documents are kept"
	if config.IsUnknown() && !s.failed() {
		s.notYetKnown(at, s.environment.Of("path"))
	}
	if s.failed() {
		return absent[*templatestore.Store](&s.settings)
	}
	s.why = fmt.Sprintf("the %s is opened with it", role.noun)
	s.lacking = func(at path.Path, environment string) diag.Diagnostic {
		return diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("The %s's %s is missing", role.noun, at),
			fmt.Sprintf("Set it in the provider's configuration, or the environment variable %s.", environment))
	}
	backend := s.open(ctx, at, kinds, diags)
	if s.failed() {
		return absent[*templatestore.Store](&s.settings)
	}
	return there(templatestore.New(backend, account))
}

// open opens the one kind of store that is given.
func (s *storeSettings) open(
	ctx context.Context, at path.Path, store storeKinds, diags *diag.Diagnostics,
) (backend templatestore.Backend) {
	if fault := store.fault(s.storeRole, at, s.catalog); fault != nil {
		s.fail(fault)
		return nil
	}
	var err error
	switch {
	case !s.catalog.IsNull():
		at = at.AtName("catalog")
		if s.known(s.catalog, at, "catalog_id") {
			backend, err = s.openCatalog(at, values.ObjectAs[catalogConfig](ctx, s.catalog, diags), diags)
		}
	case !store.Local.IsNull():
		at = at.AtName("local")
		if s.known(store.Local, at, "path") {
			backend = s.local(at, values.ObjectAs[localStoreConfig](ctx, store.Local, diags))
		}
	case !store.S3.IsNull():
		at = at.AtName("s3")
		if s.known(store.S3, at, "bucket") {
			backend, err = s.s3(ctx, at, values.ObjectAs[s3StoreConfig](ctx, store.S3, diags), diags)
		}
	default:
		at = at.AtName("http")
		if s.known(store.HTTP, at, "address") {
			backend, err = s.http(at, values.ObjectAs[httpStoreConfig](ctx, store.HTTP, diags))
		}
	}
	if err != nil {
		s.fail(diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("The %s cannot be opened", s.noun), err.Error()+"."))
	}
	return backend
}

// known notes a store whose settings are unknown as a whole.
func (s *storeSettings) known(store types.Object, at path.Path, setting string) bool {
	if store.IsUnknown() {
		s.notYetKnown(at, s.environment.Of(setting))
	}
	return !store.IsUnknown()
}

// openCatalog opens a catalog of CleverTap as a store.
func (s *storeSettings) openCatalog(at path.Path, m catalogConfig, diags *diag.Diagnostics) (templatestore.Backend, error) {
	if m.CatalogID.IsUnknown() {
		s.notYetKnown(at.AtName("catalog_id"), s.environment.Of("catalog_id"))
	}
	client, ok := s.cleverTap.Known()
	if !ok {
		s.faults.Append(s.cleverTap.absent...)
		s.missing = s.missing || !s.cleverTap.later
	}
	id := intSetting(m.CatalogID, at.AtName("catalog_id"), s.environment.Of("catalog_id"), 0, 1, diags)
	if id == 0 && !m.CatalogID.IsUnknown() {
		s.fail(s.lacking(at.AtName("catalog_id"), s.environment.Of("catalog_id")))
	}
	if s.failed() {
		return nil, nil
	}
	backend, err := catalogstore.New(catalogstore.Config{Client: client, CatalogID: id})
	if err != nil {
		return nil, err // no backend, and not one that is nil
	}
	s.opened = backend
	return backend, nil
}

// needed is a setting that must be there, given is one that may be left out.
func (s *storeSettings) needed(value types.String, at path.Path, name string) string {
	return s.required(value, at.AtName(name), s.environment.Of(name))
}

func (s *storeSettings) given(value types.String, at path.Path, name string) string {
	return s.text(value, at.AtName(name), s.environment.Of(name))
}

func (s *storeSettings) local(at path.Path, m localStoreConfig) templatestore.Backend {
	return templatestore.NewLocal(s.needed(m.Path, at, "path"))
}

func (s *storeSettings) s3(ctx context.Context, at path.Path, m s3StoreConfig, diags *diag.Diagnostics) (templatestore.Backend, error) {
	config := templatestore.S3Config{
		Bucket:       s.needed(m.Bucket, at, "bucket"),
		Prefix:       s.given(m.Prefix, at, "prefix"),
		Region:       s.given(m.Region, at, "region"),
		Endpoint:     s.given(m.Endpoint, at, "endpoint"),
		UsePathStyle: boolSetting(m.UsePathStyle, at.AtName("use_path_style"), s.environment.Of("use_path_style"), false, diags),
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
		Address: s.needed(m.Address, at, "address"),
		Token:   s.given(m.Token, at, "token"),
		Client:  httpclient.New(requests),
	}
	if s.failed() {
		return nil, nil
	}
	return templatestore.NewHTTP(config)
}

// defaultAttributesKey is what the request tables of all product pages of the Catalog API have; its overview calls it
// customAttributes (developer.clevertap.com, "Catalog Products API").
const defaultAttributesKey = "attributes"

// catalogAttributes is "" for what is no catalog.
func (m publishStoreConfig) catalogAttributes(ctx context.Context, diags *diag.Diagnostics) string {
	if m.Catalog.IsNull() {
		return ""
	}
	key := values.ObjectAs[catalogConfig](ctx, m.Catalog, diags).AttributesKey
	if key.IsUnknown() {
		at := path.Root(publishStore.block).AtName("catalog").AtName("attributes_key")
		diags.AddAttributeError(at, "The key of the attributes is not known",
			"The text of bodies depends on it, so that it must be known in a plan. Write it as a value.")
	}
	if key.ValueString() == "" {
		return defaultAttributesKey
	}
	return key.ValueString()
}
