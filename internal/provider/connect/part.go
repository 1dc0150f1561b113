package connect

import "github.com/hashicorp/terraform-plugin-framework/diag"

// Part is one part of the connections: it is there, or missing for reasons, or not known yet because what it is configured
// with has still to be applied. The reasons are told to whoever asks for the part and to nobody else.
type Part[T any] struct {
	value  T
	absent diag.Diagnostics
	later  bool
}

// there is a part that can be used.
func there[T any](value T) Part[T] { return Part[T]{value: value} }

// absent is the part that could not be opened.
func absent[T any](s *settings) Part[T] {
	return Part[T]{absent: s.faults, later: !s.missing}
}

// Get is the part, or its zero value with the reasons in diags.
func (p Part[T]) Get(diags *diag.Diagnostics) T {
	diags.Append(p.absent...)
	return p.value
}

// Known is the part, and whether it is there.
func (p Part[T]) Known() (value T, ok bool) { return p.value, len(p.absent) == 0 }

// Missing are the reasons why a plan cannot go on without the part. There are none for one that is not known yet: a plan
// does without until it is.
func (p Part[T]) Missing() diag.Diagnostics {
	if p.later {
		return nil
	}
	return p.absent
}
