package connect

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// quiet is how long no resource must have been read or planned before a name that nobody has claimed yet is nobody's. An
// object whose address changed is planned as a new one, perhaps before it is read under its old address.
const quiet = time.Second

// Names knows which objects of the stores belong to resources of this configuration, and which are to be created. It lives as
// long as one Configure, and is safe for concurrent use.
type Names struct {
	// Replanned says that one resource's creation may be planned more than once: since 1.13, terraform test configures a provider
	// once and plans and applies all runs of a file with it. Then who plans the same again is taken for the same resource, and two
	// that are declared alike are told apart by the apply alone, which refuses the second. It is set before anything is planned.
	Replanned bool

	mu       sync.Mutex
	owned    map[string]bool
	creating map[string]tftypes.Value
	last     time.Time // when something became known
	read     bool      // anything of state
	held     map[string]any
}

// Hold keeps what a resource in state leaves behind for the plan of another one of its name: its replacement, or its return
// after the object was lost.
func (n *Names) Hold(kind, name string, what any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.held == nil {
		n.held = map[string]any{}
	}
	n.held[kind+"/"+name] = what
}

// Held is what Hold keeps, nil if that is nothing.
func (n *Names) Held(kind, name string) any {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.held[kind+"/"+name]
}

// Read notes that a resource in state has the name, and that state is being read at all.
func (n *Names) Read(kind, name string) {
	n.Own(kind, name)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.read = true
}

// Own notes that a resource in state has the name.
func (n *Names) Own(kind, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.owned == nil {
		n.owned = map[string]bool{}
	}
	n.owned[kind+"/"+name] = true
	n.last = time.Now()
}

// Create notes that a resource of the name is to be created, as it is planned; free is false if another one is.
func (n *Names) Create(kind, name string, planned tftypes.Value) (free bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.creating == nil {
		n.creating = map[string]tftypes.Value{}
	}
	earlier, creating := n.creating[kind+"/"+name]
	n.creating[kind+"/"+name] = planned
	return !creating || n.Replanned && agree(earlier, planned)
}

// agree says whether two plans may be of one resource: what both know is the same.
func agree(a, b tftypes.Value) bool {
	var attributes, others map[string]tftypes.Value
	if a.As(&attributes) != nil || b.As(&others) != nil {
		return false
	}
	for name, value := range attributes {
		if other := others[name]; value.IsFullyKnown() && other.IsFullyKnown() && !value.Equal(other) {
			return false
		}
	}
	return true
}

// Forget notes that the object of the name is gone, and nobody's.
func (n *Names) Forget(kind, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.owned, kind+"/"+name)
	delete(n.creating, kind+"/"+name)
	delete(n.held, kind+"/"+name)
}

// Owner says whether a resource in state has the name, and whether any was read at all: without a refresh none is. Where
// others are still being read it waits for them, for a name that is about to be refused.
func (n *Names) Owner(ctx context.Context, kind, name string) (owned, anyRead bool) {
	for {
		n.mu.Lock()
		if n.last.IsZero() {
			n.last = time.Now() // others may be about to be read
		}
		owned, anyRead = n.owned[kind+"/"+name], n.read
		wait := quiet - time.Since(n.last)
		n.mu.Unlock()
		if owned || wait <= 0 {
			return owned, anyRead
		}
		select {
		case <-ctx.Done():
			return owned, anyRead
		case <-time.After(wait):
		}
	}
}
