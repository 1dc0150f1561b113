package profiles

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

// profilesImport says which profiles to import. As text it is PROPERTY:IDENTITY,IDENTITY or, for identities with a
// comma, a JSON object.
type profilesImport struct {
	Property   string   `json:"property"`
	Identities []string `json:"identities"`
}

func parseProfilesImport(id string) (profilesImport, error) {
	var given profilesImport
	if strings.HasPrefix(id, "{") {
		decoder := json.NewDecoder(strings.NewReader(id))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&given); err != nil {
			return given, fmt.Errorf("the ID is no JSON object with property and identities: %w", err)
		}
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return given, errors.New("the ID has more after the JSON object")
		}
	} else {
		property, identities, found := strings.Cut(id, ":") // the names of properties have none
		if !found {
			return given, errors.New("the ID has no colon")
		}
		given.Property = property
		for identity := range strings.SplitSeq(identities, ",") {
			given.Identities = append(given.Identities, strings.TrimSpace(identity))
		}
	}
	return given, given.check()
}

func (i profilesImport) check() error {
	if err := profileproperty.CheckName(i.Property); err != nil {
		return err
	}
	if len(i.Identities) == 0 || len(i.Identities) > maxLineIDs {
		return fmt.Errorf("it names %d identities, and 1 to %d are imported at once", len(i.Identities), maxLineIDs)
	}
	for _, identity := range i.Identities {
		if err := clevertap.CheckIdentity(identity); err != nil {
			return err
		}
	}
	return nil
}

// importGiven is what an import names, by ID or by identity.
func importGiven(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) profilesImport {
	if req.ID != "" {
		given, err := parseProfilesImport(req.ID)
		if err != nil {
			diags.AddError("The import ID cannot be read", err.Error()+
				`. It is the property and the identities, "LineID:user-1,user-2", or `+
				`for identities with a comma {"property":"LineID","identities":["user-1","user-2"]}.`)
		}
		return given
	}
	var identity profilesIdentity
	diags.Append(req.Identity.Get(ctx, &identity)...)
	given := profilesImport{identity.Property.ValueString(), values.StringsOfList(ctx, identity.Identities, diags)}
	if identity.Property.IsNull() {
		given.Property = profileproperty.DefaultName
	}
	if err := given.check(); err != nil && !diags.HasError() {
		diags.AddError("The identity to import cannot be used", err.Error()+".")
	}
	return given
}

// ImportState takes over profiles that have the property.
func (r *lineProfilesResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	given := importGiven(ctx, req, &resp.Diagnostics)
	client := r.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	seen, err := readProfiles(ctx, client, given.Property, given.Identities)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the profiles to import", err.Error())
		return
	}
	lineIDs := map[string]string{}
	var without []string
	for _, identity := range slices.Sorted(maps.Keys(seen)) {
		lineIDs[identity] = seen[identity].value
		switch {
		case !seen[identity].profile:
			without = append(without, identity+" (no profile has this identity)")
		case seen[identity].value == "":
			without = append(without, identity)
		}
	}
	if len(without) > 0 {
		resp.Diagnostics.AddError("Some profiles have nothing to import", fmt.Sprintf("%d identities are without the property %s: %s. "+
			"Import the "+
			"others alone; an apply adds it to these.", len(without), given.Property, wording.Some(without, ", ")))
		return
	}
	state := lineProfilesModel{
		LineIDs:                values.StringMap(lineIDs),
		Property:               types.StringValue(given.Property),
		RequireExistingProfile: types.BoolValue(true),
		Refused:                refusedMap(ctx, map[string]refusalModel{}, &resp.Diagnostics),
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	state.identify(ctx, resp.Identity, &resp.Diagnostics)
}
