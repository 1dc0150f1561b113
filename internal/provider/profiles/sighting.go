package profiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
)

// sighting is what CleverTap shows of the property of a profile.
type sighting struct {
	profile bool
	value   string // empty if the profile does not have the property
}

// readProfiles reads the property of many profiles, as many at a time as the client allows.
func readProfiles(
	ctx context.Context, client *clevertap.Client, property string, identities []string,
) (map[string]sighting, error) {
	sightings := make([]sighting, len(identities))
	group, ctx := errgroup.WithContext(ctx)
	for i, identity := range identities {
		group.Go(func() error {
			profile, err := client.Profile(ctx, identity)
			sightings[i] = sighting{profile.Exists, profile.Text(property)}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	seen := make(map[string]sighting, len(identities))
	for i, identity := range identities {
		seen[identity] = sightings[i]
	}
	return seen, nil
}

// digest stands for a sighting without telling the value.
func (s sighting) digest() string {
	switch {
	case !s.profile:
		return "no profile"
	case s.value == "":
		return "no value"
	}
	sum := sha256.Sum256([]byte(s.value))
	return hex.EncodeToString(sum[:16])
}
