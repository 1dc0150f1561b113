// Package terraformcli finds the Terraform or OpenTofu command that the acceptance tests, the demo and the benchmarks
// run, and prepares what that command needs to use a provider built here. It knows no other package of this module.
package terraformcli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/go-version"
)

const (
	// MinimumVersion is the oldest Terraform or OpenTofu that this provider supports: write-only attributes came with
	// 1.11 in both.
	MinimumVersion = "1.11.0"

	// InstalledVersion is the Terraform that Find installs where it finds none.
	InstalledVersion = "1.11.4"

	// PathVariable names the environment variable that chooses the command. It is the one terraform-plugin-testing
	// reads.
	PathVariable = "TF_ACC_TERRAFORM_PATH"

	// versionTimeout bounds one run of `terraform version`, so that a command that hangs does not hang its callers.
	versionTimeout = 30 * time.Second
)

// CLI is a Terraform or OpenTofu command that runs and is not too old.
type CLI struct {
	// Path is absolute.
	Path string
	// Version is what the command says of itself.
	Version *version.Version
	// IsOpenTofu tells OpenTofu from Terraform.
	IsOpenTofu bool
	// PassedOver says, one sentence each, why a command that comes earlier in the search was not taken.
	PassedOver []string
}

// String names the product, its version and where it is.
func (c CLI) String() string {
	product := "Terraform"
	if c.IsOpenTofu {
		product = "OpenTofu"
	}
	return fmt.Sprintf("%s %s (%s)", product, c.Version, c.Path)
}

// Find returns the command to run: the one named by TF_ACC_TERRAFORM_PATH, else `terraform` on PATH, else `tofu` on
// PATH, else Terraform InstalledVersion, which is downloaded once into the user's cache folder. A command on PATH that
// is too old or does not run is passed over; the one named by the variable must do, since running another than the one
// asked for would test the wrong thing. Several processes may call Find at once.
func Find(ctx context.Context) (CLI, error) {
	return find(ctx, ensureInCache)
}

func find(ctx context.Context, ensure func(context.Context) (CLI, error)) (CLI, error) {
	if path := os.Getenv(PathVariable); path != "" {
		cli, err := identify(ctx, path)
		if err != nil {
			return CLI{}, fmt.Errorf("the command named by %s cannot be used: %w; correct the variable or unset it",
				PathVariable, err)
		}
		return cli, nil
	}
	var passedOver []string
	for _, name := range []string{"terraform", "tofu"} {
		path, err := exec.LookPath(name)
		if err != nil {
			passedOver = append(passedOver, fmt.Sprintf("no usable %s on PATH: %v", name, err))
			continue
		}
		cli, err := identify(ctx, path)
		if err != nil {
			passedOver = append(passedOver, err.Error())
			continue
		}
		cli.PassedOver = passedOver
		return cli, nil
	}
	cli, err := ensure(ctx)
	if err != nil {
		return CLI{}, fmt.Errorf("no Terraform or OpenTofu %s or newer (%s), and Terraform %s could not be installed: "+
			"%w; install one and put it on PATH, or name it in %s",
			MinimumVersion, strings.Join(passedOver, "; "), InstalledVersion, err, PathVariable)
	}
	cli.PassedOver = passedOver
	return cli, nil
}

// The plain output of `version`, unlike the JSON, tells the two products apart.
var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)`)

// identify runs `path version`.
func identify(ctx context.Context, path string) (CLI, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return CLI{}, fmt.Errorf("make %s absolute: %w", path, err)
	}
	limited, cancel := context.WithTimeout(ctx, versionTimeout)
	defer cancel()

	cmd := exec.CommandContext(limited, path, "version")
	// Without this, the command asks a server whether it is the newest.
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1")
	cmd.WaitDelay = time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("run %s version: %w", path, errors.Join(err, limited.Err(), said(stderr.Bytes())))
	}
	words := versionLine.FindSubmatch(stdout)
	if words == nil {
		return CLI{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: %w", path, said(stdout))
	}
	found, err := version.NewVersion(string(words[2]))
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", path, err)
	}
	cli := CLI{Path: path, Version: found, IsOpenTofu: string(words[1]) == "OpenTofu"}
	if minimum := version.Must(version.NewVersion(MinimumVersion)); found.LessThan(minimum) {
		return CLI{}, fmt.Errorf("%s is older than %s", cli, minimum)
	}
	return cli, nil
}

// said wraps the beginning of what a command printed, nil if nothing.
func said(output []byte) error {
	const enough = 500
	output = bytes.TrimSpace(output)
	if len(output) == 0 {
		return nil
	}
	return fmt.Errorf("it said %.*q", enough, output)
}
