package campaigntest

import (
	"sync"
	"time"
)

// Clock is the dashboard's time. It stands still but for [Clock.Advance], so that tests need not wait. It is safe for use
// by many goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *Clock { return &Clock{now: time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)} }

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock forward. It panics where it would go back.
func (c *Clock) Advance(d time.Duration) {
	if d < 0 {
		panic("campaigntest: the clock only goes forward")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
