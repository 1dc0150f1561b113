package functions

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
)

type dialogRowsFunction struct{}

var _ function.Function = dialogRowsFunction{}

// NewDialogRows is the function of that name.
func NewDialogRows() function.Function { return dialogRowsFunction{} }

func (dialogRowsFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "dialog_rows"
}

var dialogRowType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"field": types.StringType, "value": types.StringType, "note": types.StringType,
}}

func (dialogRowsFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Lists what a person enters in CleverTap's dashboard",
		MarkdownDescription: "Lists what a person enters in CleverTap's dashboard for a `clevertap_webhook_template`, a " +
			"`clevertap_linked_content` or a `clevertap_line_campaign_body`, in the order of the dialog. Each row has `field`, as the dashboard " +
			"calls it, `value`, what to enter or choose, and `note`, what may go wrong, which is empty where there is nothing to say. The text " +
			"of a body is not repeated: it stands in the attribute `body`. What is not known yet leaves only its own values unknown. " +
			"Terraform takes an object that may have secret headers for sensitive as a whole: its rows are shown with `nonsensitive(…)`; no " +
			"secret is in them.",
		Parameters: []function.Parameter{function.DynamicParameter{
			Name:                "object",
			AllowUnknownValues:  true,
			MarkdownDescription: "The resource, such as `clevertap_line_campaign_body.welcome`.",
		}},
		Return: function.ListReturn{ElementType: dialogRowType},
	}
}

func (dialogRowsFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var given types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &given); resp.Error != nil {
		return
	}
	rows, err := dialogRows(given)
	switch {
	case errors.Is(err, errNotKnown):
		resp.Error = resp.Result.Set(ctx, types.ListUnknown(dialogRowType))
	case err != nil:
		resp.Error = function.NewArgumentFuncError(0, err.Error())
	default:
		resp.Error = resp.Result.Set(ctx, rowList(rows))
	}
}

// language is that of all that the provider says.
const language = "en"

// errNotKnown says that not even the number of rows is known.
var errNotKnown = errors.New("not known yet")

func dialogRows(given types.Dynamic) ([]dialog.Row, error) {
	if given.IsUnknown() || given.IsUnderlyingValueUnknown() {
		return nil, errNotKnown
	}
	object, _ := given.UnderlyingValue().(types.Object)
	r := attributeReader{attributes: object.Attributes()}
	var rows []dialog.Row
	switch {
	case r.has("name", "destination_url", "http_method", "headers", "secret_header_names", "secret_headers_wo_version"):
		template := dialog.WebhookTemplate{
			Name: r.text("name"), HTTPMethod: r.text("http_method"), DestinationURL: r.text("destination_url"), Headers: r.headers(),
			Authentication: r.authentication(),
		}
		rows = template.Rows(language)
		if template.DestinationURL == notKnown {
			template.DestinationURL = "https://api.line.me"
			rows = whereEqual(rows, template.Rows(language))
		}
	case r.has("name", "endpoint_url", "http_method", "parameters", "headers", "secret_header_names", "secret_headers_wo_version"):
		rows = dialog.LinkedContent{
			Name: r.text("name"), HTTPMethod: r.text("http_method"), EndpointURL: r.text("endpoint_url"), Headers: r.headers(),
			Parameters: r.list("parameters"),
		}.Rows(language)
	case r.has("name", "webhook_template", "to", "linked_messages", "body"):
		rows = dialog.Campaign{
			Name: r.text("name"), WebhookTemplate: r.text("webhook_template"), To: r.recipient("to"),
			BodyText: "the text of the attribute body", Linked: r.linked("linked_messages"),
		}.Rows(language)
	default:
		return nil, errors.New("this is no clevertap_webhook_template, clevertap_linked_content or clevertap_line_campaign_body: give the " +
			"resource as a whole, such as clevertap_line_campaign_body.welcome")
	}
	return rows, r.err
}

// whereEqual leaves unknown in what two lists of rows differ: what follows from a value that may be the one or the other.
func whereEqual(rows, others []dialog.Row) []dialog.Row {
	for i, other := range others {
		if rows[i].Value != other.Value {
			rows[i].Value = notKnown
		}
		if rows[i].Note != other.Note {
			rows[i].Note = notKnown
		}
	}
	return rows
}

// notKnown stands in a text for what is not known yet. No attribute can hold it: control characters are refused.
const notKnown = "\x00"

// attributeReader reads the attributes of a resource; err is the first reason why that is not enough for rows.
type attributeReader struct {
	attributes map[string]attr.Value
	err        error
}

func (r *attributeReader) has(names ...string) bool {
	for _, name := range names {
		if r.attributes[name] == nil {
			return false
		}
	}
	return true
}

func (r *attributeReader) text(name string) string { return plainText(r.attributes[name]) }

// plainText is "" for null and for nothing, and notKnown for what is not known.
func plainText(value attr.Value) string {
	if value != nil && value.IsUnknown() {
		return notKnown
	}
	switch value := value.(type) {
	case types.String:
		return value.ValueString()
	case types.Int64:
		if !value.IsNull() {
			return fmt.Sprint(value.ValueInt64())
		}
	case types.Number:
		if !value.IsNull() {
			return value.ValueBigFloat().Text('f', -1)
		}
	case types.Dynamic:
		if !value.IsNull() {
			return plainText(value.UnderlyingValue())
		}
	}
	return ""
}

// elements are those of a collection, which Terraform hands over as one of several types.
func (r *attributeReader) elements(name string) (list []attr.Value, byName map[string]attr.Value) {
	value := r.attributes[name]
	if value.IsUnknown() {
		r.err = errNotKnown
		return nil, nil
	}
	switch value := value.(type) {
	case types.List:
		return value.Elements(), nil
	case types.Tuple:
		return value.Elements(), nil
	case types.Map:
		return nil, value.Elements()
	case types.Object:
		return nil, value.Attributes()
	}
	return nil, nil
}

func (r *attributeReader) list(name string) []string {
	list, _ := r.elements(name)
	texts := make([]string, len(list))
	for i, element := range list {
		texts[i] = plainText(element)
	}
	return texts
}

func (r *attributeReader) texts(name string) map[string]string {
	_, byName := r.elements(name)
	texts := make(map[string]string, len(byName))
	for key, element := range byName {
		texts[key] = plainText(element)
	}
	return texts
}

func (r *attributeReader) headers() dialog.Headers {
	return dialog.Headers{
		Plain: r.texts("headers"), Secret: r.list("secret_header_names"), SecretVersion: r.text("secret_headers_wo_version"),
	}
}

// block reads a block that is there.
func (r *attributeReader) block(name string) (attributeReader, bool) {
	value := r.attributes[name]
	if value != nil && value.IsUnknown() {
		r.err = errNotKnown
	}
	object, ok := value.(types.Object)
	return attributeReader{attributes: object.Attributes()}, ok && !object.IsNull() && !object.IsUnknown()
}

func (r *attributeReader) authentication() dialog.Authentication {
	if b, there := r.block("basic_auth"); there {
		return dialog.BasicAuth{Username: b.text("username"), PasswordVersion: b.text("password_wo_version")}
	}
	if b, there := r.block("line_oauth2"); there {
		return dialog.LineOAuth2(b.text("channel_id"), b.text("key_id"))
	}
	b, there := r.block("oauth2")
	if !there {
		return nil
	}
	jwt, _ := b.block("jwt")
	oauth2 := dialog.OAuth2{
		GrantType: b.text("grant_type"), ClientID: b.text("client_id"), SecretVersion: b.text("secret_wo_version"),
		Username: b.text("username"), PasswordVersion: b.text("password_wo_version"), Scopes: b.text("scopes"),
		AccessTokenURL: b.text("access_token_url"), RefreshTokenURL: b.text("refresh_token_url"),
		ClientAuthenticationType: b.text("client_authentication_type"),
		JWT: dialog.JWT{
			Alg: jwt.text("alg"), Typ: jwt.text("typ"), Kid: jwt.text("kid"), Cty: jwt.text("cty"), Crit: jwt.text("crit"),
			Iss: jwt.text("iss"), Sub: jwt.text("sub"), Aud: jwt.text("aud"), Iat: used(jwt.attributes["iat"]), Exp: jwt.text("exp"),
			Jti: jwt.text("jti"),
		},
	}
	if oauth2.GrantType == notKnown || oauth2.RefreshTokenURL == notKnown || b.err != nil {
		r.err = errNotKnown // which rows there are depends on it
	}
	return oauth2
}

// used is the dialog's word for whether a claim is used.
func used(value attr.Value) string {
	is, _ := value.(types.Bool)
	switch {
	case is.IsUnknown():
		return notKnown
	case is.ValueBool():
		return dialog.Yes
	}
	return dialog.No
}

// linked is what the reference of linked messages says; nil where there is none.
func (r *attributeReader) linked(name string) *dialog.Linked {
	text := r.text(name)
	switch text {
	case "":
		return nil
	case notKnown:
		r.err = errNotKnown // which rows there are depends on it
		return nil
	}
	reference, err := linkedcontent.ParseReference(text)
	if err != nil {
		r.err = fmt.Errorf("of %s, %w", name, err)
		return nil
	}
	return &dialog.Linked{API: reference.LinkedContent, Messages: reference.Name, Variants: reference.Variants}
}

func (r *attributeReader) recipient(name string) linebody.Recipient {
	_, given := r.elements(name)
	part := func(name string) *string {
		if value := given[name]; value != nil && !value.IsNull() {
			text := plainText(value)
			return &text
		}
		return nil
	}
	to := linebody.Recipient{ProfileProperty: part("profile_property"), Default: part("default"), ID: part("id")}
	if to.ID != nil && *to.ID == notKnown {
		r.err = errNotKnown // the rows of a fixed recipient are others
	}
	return to
}

func rowList(rows []dialog.Row) types.List {
	text := func(text string) types.String {
		if strings.Contains(text, notKnown) {
			return types.StringUnknown()
		}
		return types.StringValue(text)
	}
	objects := make([]attr.Value, len(rows))
	for i, row := range rows {
		objects[i] = types.ObjectValueMust(dialogRowType.AttrTypes, map[string]attr.Value{
			"field": text(row.Field), "value": text(row.Value), "note": text(row.Note),
		})
	}
	return types.ListValueMust(dialogRowType, objects)
}
