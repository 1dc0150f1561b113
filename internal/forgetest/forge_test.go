package forgetest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
)

// ask sends a request and gives the answer.
func ask(t *testing.T, token, method, url string, fields map[string]string) (status int, answer string) {
	t.Helper()
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(method, url, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(text))
}

// What the forges refuse is refused in their words, and changes nothing.
func TestRefusals(t *testing.T) {
	t.Parallel()
	gitHub, gitLab := forgetest.NewGitHub(), forgetest.NewGitLab()
	defer gitHub.Close()
	defer gitLab.Close()
	comments := gitHub.URL + "/repos/acme/line/issues/7/comments"
	notes := gitLab.URL + "/api/v4/projects/42/merge_requests/7/notes"
	issues := gitLab.URL + "/api/v4/projects/42/issues"
	long := func(n int) map[string]string { return map[string]string{"body": strings.Repeat("世", n)} }
	for _, test := range []struct {
		token, method, url string
		fields             map[string]string
		status             int
		says               string
	}{
		{"", "POST", comments, long(1), 401, "Requires authentication"},
		{"another", "POST", comments, long(1), 401, "Bad credentials"},
		{forgetest.Token, "POST", comments, long(65_537), 422, "Body is too long (maximum is 65536 characters)"},
		{forgetest.Token, "PATCH", gitHub.URL + "/repos/acme/line/issues/comments/9", long(1), 404, "Not Found"},
		{forgetest.Token, "GET", comments, nil, 501, "This stand-in does not serve"},
		{forgetest.Token, "POST", comments, map[string]string{"body": "x", "title": "y"}, 501, "the field title"},
		{"another", "POST", notes, long(1), 401, "401 Unauthorized"},
		{forgetest.ExpiredToken, "POST", notes, long(1), 401, "Token is expired"},
		{forgetest.Token, "POST", notes, long(1_000_001), 400, "is too long (maximum is 1000000 characters)"},
		{forgetest.Token, "POST", issues, map[string]string{"title": "x", "description": strings.Repeat("x", 1_048_577)}, 400, "(maximum is 1048576 characters)"},
		{forgetest.Token, "GET", issues + "?state=closed&per_page=10&page=1", nil, 501, "This stand-in does not serve"},
	} {
		if status, answer := ask(t, test.token, test.method, test.url, test.fields); status != test.status || !strings.Contains(answer, test.says) {
			t.Errorf("%s %s: %d %s", test.method, test.url, status, answer)
		}
	}
	if len(gitHub.Comments())+len(gitLab.Comments())+len(gitLab.Issues()) != 0 {
		t.Error("something was written")
	}
}

// Texts are listed page by page, edited by their number, and a closed issue is listed no more.
func TestTexts(t *testing.T) {
	t.Parallel()
	server := forgetest.NewGitHub()
	defer server.Close()
	for i := range 5 {
		server.Comment("ann", fmt.Sprint("comment ", i))
	}
	comments := server.URL + "/repos/acme/line/issues/7/comments"
	if status, answer := ask(t, forgetest.Token, "GET", comments+"?per_page=2&page=3", nil); status != 200 ||
		answer != `[{"body":"comment 4","id":5,"user":{"login":"ann"}}]` {
		t.Errorf("the last page is %d %s", status, answer)
	}
	if status, answer := ask(t, forgetest.Token, "GET", comments+"?per_page=2&page=4", nil); status != 200 || answer != "[]" {
		t.Errorf("after it comes %d %s", status, answer)
	}
	issues := server.URL + "/repos/acme/line/issues"
	if status, _ := ask(t, forgetest.Token, "POST", issues, map[string]string{"title": "t", "body": strings.Repeat("世", 65_536)}); status != 201 {
		t.Errorf("an issue of the greatest length: %d", status)
	}
	ask(t, forgetest.Token, "PATCH", issues+"/6", map[string]string{"title": "t", "body": "b", "state": "closed"})
	if written := server.Issues(); len(written) != 1 || written[0] != (forgetest.Text{
		Number: 6, Author: server.Me, Title: "t", Body: "b", Closed: true, Edits: 1,
	}) {
		t.Errorf("the issues are %+v", written)
	}
	if _, answer := ask(t, forgetest.Token, "GET", issues+"?state=open&per_page=100&page=1", nil); answer != "[]" {
		t.Errorf("open are %s", answer)
	}
}
