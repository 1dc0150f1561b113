package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const (
	account  = "DEMO-ACCOUNT"
	passcode = "demo-passcode-that-must-not-be-found-anywhere"
)

// profiles is the example that puts LINE IDs onto profiles.
func (w *workspace) profiles() *workspace {
	p := w.in(profilesExample)
	p.env = append(slices.Clone(w.env), "CLEVERTAP_ACCOUNT_ID="+account)
	return p
}

// customers are those that CleverTap knows, with their names.
var customers = map[string]string{"customer-1": "Mia", "customer-2": "Somchai", "customer-3": "Wei"}

func showProfiles(ctx context.Context, w *workspace) error {
	p := w.profiles()
	for customer, name := range customers {
		w.cleverTap.SetProfile(customer, map[string]any{"Name": name})
	}
	if _, err := p.terraform(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	var withoutProfile int
	if err := p.output(ctx, "follow_without_profile", &withoutProfile); err != nil {
		return err
	}
	var gone []string
	if err := p.output(ctx, "no_longer_following", &gone); err != nil {
		return err
	}
	if withoutProfile != followers-2 || !slices.Equal(gone, []string{"customer-3"}) {
		return fmt.Errorf("%d follow without a profile, and %v no longer follow", withoutProfile, gone)
	}
	w.out.printf("%d follow and are no customer that we know; of the customers with a LINE ID, %v no longer follow.\n", withoutProfile, gone)

	want := map[string]any{"customer-1": linetest.UserID(0), "customer-2": linetest.UserID(1), "customer-3": nil}
	profiles := w.cleverTap.Profiles()
	for _, customer := range slices.Sorted(maps.Keys(profiles)) {
		lineID := profiles[customer]["LineID"]
		if lineID != want[customer] {
			return fmt.Errorf("CleverTap has the LINE ID %v for %s, not %v", lineID, customer, want[customer])
		}
		if lineID == nil {
			lineID = "not set"
		}
		w.out.printf("CleverTap's profile %s, %s: LineID %v\n", customer, customers[customer], lineID)
	}
	return mustNotHold(p.dir, passcode)
}

// destroyProfiles takes the property off the profiles again, and leaves them as they were.
func destroyProfiles(ctx context.Context, w *workspace) error {
	if _, err := w.profiles().terraform(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	profiles := w.cleverTap.Profiles()
	for customer, name := range customers {
		if profile, ok := profiles[customer]; !ok || profile["LineID"] != nil || profile["Name"] != name {
			return fmt.Errorf("after the destroy the profile %s is %v", customer, profile)
		}
	}
	w.out.printf("The property LineID is gone from the profiles, and the profiles are as they were.\n")
	return nil
}
