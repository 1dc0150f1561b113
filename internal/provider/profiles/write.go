package profiles

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

// profilesWrite changes a property of many profiles. Its maps hold what is known to be true, after an error, too.
type profilesWrite struct {
	client          *clevertap.Client
	property        string
	requireExisting bool
	lineIDs         map[string]string
	refused         map[string]refusalModel
	unseen          unseenWrites
}

// do gives some profiles a LINE ID and takes it from others. It looks at the profiles first: an upload for an identity
// that no profile has would create one, even if it only removes the property.
func (w *profilesWrite) do(ctx context.Context, set map[string]string, remove []string) error {
	adding := slices.Sorted(maps.Keys(set))
	seen, err := readProfiles(ctx, w.client, w.property, slices.Concat(adding, remove))
	if err != nil {
		return fmt.Errorf("%w. Nothing was written", err)
	}
	exists := func(identity string) bool {
		// A profile that the last upload created may not be shown yet.
		return seen[identity].profile || w.unseen.explain(identity, seen[identity], time.Now())
	}
	var records []clevertap.Record
	var unknown []string
	for _, identity := range adding {
		if w.requireExisting && !exists(identity) {
			unknown = append(unknown, identity)
		}
		records = append(records, clevertap.Record{Identity: identity, Set: map[string]string{w.property: set[identity]}})
	}
	if len(unknown) > 0 {
		return fmt.Errorf("no profile has the identity of %d of the entries: %s. Nothing was written. Correct or remove them, or set "+
			"require_existing_profile = false to have CleverTap create these profiles", len(unknown), wording.Some(unknown, ", "))
	}
	for _, identity := range remove {
		if exists(identity) {
			records = append(records, clevertap.Record{Identity: identity, Delete: []string{w.property}})
		} else {
			w.forget(identity)
		}
	}
	for batch := range slices.Chunk(records, clevertap.MaxUploadRecords) {
		result, err := w.client.Upload(ctx, batch)
		if err != nil {
			return err
		}
		w.take(batch, result, seen)
	}
	return nil
}

// take notes what became of the records of one upload.
func (w *profilesWrite) take(batch []clevertap.Record, result clevertap.UploadResult, seen map[string]sighting) {
	refused := map[int]refusalModel{}
	for _, refusal := range result.Refused {
		refused[refusal.Index] = refusalModel{Code: int64(refusal.Code), Message: refusal.Message}
	}
	for i, record := range batch {
		identity := record.Identity
		if refusal, ok := refused[i]; ok {
			w.refused[identity] = refusal
			continue
		}
		if len(record.Delete) > 0 {
			w.forget(identity)
			continue
		}
		before := []sighting{seen[identity]}
		if lineID, known := w.lineIDs[identity]; known {
			before = append(before, sighting{profile: true, value: lineID})
		}
		w.unseen.add(identity, time.Now(), before...)
		w.lineIDs[identity] = record.Set[w.property]
		delete(w.refused, identity)
	}
}

func (w *profilesWrite) forget(identity string) {
	delete(w.lineIDs, identity)
	delete(w.refused, identity)
	delete(w.unseen, identity)
}
