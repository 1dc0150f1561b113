package linetest

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"time"
)

// Fault is what happens to one request in place of its answer, or, if only Delay is set, before it.
type Fault struct {
	// Delay comes before everything else.
	Delay time.Duration
	// Status, with Header and Body, is the whole answer.
	Status int
	Header http.Header
	Body   string
	// Reset closes the connection before any answer, in the way that the client sees as a reset.
	Reset bool
	// Truncate announces the true answer in full, sends half of its body and closes the connection.
	Truncate bool
}

// ErrorFault is an error in LINE's shape, for instance [MessageRateLimit] with status 429.
func ErrorFault(status int, message string) Fault {
	answer := httptest.NewRecorder()
	writeError(answer, status, message)
	return Fault{Status: status, Header: answer.Header(), Body: answer.Body.String()}
}

// AddFaults queues faults. Each request takes one, in the order in which they come.
func (s *Server) AddFaults(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

func (f Fault) answer(w http.ResponseWriter) {
	maps.Copy(w.Header(), f.Header)
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body)) // a client that has gone needs no answer
}
