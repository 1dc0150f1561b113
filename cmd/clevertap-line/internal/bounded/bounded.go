// Package bounded fits a text of many entries into the bytes that a forge takes. It knows nothing of what the entries are.
package bounded

import "fmt"

// Entry is one thing that a text tells.
type Entry struct {
	// Texts are what is written of it, the deeper the longer. At depth 0, where it is only counted, it has "".
	Texts []string
	// Opening is written once before the first entry that has it and is at Opens or deeper, such as a heading.
	Opening string
	Opens   int
}

// TooSmallError says that not even the entries at depth 0 fit.
type TooSmallError struct {
	// Limit is what was given, and Least the smallest that would do.
	Limit, Least int
}

func (e *TooSmallError) Error() string {
	return fmt.Sprintf("does not fit into %d bytes: its first lines alone have %d", e.Limit, e.Least)
}

// Fit gives the text that write makes of the entries, each as deep as it says, in at most limit bytes. Where that is too long,
// every entry is counted, then those are told at depth 1 for which there is room, then at depth 2, and so on: those at the
// beginning first, each time. One that is too large for the room there is leaves it to those after it. The error is a
// *[TooSmallError].
func Fit(limit int, entries []Entry, write func(depths []int) string) (string, error) {
	chosen, deepest := make([]int, len(entries)), 0
	for i, e := range entries {
		chosen[i] = e.whole()
		deepest = max(deepest, chosen[i])
	}
	text := write(chosen)
	if len(text) <= limit {
		return text, nil
	}
	clear(chosen)
	least := len(write(chosen))
	if least > limit || len(entries) == 0 {
		return "", &TooSmallError{Limit: limit, Least: min(least, len(text))}
	}
	room := limit - least
	opened := map[string]bool{}
	for depth := 1; depth <= deepest; depth++ {
		for i, e := range entries {
			if chosen[i] != depth-1 || depth > e.whole() {
				continue
			}
			cost := len(e.Texts[depth]) - len(e.Texts[depth-1])
			opens := depth >= e.Opens && !opened[e.Opening]
			if opens {
				cost += len(e.Opening)
			}
			if cost <= room {
				chosen[i], room = depth, room-cost
				opened[e.Opening] = opened[e.Opening] || opens
			}
		}
	}
	return write(chosen), nil
}

func (e Entry) whole() int { return len(e.Texts) - 1 }

// Whole says that all is told at these depths.
func Whole(entries []Entry, depths []int) bool {
	for i, e := range entries {
		if depths[i] < e.whole() {
			return false
		}
	}
	return true
}
