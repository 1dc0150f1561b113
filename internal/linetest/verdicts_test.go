package linetest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

// TestVerdicts: LINE's word counts, on what package linebody lets pass and on what it does not.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	const sticker, empty = `{"type":"sticker","packageId":"1","stickerId":"0"}`, `{"type":"text","text":""}`
	user := linetest.UserID(1)
	server := start(t, linetest.Config{Token: token, Followers: []string{user}, Verdicts: []linetest.Verdict{
		{Messages: `[{"stickerId": "0", "packageId": "1", "type": "sticker"}]`, Answer: `{"message":"The request body has 1 error(s)",` +
			`"details":[{"message":"Must be a valid value","property":"messages[0].stickerId"}]}`},
		{Messages: `[` + empty + `]`},
	}})
	for body, want := range map[string]string{
		`{"messages":[` + sticker + `]}`:                     "The request body has 1 error(s)",
		`{"messages":[` + sticker + `,` + sticker + `]}`:     "",
		`{"messages":[` + empty + `]}`:                       "",
		`{"messages":[` + empty + `,` + empty + `]}`:         "The request body has 2 error(s)",
		`{"messages":[` + empty + `],"messages":[]}`:         "The request body could not be parsed as JSON (line: 1, column: 41)",
		`{"messages":[{"type":"text","text":"","text":""}]}`: "The property, 'messages[0]', in the request body is invalid (line: 1, column: 39)",
	} {
		if status, answer := validate(t, server, body, nil); answer.Message != want || (status == http.StatusOK) != (want == "") {
			t.Errorf("%s: %d %+v, want %q", body, status, answer, want)
		}
	}
	for body, want := range map[string]int{
		`{"to":"` + user + `","messages":[` + sticker + `]}`: http.StatusBadRequest,
		`{"to":"` + user + `","messages":[` + empty + `]}`:   http.StatusOK,
		`{"to":"nobody","messages":[` + empty + `]}`:         http.StatusBadRequest,
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v2/bot/message/push", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", body, response.StatusCode, want)
		}
	}
}
