package clevertaptest

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/misbehave"
)

// Fault is what happens to one request in place of its answer, or, if only Delay is set, before it.
type Fault struct {
	// Path limits the fault to requests with this path, for example /1/upload.
	Path string
	// Stored makes the request take effect before the fault: the client cannot know that it did.
	Stored bool
	// Delay comes before what follows.
	Delay time.Duration
	// Status, with Header and Body, is the whole answer.
	Status int
	Header http.Header
	Body   string
	// Reset closes the connection before any answer, in the way that the client sees as a reset.
	Reset bool
	// Truncate announces the true answer in full, sends half of its body and closes the connection. It implies Stored.
	Truncate bool
}

// FailureFault is a failure in CleverTap's shape, for instance [MessageTooMany] with status 429.
func FailureFault(status int, message string) Fault {
	answer := httptest.NewRecorder()
	writeFailure(answer, status, message)
	return Fault{Status: status, Header: answer.Header(), Body: answer.Body.String()}
}

// AddFaults queues faults. Each request takes the first one that is for its path.
func (s *Server) AddFaults(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

func (f Fault) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	whole := httptest.NewRecorder()
	if f.Stored {
		next.ServeHTTP(whole, r)
	}
	pause(r, f.Delay)
	switch {
	case f.Reset:
		misbehave.Reset(w)
	case f.Truncate:
		if !f.Stored {
			next.ServeHTTP(whole, r)
		}
		misbehave.Truncate(w, whole)
	case f.Status != 0:
		maps.Copy(w.Header(), f.Header)
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.Body)) // a client that has gone needs no answer
	case f.Stored:
		maps.Copy(w.Header(), whole.Header())
		w.WriteHeader(whole.Code)
		_, _ = w.Write(whole.Body.Bytes())
	default:
		next.ServeHTTP(w, r)
	}
}
