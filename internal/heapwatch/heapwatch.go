// Package heapwatch measures memory in benchmarks. It knows no other package of this module.
package heapwatch

import (
	"runtime"
	"sync"
	"time"
)

// Start samples the heap every so often until stop, which returns the peak in bytes.
func Start(every time.Duration) (stop func() uint64) {
	runtime.GC()
	done := make(chan struct{})
	var peak uint64
	var group sync.WaitGroup
	group.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			var stats runtime.MemStats
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapInuse)
			select {
			case <-ticker.C:
			case <-done:
				return
			}
		}
	})
	return func() uint64 {
		close(done)
		group.Wait()
		return peak
	}
}
