// Package pipelines_test plays examples/pipelines as a forge would: the workflow files are read, and their jobs run in order, with
// the real Terraform and the real provider, against stand-ins for the forges and a real S3 server. What a runner does besides,
// such as installing tools, is stood in for.
package pipelines_test

import (
	"os"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// commandDir is where the built command is, "" if no test needed it.
var commandDir string

func TestMain(m *testing.M) {
	code := acctest.Main(m)
	if commandDir != "" {
		_ = os.RemoveAll(commandDir) // what is left over is the system's to remove
	}
	os.Exit(code)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
