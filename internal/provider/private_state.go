package provider

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type objectIdentity struct {
	Name types.String `tfsdk:"name"`
}

func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, name types.String, diags *diag.Diagnostics) {
	if identity != nil {
		diags.Append(identity.Set(ctx, objectIdentity{Name: name})...)
	}
}

// privateStateReader and privateStateWriter are the parts of requests and responses that Terraform keeps for the provider alone.
type privateStateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateStateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

const revisionKey = "revision"

func knownRevision(ctx context.Context, private privateStateReader, diags *diag.Diagnostics) templatestore.Revision {
	var revision templatestore.Revision
	data, d := private.GetKey(ctx, revisionKey)
	diags.Append(d...)
	if len(data) == 0 {
		return revision
	}
	if err := json.Unmarshal(data, &revision); err != nil {
		diags.AddError("The private state of this resource cannot be read", fmt.Sprintf("It was written by another version of the "+
			"provider or damaged: %s. Remove the resource from state and import it again.", err))
	}
	return revision
}

func keepRevision(ctx context.Context, private privateStateWriter, revision templatestore.Revision, diags *diag.Diagnostics) {
	data, err := json.Marshal(revision)
	if err != nil {
		diags.AddError("The revision cannot be kept", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, revisionKey, data)...)
}
