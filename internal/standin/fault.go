package standin

import (
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// Fault is what happens to one request in place of its answer, or, if only Delay is set, before it.
type Fault struct {
	// Method and Path are those of the requests that the fault is for, for example POST and /1/upload; "" is any.
	Method, Path string
	// Done makes the request take effect before the fault: the client cannot know that it did.
	Done bool
	// Delay comes before what follows.
	Delay time.Duration
	// Status, with Header and Body, is the whole answer.
	Status int
	Header http.Header
	Body   string
	// Reset closes the connection before any answer, in the way that the client sees as a reset; see [IsReset].
	Reset bool
	// Truncate announces the true answer in full, sends half of its body and closes the connection. It implies Done.
	Truncate bool
}

// AnswerFault is the fault whose answer is what write writes.
func AnswerFault(write func(http.ResponseWriter)) Fault {
	answer := httptest.NewRecorder()
	write(answer)
	return Fault{Status: answer.Code, Header: answer.Header(), Body: answer.Body.String()}
}

// AddFaults queues faults. Each request takes the first one that is for its method and its path.
func (f *Front) AddFaults(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, faults...)
}

func (f Fault) isFor(r Request) bool {
	return (f.Method == "" || f.Method == r.Method) && (f.Path == "" || f.Path == r.Path)
}

func (f Fault) serve(w http.ResponseWriter, r *http.Request, server http.Handler) {
	whole := httptest.NewRecorder()
	if f.Done || f.Truncate {
		maps.Copy(whole.Header(), w.Header()) // the request ID, which the server may keep
		server.ServeHTTP(whole, r)
	}
	if !Pause(r, f.Delay) {
		return
	}
	switch {
	case f.Reset:
		reset(w)
	case f.Truncate:
		truncate(w, whole)
	case f.Status != 0:
		answer(w, f.Status, f.Header, []byte(f.Body))
	case f.Done:
		answer(w, whole.Code, whole.Header(), whole.Body.Bytes())
	default:
		server.ServeHTTP(w, r)
	}
}

func answer(w http.ResponseWriter, status int, header http.Header, body []byte) {
	maps.Copy(w.Header(), header)
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has gone needs no answer
}

// reset closes the connection before any answer.
func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err) // connections of HTTP/1.1 can be taken over
	}
	_ = connection.(*net.TCPConn).SetLinger(0) // makes Close a reset; without it the client sees an end
	_ = connection.Close()
}

// truncate announces the whole answer, sends half of its body and closes the connection. It does not return.
func truncate(w http.ResponseWriter, whole *httptest.ResponseRecorder) {
	maps.Copy(w.Header(), whole.Header())
	w.Header().Set("Content-Length", strconv.Itoa(whole.Body.Len()))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler) // the server's way to close a connection in the middle of an answer
}
