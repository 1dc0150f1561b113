package entered

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"time"
)

// ciUsers are the variables in which CI systems name who started a job, from their documentation: of one system, first who
// pressed the button of a manual step or ran it again.
var ciUsers = []string{
	"GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR", // GitHub Actions
	"GITLAB_USER_EMAIL", "GITLAB_USER_LOGIN", // GitLab CI/CD
	"BUILDKITE_UNBLOCKER_EMAIL", "BUILDKITE_BUILD_CREATOR_EMAIL", // Buildkite
	"BUILD_REQUESTEDFOREMAIL", // Azure Pipelines
	"CIRCLE_USERNAME",         // CircleCI
}

func ciUser() string {
	for _, variable := range ciUsers {
		if who := strings.TrimSpace(os.Getenv(variable)); who != "" {
			return who
		}
	}
	return ""
}

// gitTimeout is for a file that is read.
const gitTimeout = 5 * time.Second

// gitUser is "" where there is no git, or where it does not know the user.
func gitUser(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, gitTimeout)
	defer cancel()
	output, err := exec.CommandContext(ctx, "git", "config", "user.email").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(output))
}
