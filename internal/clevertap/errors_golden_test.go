package clevertap_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// What users read, whole.
func TestErrorsWordForWord(t *testing.T) {
	t.Parallel()
	const (
		asked    = "list the properties of user profiles: CleverTap answered "
		redirect = ". The redirect was refused, because it would carry the passcode to another address. Check the API URL: " +
			"CleverTap does not redirect its API."
		theirs      = ". The failure is at CleverTap's end. Try again later."
		credentials = ". Check the account ID, the passcode (it may have expired) and the region: an account is known in its own " +
			"region alone, and HOST was asked. The dashboard's address begins with the region."
	)
	fail := func(code string) string { return `200 {"status":"fail","error":"No","code":` + code + `}` }
	tests := map[string]struct{ id, want string }{
		"302":         {"r-1", asked + "302 Found (request id r-1)" + redirect},
		"300":         {"", asked + "300 Multiple Choices" + redirect},
		"399 x":       {"", asked + `399 : "x"` + redirect},
		"400 x":       {"", asked + `400 Bad Request: "x"`},
		"401":         {"", asked + "401 Unauthorized" + credentials},
		fail("401"):   {"", asked + "200 OK: No (code 401)" + credentials},
		fail(`"4e2"`): {"", asked + "200 OK: No"},
		"403":         {"", asked + "403 Forbidden. The account or the passcode has no right to this. API access is part of CleverTap's paid plans."},
		"429":         {"", asked + "429 Too Many Requests. CleverTap counts the requests that are under way for an account, whoever sends them: " + "15 uploads and 3 others at a time. Try again later, or lower the number of concurrent requests."},
		fail("499"):   {"", asked + "200 OK: No (code 499)"},
		fail("500"):   {"", asked + "200 OK: No (code 500)" + theirs},
		fail("508"):   {"", asked + "200 OK: No (code 508)" + theirs},
		fail("509"):   {"", asked + "200 OK: No (code 509)"},
		fail("554"):   {"", asked + "200 OK: No (code 554)"},
		fail("555"):   {"", asked + "200 OK: No (code 555)" + theirs},
		fail("556"):   {"", asked + "200 OK: No (code 556)"},
		fail("200"):   {"", asked + "200 OK: No"},
		fail("-1"):    {"", asked + "200 OK: No (code -1)"},
		fail("300"):   {"", asked + "200 OK: No (code 300)" + redirect},
		"503":         {"r-1", asked + "503 Service Unavailable (request id r-1)" + theirs},
		"200":         {"r-1", "list the properties of user profiles: HOST answered 200 OK with an empty body (request id r-1), which is how " + "CleverTap answers at an address that it does not know. Check the region and the API URL"},
		"200 <html>": {"", asked + "200 OK, but not with a list of properties (invalid character '<' looking for beginning of value); " +
			`the answer begins "<html>". Check the API URL, and what stands between here and CleverTap: a proxy's page looks like this`},
	}
	for answer, test := range tests {
		server := start(t, clevertaptest.Config{})
		number, body, _ := strings.Cut(answer, " ")
		status, _ := strconv.Atoi(number)
		server.AddFaults(standin.Fault{Status: status, Body: body, Header: http.Header{"X-Request-Id": {test.id}}})
		client := newClient(t, server.URL, func(config *clevertap.Config) { config.HTTP.MaxRetries = 0 })
		_, err := client.UserProperties(t.Context())
		want := strings.ReplaceAll(test.want, "HOST", strings.TrimPrefix(server.URL, "http://"))
		if err == nil || err.Error() != want {
			t.Errorf("%s:\n%v, want\n%s", answer, err, want)
		}
	}
}
