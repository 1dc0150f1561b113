package line_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// What users read, whole.
func TestErrorsWordForWord(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ operation, id, want string }{
		`400 {"message":"No","details":[{"message":"Bad","property":"to"},{"message":"Worse"}]}`: {"list", "r-1",
			"list follower IDs: LINE answered 400 Bad Request: No; to: Bad; Worse (request id r-1)"},
		"302": {"list", "", "list follower IDs: LINE answered 302 Found (no request id). The redirect was refused, because it would " +
			"carry the channel access token to another address. Check the API URL: LINE does not redirect its API."},
		"399": {"list", "r-1", "list follower IDs: LINE answered 399  (request id r-1). The redirect was refused, because it would " +
			"carry the channel access token to another address. Check the API URL: LINE does not redirect its API."},
		"400": {"list", "r-1", "list follower IDs: LINE answered 400 Bad Request (request id r-1)"},
		"401": {"list", "r-1", "list follower IDs: LINE answered 401 Unauthorized (request id r-1). Check the channel access token: it may " +
			"be of another channel, expired, reissued or revoked. The LINE Developers Console shows a channel's long-lived token on its " +
			"Messaging API tab."},
		`400 {"error":"a","error_description":"b"}`: {"verify", "r-1", "verify the channel access token: LINE answered 400 Bad Request: b (a) " +
			"(request id r-1). Check the channel access token: it may be of another channel, expired, reissued or revoked. The LINE Developers " +
			"Console shows a channel's long-lived token on its Messaging API tab."},
		`400 {"error":"invalid_request","error_description":"Invalid 'client_credentials'."}`: {"issue", "r-1", "issue a stateless channel " +
			"access token: LINE answered 400 Bad Request: Invalid 'client_credentials'. (invalid_request) (request id r-1). Check the channel " +
			"ID and the channel secret. The LINE Developers Console shows both on the channel's Basic settings tab."},
		`200 {"access_token":"x"}`: {"issue", "r-1", "issue a stateless channel access token: LINE answered 200 OK, but the token's expires_in is " +
			"missing or impossible; the answer of 20 bytes is not shown, since a token may be in it (request id r-1). Check the API URL, and " +
			"what stands between here and LINE"},
		`400 {"error":"invalid_request","error_description":"The access token malformed"}`: {"revoke", "r-1", "revoke the channel access token: " +
			"LINE answered 400 Bad Request: The access token malformed (invalid_request) (request id r-1). LINE revokes a token for its " +
			"channel's ID and secret alone: check both."},
		"403": {"list", "r-1", "list follower IDs: LINE answered 403 Forbidden (request id r-1). LINE gives follower IDs to verified and " +
			"premium accounts only, and no API tells which an account is: see the account's settings in LINE Official Account Manager, where " +
			"verification is applied for, too. Until then, user IDs come from the channel's webhook events only."},
		`400 {"message":null,"key":null,"stacktrace":null,"code":null}`: {"statistics", "r-1", "get statistics of a unit: LINE answered 400 Bad " +
			`Request: "{\"message\":null,\"key\":null,\"stacktrace\":null,\"code\":null}" (request id r-1). LINE gives no reasons here. Those ` +
			"that it documents are a unit name or a day that is missing or invalid."},
		"429": {"statistics", "r-1", "get statistics of a unit: LINE answered 429 Too Many Requests (request id r-1). LINE answers 60 requests " +
			"for statistics an hour for a channel, whoever sends them. Ask for fewer units, or later."},
		"200 {}": {"names", "r-1", "list unit names: LINE answered 200 OK, but the page has no customAggregationUnits; the answer begins " +
			`"{}" (request id r-1). Check the API URL, and what stands between here and LINE: a proxy's page looks like this`},
		"403 x": {"validate", "r-1", `validate messages: LINE answered 403 Forbidden: "x" (request id r-1)`},
		"413":   {"validate", "r-1", "validate messages: LINE answered 413 Request Entity Too Large (request id r-1). LINE takes request bodies of up to 2 MB."},
		"499":   {"list", "r-1", "list follower IDs: LINE answered 499  (request id r-1)"},
		"500": {"list", "r-1", "list follower IDs: LINE answered 500 Internal Server Error (request id r-1). The failure is at LINE's end. " +
			"Try again later."},
		"200 <html>": {"list", "r-1", "list follower IDs: LINE answered 200 OK, but not with a page of follower IDs (invalid character '<' " +
			`looking for beginning of value); the answer begins "<html>" (request id r-1). Check the API URL, and what stands between here ` +
			"and LINE: a proxy's page looks like this"},
		"200": {"validate", "", `validate messages: LINE answered 200 OK, but not with a JSON object; the answer begins "" (no request id). ` +
			"Check the API URL, and what stands between here and LINE: a proxy's page looks like this"},
	}
	for answer, test := range tests {
		server := start(t, linetest.Config{Token: token})
		number, body, _ := strings.Cut(answer, " ")
		status, _ := strconv.Atoi(number)
		server.AddFaults(standin.Fault{
			Status: status, Body: body, Header: http.Header{"X-Line-Request-Id": {test.id}},
		})
		client, err := line.New(line.Config{
			ChannelAccessToken: token, BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{}),
		})
		if err != nil {
			t.Fatal(err)
		}
		switch test.operation {
		case "list":
			_, err = client.FollowerIDs(t.Context(), line.FollowerIDsOptions{})
		case "verify":
			_, err = client.VerifyToken(t.Context(), token)
		case "issue":
			_, err = newIssuer(t, server.URL).Stateless(t.Context(), channel)
		case "revoke":
			err = newIssuer(t, server.URL).Revoke(t.Context(), channel, token)
		case "names":
			_, err = client.UnitNames(t.Context())
		case "statistics":
			_, err = client.UnitStatistics(t.Context(), "a", "20270301", "20270331")
		case "validate":
			_, err = client.ValidatePush(t.Context(), []string{goodText})
		}
		if err == nil || err.Error() != test.want {
			t.Errorf("%s:\n%v, want\n%s", answer, err, test.want)
		}
	}
}
