package clevertaptest

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// CleverTap's words. That of 401 is recorded; the others stand for words that are not.
const (
	// MessageUnauthorized is for a wrong account ID, passcode or region.
	MessageUnauthorized = "Account ID is not valid"
	// MessageTooMany is for more requests at a time than an account may have.
	MessageTooMany = "Too many concurrent requests"
	// MessageNoProfile is for an identity that no profile has.
	MessageNoProfile = "Profile not found"
	// MessageBadRequest is for a request that is not in the form of its endpoint.
	MessageBadRequest = "Bad Request"
)

// failure is CleverTap's shape of an error ("API Errors").
type failure struct {
	Status string `json:"status"`
	Error  string `json:"error"`
	Code   int    `json:"code"`
}

func writeFailure(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, failure{"fail", message, status})
}

// FailureFault is a failure in CleverTap's shape, for instance [MessageTooMany] with status 429.
func FailureFault(status int, message string) standin.Fault {
	return standin.AnswerFault(func(w http.ResponseWriter) { writeFailure(w, status, message) })
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(spaced(compact(body))) // a client that has gone needs no answer
}

func compact(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // only values that are made here or were JSON before
	}
	return bytes.TrimSpace(b.Bytes())
}

// spaced writes compact JSON with the spaces that CleverTap writes: { "status" : "success" , "unprocessed" : [ ]}.
func spaced(compact []byte) []byte {
	spaced := make([]byte, 0, len(compact)*5/4)
	inText := false
	for i, c := range compact {
		switch {
		case c == '"' && !escaped(compact[:i]):
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			spaced = append(spaced, c, ' ')
			continue
		case c == ',' || c == ':':
			spaced = append(spaced, ' ', c, ' ')
			continue
		}
		spaced = append(spaced, c)
	}
	return spaced
}

// escaped says whether a backslash makes what follows part of a text.
func escaped(before []byte) bool {
	return (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1
}
