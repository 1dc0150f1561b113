package forgetest

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	maxGitLabNote        = 1_000_000
	maxGitLabDescription = 1_048_576
)

// NewGitLab starts a server that stands in for GitLab's REST API. The caller closes it.
func NewGitLab() *Server {
	s := &Server{
		Me: "project_42_bot_1f2e3d",
		refuse: func(w http.ResponseWriter, token string) {
			answer := map[string]string{"message": "401 Unauthorized"}
			if token == ExpiredToken {
				answer = map[string]string{
					"error": "invalid_token", "error_description": "Token is expired. You can either do re-authorization or token refresh.",
				}
			}
			standin.WriteJSON(w, http.StatusUnauthorized, answer)
		},
		comments: shelf{body: "body", max: maxGitLabNote, tooLong: gitLabTooLong(
			fmt.Sprintf(`400 Bad request - Note {:note=>["is too long (maximum is %d characters)"]}`, maxGitLabNote))},
		issues: shelf{
			body: "description", max: maxGitLabDescription, open: "opened", closeField: "state_event", closeValue: "close",
			tooLong: gitLabTooLong(map[string]any{
				"description": []string{fmt.Sprintf("is too long (maximum is %d characters)", maxGitLabDescription)},
			}),
		},
	}
	s.comments.show = func(text Text) any {
		return map[string]any{"id": text.Number, "body": text.Body, "system": false, "author": map[string]any{"username": text.Author}}
	}
	s.issues.show = func(text Text) any {
		author := map[string]any{"username": text.Author}
		return map[string]any{"iid": text.Number, "title": text.Title, "description": text.Body, "author": author}
	}
	const project = "/api/v4/projects/42"
	notes := project + "/merge_requests/" + strconv.Itoa(PullRequest) + "/notes"
	s.start("X-Request-Id", map[string]http.HandlerFunc{
		"GET /api/v4/user": func(w http.ResponseWriter, _ *http.Request) {
			standin.WriteJSON(w, http.StatusOK, map[string]any{"id": 9, "username": s.Me})
		},
		"GET " + notes:               s.list(&s.comments, "sort", "order_by"),
		"POST " + notes:              s.create(&s.comments),
		"PUT " + notes + "/{number}": s.edit(&s.comments),
		"GET " + project + "/repository/branches/{branch}": s.branch("404 Branch Not Found", func(head string) any {
			return map[string]any{"name": Branch, "commit": map[string]any{"id": head}}
		}),
		"GET " + project + "/issues":          s.list(&s.issues),
		"POST " + project + "/issues":         s.create(&s.issues),
		"PUT " + project + "/issues/{number}": s.edit(&s.issues),
	})
	s.Environment = []string{
		"GITLAB_CI=true", "CI_API_V4_URL=" + s.URL + "/api/v4", "CI_PROJECT_ID=42", "CI_MERGE_REQUEST_IID=" + strconv.Itoa(PullRequest),
	}
	return s
}

// gitLabTooLong is GitLab's refusal as users of its API quote it.
func gitLabTooLong(message any) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		standin.WriteJSON(w, http.StatusBadRequest, map[string]any{"message": message})
	}
}
