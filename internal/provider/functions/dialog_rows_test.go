package functions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// object is a resource as Terraform hands it to a function. Texts are known, nil is null, anything else a value of its own.
func object(attributes map[string]any) tftypes.Value {
	values, kinds := map[string]tftypes.Value{}, map[string]tftypes.Type{}
	for name, given := range attributes {
		value, ok := given.(tftypes.Value)
		if !ok {
			value = tftypes.NewValue(tftypes.String, given)
		}
		values[name], kinds[name] = value, value.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, values)
}

// oauth2 is a block, by default of the grant type with JWT.
func oauth2(changes map[string]any) tftypes.Value {
	attributes := map[string]any{
		"grant_type": dialog.GrantJWT, "client_id": "client", "secret_wo": nil, "secret_wo_version": tftypes.NewValue(tftypes.Number, nil), "username": nil,
		"password_wo": nil, "password_wo_version": tftypes.NewValue(tftypes.Number, nil), "scopes": nil,
		"access_token_url": "https://auth.example.com/token", "refresh_token_url": nil,
		"client_authentication_type": "Send Basic Authentication in Header", "jwt": nil,
	}
	for name, value := range changes {
		attributes[name] = value
	}
	return object(attributes)
}

func jwt(iat any) tftypes.Value {
	return object(map[string]any{"alg": "RS512", "typ": "JWT", "kid": nil, "cty": nil, "crit": nil, "iss": "i", "sub": "s", "aud": "a",
		"iat": tftypes.NewValue(tftypes.Bool, iat), "exp": "60", "jti": nil})
}

func texts(values ...string) tftypes.Value {
	var elements []tftypes.Value
	for _, value := range values {
		elements = append(elements, tftypes.NewValue(tftypes.String, value))
	}
	return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, elements)
}

func textsByName(values map[string]string) tftypes.Value {
	elements := map[string]tftypes.Value{}
	for name, value := range values {
		elements[name] = tftypes.NewValue(tftypes.String, value)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, elements)
}

var unknown = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)

func dialogRows(t *testing.T, argument tftypes.Value) string {
	t.Helper()
	s := acctest.NewServer(t, "{}")
	given, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, argument)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: "dialog_rows", Arguments: []*tfprotov6.DynamicValue{&given}})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		return "error: " + resp.Error.Text
	}
	row := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"field": tftypes.String, "value": tftypes.String, "note": tftypes.String}}
	result, err := resp.Result.Unmarshal(tftypes.List{ElementType: row})
	if err != nil {
		t.Fatal(err)
	}
	if !result.IsKnown() {
		return "unknown"
	}
	var rows []map[string]string
	for _, one := range acctest.Plain(t, result).([]any) {
		cells := map[string]string{}
		for name, cell := range one.(map[string]any) {
			cells[name] = fmt.Sprint(cell)
		}
		rows = append(rows, cells)
	}
	var lines strings.Builder
	for _, cells := range rows {
		fmt.Fprintf(&lines, "%s | %s | %s\n", cells["field"], cells["value"], cells["note"])
	}
	return lines.String()
}

// The rows of all resources, whole and with parts that are not known yet, word for word.
func TestDialogRows(t *testing.T) {
	t.Parallel()
	template := func(changes map[string]any) tftypes.Value {
		attributes := map[string]any{
			"name": "LINE push", "http_method": "POST", "destination_url": acctest.PushURL, "headers": textsByName(map[string]string{"X-B": "2", "X-A": "1"}),
			"secret_headers_wo": nil, "secret_headers_wo_version": tftypes.NewValue(tftypes.Number, 3), "secret_header_names": texts("Authorization", "X-Key"),
			"content_sha256": "sum",
		}
		for name, value := range changes {
			attributes[name] = value
		}
		return object(attributes)
	}
	body := func(changes map[string]any) tftypes.Value {
		attributes := map[string]any{
			"name": "welcome", "webhook_template": "LINE push", "to": object(map[string]any{"profile_property": "lineID", "default": nil, "id": nil}),
			"messages": texts(`{"type":"text","text":"x"}`), "linked_messages": nil, "body": "{}",
		}
		for name, value := range changes {
			attributes[name] = value
		}
		return object(attributes)
	}
	linkedContent := func(changes map[string]any) tftypes.Value {
		attributes := map[string]any{
			"name": "line_messages", "http_method": "GET", "endpoint_url": "https://line.example.com/{{message}}.json", "parameters": texts("message"),
			"headers": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil), "secret_headers_wo": nil,
			"secret_headers_wo_version": tftypes.NewValue(tftypes.Number, nil), "secret_header_names": texts(), "content_sha256": "sum",
		}
		for name, value := range changes {
			attributes[name] = value
		}
		return object(attributes)
	}
	reference := linkedcontent.Reference{LinkedContent: "line_messages", Name: "welcome", Shape: linkedcontent.Shape(nil)}
	variants := reference
	variants.Variants = true
	noRecipient := tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"profile_property": tftypes.String}}, nil)
	var said strings.Builder
	for _, test := range []struct {
		name     string
		argument tftypes.Value
	}{
		{"template", template(nil)},
		{"template elsewhere, without headers", template(map[string]any{
			"destination_url": acctest.OtherURL, "headers": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil), "secret_header_names": texts(),
			"secret_headers_wo_version": tftypes.NewValue(tftypes.Number, nil),
		})},
		{"template with an unknown URL and version", template(map[string]any{
			"destination_url": unknown, "secret_headers_wo_version": tftypes.NewValue(tftypes.Number, tftypes.UnknownValue),
		})},
		{"template with an unknown header", template(map[string]any{"headers": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String},
			map[string]tftypes.Value{"X-A": unknown})})},
		{"template with unknown headers", template(map[string]any{"headers": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, tftypes.UnknownValue)})},
		{"template with unknown names of secrets", template(map[string]any{
			"secret_header_names": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, tftypes.UnknownValue)})},
		{"template with a user name", template(map[string]any{"basic_auth": object(map[string]any{
			"username": "clevertap", "password_wo": nil, "password_wo_version": tftypes.NewValue(tftypes.Number, 2)})})},
		{"template with a password grant", template(map[string]any{"oauth2": oauth2(map[string]any{
			"grant_type": dialog.GrantPassword, "username": "me", "password_wo_version": tftypes.NewValue(tftypes.Number, 2),
			"refresh_token_url": "https://auth.example.com/refresh"}), "line_oauth2": nil})},
		{"template with a secret that is not known", template(map[string]any{"oauth2": oauth2(map[string]any{
			"grant_type": dialog.GrantSecret, "secret_wo_version": tftypes.NewValue(tftypes.Number, tftypes.UnknownValue), "scopes": unknown})})},
		{"template with an assertion", template(map[string]any{"oauth2": oauth2(map[string]any{"jwt": jwt(true)})})},
		{"template with an assertion that is not known", template(map[string]any{"oauth2": oauth2(map[string]any{
			"jwt": jwt(tftypes.UnknownValue), "client_id": unknown})})},
		{"template with an unknown grant type", template(map[string]any{"oauth2": oauth2(map[string]any{"grant_type": unknown})})},
		{"template with unknown OAuth", template(map[string]any{"oauth2": tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)})},
		{"template of a grant with an unknown refresh", template(map[string]any{"oauth2": oauth2(map[string]any{
			"grant_type": dialog.GrantPassword, "refresh_token_url": unknown})})},
		{"template with LINE's tokens", template(map[string]any{"line_oauth2": object(map[string]any{"channel_id": "1350031035", "key_id": "k-1"}),
			"secret_header_names": texts(), "oauth2": nil})},
		{"template with LINE's tokens, before the key is registered", template(map[string]any{"secret_header_names": texts(),
			"line_oauth2": object(map[string]any{"channel_id": unknown, "key_id": nil})})},
		{"template of somebody's own making", template(map[string]any{"secret_header_names": texts(), "basic_auth": object(nil), "oauth2": object(nil)})},
		{"body", body(nil)},
		{"body for a fixed recipient, any template", body(map[string]any{
			"webhook_template": nil, "to": object(map[string]any{"profile_property": nil, "default": nil, "id": "U1"})})},
		{"body without a recipient", body(map[string]any{"to": noRecipient})},
		{"body whose text is not known", body(map[string]any{"body": unknown, "messages": unknown})},
		{"body for an unknown property", body(map[string]any{"to": object(map[string]any{"profile_property": unknown, "default": nil, "id": nil})})},
		{"body for an unknown id", body(map[string]any{"to": object(map[string]any{"profile_property": nil, "default": nil, "id": unknown})})},
		{"body of an unknown template", body(map[string]any{"webhook_template": unknown})},
		{"body that reads linked messages", body(map[string]any{"messages": nil, "linked_messages": reference.String()})},
		{"body that reads variants, for a fixed recipient", body(map[string]any{"messages": nil, "linked_messages": variants.String(),
			"to": object(map[string]any{"profile_property": nil, "default": nil, "id": "U1"})})},
		{"body that reads what is not known yet", body(map[string]any{"messages": nil, "linked_messages": unknown})},
		{"body that reads something else", body(map[string]any{"messages": nil, "linked_messages": "welcome"})},
		{"Linked Content", linkedContent(nil)},
		{"Linked Content with headers and parameters", linkedContent(map[string]any{
			"http_method": "POST", "endpoint_url": "https://line.example.com/{{language}}/{{message}}", "parameters": texts("language", "message"),
			"headers": textsByName(map[string]string{"X-A": "1"}), "secret_header_names": texts("Authorization"),
			"secret_headers_wo_version": tftypes.NewValue(tftypes.Number, 2),
		})},
		{"Linked Content with parameters of other names", linkedContent(map[string]any{"parameters": texts("a", "b")})},
		{"Linked Content with one parameter of another name, and a secret without a version", linkedContent(map[string]any{
			"parameters": texts("a"), "secret_header_names": texts("X-Key")})},
		{"Linked Content of a catalog", linkedContent(map[string]any{
			"endpoint_url": "https://in1.api.clevertap.com/v2/catalogs/123/products/{{message}}"})},
		{"Linked Content without parameters", linkedContent(map[string]any{"parameters": texts()})},
		{"Linked Content with an unknown name", linkedContent(map[string]any{"name": unknown})},
		{"Linked Content with an unknown URL", linkedContent(map[string]any{"endpoint_url": unknown,
			"parameters": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, tftypes.UnknownValue)})},
		{"wholly unknown", tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)},
		{"something else", object(map[string]any{"name": "x"})},
		{"a text", tftypes.NewValue(tftypes.String, "welcome")},
	} {
		fmt.Fprintf(&said, "# %s\n%s\n", test.name, dialogRows(t, test.argument))
	}
	acctest.Golden(t, "dialog_rows.txt", said.String())
}
