package profiles

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/privatestate"
)

const (
	// settleTime is how long CleverTap may show what was there before a write. It documents no time; its reads lag by
	// seconds, at times by minutes.
	settleTime = 10 * time.Minute
	// maxBefore is how many earlier values of one property may still be shown.
	maxBefore = 8
	unseenKey = "unseen_writes"
)

// unseenWrites are by identity the values that CleverTap took and has not shown yet. They are kept in private state,
// one for each entry of line_ids at most.
type unseenWrites map[string]unseenWrite

type unseenWrite struct {
	At time.Time `json:"at"`
	// Before are digests of what may be shown until the write is. Anything else is somebody's later change.
	Before []string `json:"before"`
}

// add notes a write over each of the values that may be shown until it is, the likeliest first.
func (u unseenWrites) add(identity string, now time.Time, before ...sighting) {
	write := unseenWrite{At: now}
	for _, one := range before {
		write.Before = append(write.Before, one.digest())
	}
	if u.fresh(identity, now) {
		write.Before = append(write.Before, u[identity].Before...)
	}
	write.Before = write.Before[:min(len(write.Before), maxBefore)]
	u[identity] = write
}

func (u unseenWrites) fresh(identity string, now time.Time) bool {
	write, ok := u[identity]
	return ok && now.Sub(write.At) < settleTime
}

// explain says whether what is seen is what was there before a recent write.
func (u unseenWrites) explain(identity string, seen sighting, now time.Time) bool {
	return u.fresh(identity, now) && slices.Contains(u[identity].Before, seen.digest())
}

// knownUnseen reads the memory. One that cannot be read is none: then an old value is shown as a change.
func knownUnseen(ctx context.Context, private privatestate.Reader, diags *diag.Diagnostics) unseenWrites {
	data, d := private.GetKey(ctx, unseenKey)
	diags.Append(d...)
	unseen := unseenWrites{}
	if json.Unmarshal(data, &unseen) != nil || unseen == nil {
		return unseenWrites{}
	}
	return unseen
}

func (u unseenWrites) keep(ctx context.Context, private privatestate.Writer, diags *diag.Diagnostics) {
	privatestate.Set(ctx, private, unseenKey, u, diags)
}
