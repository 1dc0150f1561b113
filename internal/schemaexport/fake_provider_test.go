package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// fakeProvider has one of everything that a schema can say. It does nothing.
type fakeProvider struct {
	// reservedName gives the resource an attribute whose name Terraform keeps for itself.
	reservedName bool
}

func (fakeProvider) Metadata(
	_ context.Context, _ frameworkprovider.MetadataRequest, resp *frameworkprovider.MetadataResponse,
) {
	resp.TypeName = "fake"
}

func (fakeProvider) Schema(_ context.Context, _ frameworkprovider.SchemaRequest, resp *frameworkprovider.SchemaResponse) {
	resp.Schema = providerschema.Schema{
		MarkdownDescription: "The **fake** provider.",
		Attributes: map[string]providerschema.Attribute{
			"token": providerschema.StringAttribute{Optional: true, Sensitive: true, Description: "Plain text."},
		},
	}
}

func (fakeProvider) Configure(
	context.Context, frameworkprovider.ConfigureRequest, *frameworkprovider.ConfigureResponse,
) {
}

func (p fakeProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return fakeResource(p) }}
}

func (fakeProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return fakeDataSource{} }}
}

func (fakeProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return fakeEphemeral{} }}
}

func (fakeProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return fakeFunction{} }}
}

type fakeResource struct{ reservedName bool }

func (fakeResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "fake_thing"
}

func (r fakeResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	nested := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"size": schema.Int64Attribute{Required: true, MarkdownDescription: "How *large*."},
		"secret_wo": schema.StringAttribute{
			Optional: true, WriteOnly: true, Sensitive: true, Description: "Not kept.",
		},
	}}
	computed := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"note": schema.StringAttribute{Computed: true},
	}}
	resp.Schema = schema.Schema{
		Version:             3,
		MarkdownDescription: "A thing.",
		DeprecationMessage:  "Use another.",
		Attributes: map[string]schema.Attribute{
			"name":       schema.StringAttribute{Required: true},
			"old":        schema.BoolAttribute{Optional: true, DeprecationMessage: "Use new."},
			"ratio":      schema.Float64Attribute{Optional: true, Computed: true},
			"many":       schema.ListAttribute{Optional: true, ElementType: types.StringType},
			"some":       schema.SetAttribute{Optional: true, ElementType: types.NumberType},
			"named":      schema.MapAttribute{Optional: true, ElementType: types.ListType{ElemType: types.BoolType}},
			"anything":   schema.DynamicAttribute{Optional: true},
			"single":     schema.SingleNestedAttribute{Optional: true, Attributes: nested.Attributes},
			"list":       schema.ListNestedAttribute{Optional: true, NestedObject: nested},
			"map":        schema.MapNestedAttribute{Optional: true, NestedObject: nested},
			"set":        schema.SetNestedAttribute{Computed: true, NestedObject: computed},
			"secrets_wo": schema.MapAttribute{Optional: true, WriteOnly: true, ElementType: types.StringType},
			"shape": schema.ObjectAttribute{Optional: true, AttributeTypes: map[string]attr.Type{
				"width": types.Int32Type, "labels": types.MapType{ElemType: types.StringType},
			}},
		},
		Blocks: map[string]schema.Block{
			"rule": schema.ListNestedBlock{
				Description: "A rule.",
				NestedObject: schema.NestedBlockObject{
					Attributes: map[string]schema.Attribute{"text": schema.StringAttribute{Required: true}},
					Blocks:     map[string]schema.Block{"inner": schema.SetNestedBlock{}},
				},
			},
			"timeouts": schema.SingleNestedBlock{DeprecationMessage: "Gone soon."},
		},
	}
	if r.reservedName {
		resp.Schema.Attributes["count"] = schema.Int64Attribute{Optional: true}
	}
}

func (fakeResource) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name":    identityschema.StringAttribute{RequiredForImport: true, Description: "Which."},
		"account": identityschema.StringAttribute{OptionalForImport: true, Description: "Whose."},
	}}
}

func (fakeResource) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (fakeResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (fakeResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (fakeResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

type fakeDataSource struct{}

func (fakeDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "fake_things"
}

func (fakeDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = datasourceschema.Schema{Attributes: map[string]datasourceschema.Attribute{
		"ids": datasourceschema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "`ids`"},
	}}
}

func (fakeDataSource) Read(context.Context, datasource.ReadRequest, *datasource.ReadResponse) {}

type fakeEphemeral struct{}

func (fakeEphemeral) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "fake_token"
}

func (fakeEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = ephemeralschema.Schema{Attributes: map[string]ephemeralschema.Attribute{
		"token": ephemeralschema.StringAttribute{Computed: true, Sensitive: true},
	}}
}

func (fakeEphemeral) Open(context.Context, ephemeral.OpenRequest, *ephemeral.OpenResponse) {}

type fakeFunction struct{}

func (fakeFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "join"
}

func (fakeFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Joins.",
		MarkdownDescription: "Joins *parts*.",
		DeprecationMessage:  "Join by hand.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "between", Description: "What comes between.", AllowNullValue: true},
		},
		VariadicParameter: function.DynamicParameter{Name: "parts", AllowUnknownValues: true},
		Return:            function.StringReturn{},
	}
}

func (fakeFunction) Run(context.Context, function.RunRequest, *function.RunResponse) {}
