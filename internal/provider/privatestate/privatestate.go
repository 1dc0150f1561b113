// Package privatestate keeps values where Terraform keeps them for the provider alone, as JSON under a key. Every package of
// the provider may know it.
package privatestate

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Reader is the private state of a request.
type Reader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// Writer is the private state of a response.
type Writer interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Get is the value under a key, its zero value if there is none. One that cannot be read is an error in diags.
func Get[T any](ctx context.Context, private Reader, key string, diags *diag.Diagnostics) T {
	var value T
	data, d := private.GetKey(ctx, key)
	diags.Append(d...)
	if len(data) == 0 {
		return value
	}
	if err := json.Unmarshal(data, &value); err != nil {
		diags.AddError("The private state of this resource cannot be read", fmt.Sprintf("It was written by another version of the "+
			"provider or damaged: %s. Remove the resource from state and import it again.", err))
	}
	return value
}

// Set keeps a value under a key.
func Set(ctx context.Context, private Writer, key string, value any, diags *diag.Diagnostics) {
	data, err := json.Marshal(value)
	if err != nil {
		diags.AddError("The private state of this resource cannot be kept", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, key, data)...)
}
