// Package misbehave has the bad manners that all stand-ins for servers share: answers that clients must survive.
package misbehave

import (
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
)

// Reset closes the connection before any answer, in the way that the client sees as a reset.
func Reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err) // connections of HTTP/1.1 can be taken over
	}
	_ = connection.(*net.TCPConn).SetLinger(0) // makes Close a reset; without it the client sees an end
	_ = connection.Close()
}

// Truncate announces the true answer in full, sends half of its body and closes the connection. It does not return.
func Truncate(w http.ResponseWriter, whole *httptest.ResponseRecorder) {
	maps.Copy(w.Header(), whole.Header())
	w.Header().Set("Content-Length", strconv.Itoa(whole.Body.Len()))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler) // the server's way to close a connection in the middle of an answer
}
