package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const (
	profilesExample = "examples/line_profiles"
	account         = "DEMO-ACCOUNT"
	passcode        = "demo-passcode-that-must-not-be-found-anywhere"
)

// showProfiles runs the example in a folder of its own, with a stand-in for CleverTap that knows three customers.
func showProfiles(ctx context.Context, w *workspace) error {
	cleverTap := clevertaptest.NewServer(clevertaptest.Config{AccountID: account, Passcode: passcode})
	defer cleverTap.Close()
	customers := []string{"customer-1", "customer-2", "customer-3"}
	for _, customer := range customers {
		cleverTap.SetProfile(customer, map[string]any{"Name": customer})
	}
	p := *w
	p.dir = filepath.Join(w.root, "line_profiles")
	p.env = append(slices.Clone(w.env), "CLEVERTAP_ACCOUNT_ID="+account, "CLEVERTAP_PASSCODE="+passcode, "CLEVERTAP_API_URL="+cleverTap.URL,
		"LINE_CHANNEL_ACCESS_TOKEN="+token)
	if err := os.CopyFS(p.dir, os.DirFS(profilesExample)); err != nil {
		return err
	}
	if _, err := p.terraform(ctx, "init"); err != nil {
		return err
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
	profiles := cleverTap.Profiles()
	for _, customer := range slices.Sorted(maps.Keys(profiles)) {
		lineID := profiles[customer]["LineID"]
		if lineID != want[customer] {
			return fmt.Errorf("CleverTap has the LINE ID %v for %s, not %v", lineID, customer, want[customer])
		}
		if lineID == nil {
			lineID = "not set"
		}
		w.out.printf("CleverTap's profile %s: LineID %v\n", customer, lineID)
	}
	if err := showNoChanges(ctx, &p); err != nil {
		return err
	}
	if err := mustNotHold(p.dir, passcode); err != nil {
		return err
	}
	if _, err := p.terraform(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	profiles = cleverTap.Profiles()
	for _, customer := range customers {
		if profile, ok := profiles[customer]; !ok || profile["LineID"] != nil || profile["Name"] != customer {
			return fmt.Errorf("after the destroy the profile %s is %v", customer, profile)
		}
	}
	w.out.printf("Destroyed: the property is gone from the profiles, and the profiles are as they were.\n")
	return nil
}
