package forgetest

import (
	"net/http"
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const maxGitHub = 65536

// NewGitHub starts a server that stands in for GitHub's REST API. The caller closes it.
func NewGitHub() *Server {
	s := &Server{
		Me: "github-actions[bot]",
		refuse: func(w http.ResponseWriter, token string) {
			message := "Bad credentials"
			if token == "" {
				message = "Requires authentication"
			}
			standin.WriteJSON(w, http.StatusUnauthorized, map[string]string{
				"message": message, "documentation_url": "https://docs.github.com/rest", "status": "401",
			})
		},
		comments: shelf{body: "body", max: maxGitHub, tooLong: gitHubTooLong("IssueComment", "data", "unprocessable", "Body")},
		issues: shelf{
			body: "body", max: maxGitHub, tooLong: gitHubTooLong("Issue", "body", "custom", "body"),
			open: "open", closeField: "state", closeValue: "closed",
		},
	}
	s.comments.show = func(text Text) any {
		return map[string]any{"id": text.Number, "body": text.Body, "user": map[string]any{"login": text.Author}}
	}
	s.issues.show = func(text Text) any {
		return map[string]any{"number": text.Number, "title": text.Title, "body": text.Body, "user": map[string]any{"login": text.Author}}
	}
	const repository = "acme/line"
	comments := "/repos/" + repository + "/issues/" + strconv.Itoa(PullRequest) + "/comments"
	s.start("X-GitHub-Request-Id", map[string]http.HandlerFunc{
		"GET " + comments:  s.list(&s.comments),
		"POST " + comments: s.create(&s.comments),
		"PATCH /repos/" + repository + "/issues/comments/{number}": s.edit(&s.comments),
		"GET /repos/" + repository + "/git/ref/heads/{branch}": s.branch("Not Found", func(head string) any {
			return map[string]any{"ref": "refs/heads/" + Branch, "object": map[string]any{"type": "commit", "sha": head}}
		}),
		"GET /repos/" + repository + "/issues":            s.list(&s.issues),
		"POST /repos/" + repository + "/issues":           s.create(&s.issues),
		"PATCH /repos/" + repository + "/issues/{number}": s.edit(&s.issues),
	})
	s.Environment = []string{"GITHUB_ACTIONS=true", "GITHUB_API_URL=" + s.URL, "GITHUB_REPOSITORY=" + repository}
	return s
}

// gitHubTooLong is GitHub's refusal as users of its API quote it; its reference has no word of the limit.
func gitHubTooLong(resource, field, code, what string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		standin.WriteJSON(w, http.StatusUnprocessableEntity, map[string]any{
			"message": "Validation Failed",
			"errors": []map[string]string{{
				"resource": resource, "field": field, "code": code, "message": what + " is too long (maximum is 65536 characters)",
			}},
			"documentation_url": "https://docs.github.com/rest", "status": "422",
		})
	}
}
