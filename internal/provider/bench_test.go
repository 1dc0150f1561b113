package provider_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

const thousandBodies = acctest.RequiredProviders + `
provider "clevertap" {
  dashboard_reminders = false
  template_store {
    local {
      path = "store"
    }
  }
}
resource "clevertap_line_campaign_body" "many" {
  count            = 1000
  name             = "body ${count.index}"
  messages = [
    jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'world' }}: number ${count.index}" }),
    jsonencode({ type = "image", originalContentUrl = "https://example.com/${count.index}.jpg", previewImageUrl = "https://example.com/p.jpg" }),
    file("receipt.flex.json"),
  ]
}
`

// BenchmarkThousandBodies compares plan, apply and the plan after it with two providers that do nothing but return values of
// the same size, side by side under the real Terraform: one of the same schemas, and one whose bodies have name, messages and
// body alone. Most of an apply is Terraform writing its state, whose size is told by the bytes of messages.
func BenchmarkThousandBodies(b *testing.B) {
	idleDir := b.TempDir()
	acctest.BuildProvider(b, idleDir, "./internal/idleprovider")
	for b.Loop() {
		// The better of two rounds each: other work on the machine only ever slows a round down.
		ours := timeThousandBodies(b, acctest.ProviderDir(b))
		idleEnv, bareEnv := []string{"COMPUTED=" + ours.computed}, []string{"BARE=1", "COMPUTED=" + ours.body}
		idle, bare := timeThousandBodies(b, idleDir, idleEnv...), timeThousandBodies(b, idleDir, bareEnv...)
		ours.keepBest(timeThousandBodies(b, acctest.ProviderDir(b)))
		idle.keepBest(timeThousandBodies(b, idleDir, idleEnv...))
		bare.keepBest(timeThousandBodies(b, idleDir, bareEnv...))
		for i, command := range []string{"plan", "apply", "replan"} {
			b.ReportMetric(ours.took[i].Seconds()/idle.took[i].Seconds(), command+"-x-idle")
			b.ReportMetric(ours.took[i].Seconds()/bare.took[i].Seconds(), command+"-x-bare")
			b.ReportMetric(ours.took[i].Seconds(), command+"-s")
		}
		b.ReportMetric(ours.stateBytes, "state-bytes/message-byte")
	}
}

type timing struct {
	took     [3]time.Duration
	computed string // the computed values of one resource, as JSON
	body     string // one of them
	// stateBytes is the size of the state file for each byte of messages.
	stateBytes float64
}

func (t *timing) keepBest(other timing) {
	for i := range t.took {
		t.took[i] = min(t.took[i], other.took[i])
	}
}

func timeThousandBodies(b *testing.B, binaryDir string, env ...string) timing {
	b.Helper()
	configFile, err := terraformcli.WriteDevOverrides(b.TempDir(), provider.Address, binaryDir)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(thousandBodies), 0o600); err != nil {
		b.Fatal(err)
	}
	flex, err := os.ReadFile(filepath.FromSlash("../../examples/complete/receipt.flex.json"))
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "receipt.flex.json"), flex, 0o600); err != nil {
		b.Fatal(err)
	}
	run := func(args ...string) []byte {
		b.Helper()
		command := exec.Command(acctest.CLI(b).Path, append(args, "-no-color")...)
		command.Dir = dir
		command.Env = append(os.Environ(), append(env, "TF_CLI_CONFIG_FILE="+configFile, "CHECKPOINT_DISABLE=1")...)
		output, err := command.Output()
		if err != nil {
			b.Fatalf("%v: %s\n%s", args, err, output)
		}
		return output
	}
	var result timing
	for i, args := range [][]string{{"plan", "-out=tfplan"}, {"apply", "tfplan"}, {"plan"}} {
		start := time.Now()
		output := run(args...)
		result.took[i] = time.Since(start)
		if i == 2 && !strings.Contains(string(output), "No changes.") {
			b.Fatalf("the plan after the apply is not empty:\n%s", output)
		}
	}
	var state tfjson.State
	if err := json.Unmarshal(run("show", "-json"), &state); err != nil {
		b.Fatal(err)
	}
	attributes := state.Values.RootModule.Resources[0].AttributeValues
	computed := map[string]any{}
	for _, name := range []string{"body", "content_sha256", "entered", "entered_sha256", "entered_by", "entered_at"} {
		computed[name] = attributes[name]
	}
	text, err := json.Marshal(computed)
	if err != nil {
		b.Fatal(err)
	}
	result.computed = string(text)
	if text, err = json.Marshal(map[string]any{"body": attributes["body"]}); err != nil {
		b.Fatal(err)
	}
	result.body = string(text)
	file, err := os.Stat(filepath.Join(dir, "terraform.tfstate"))
	if err != nil {
		b.Fatal(err)
	}
	messages := 0
	for _, one := range state.Values.RootModule.Resources {
		for _, message := range one.AttributeValues["messages"].([]any) {
			messages += len(message.(string))
		}
	}
	result.stateBytes = float64(file.Size()) / float64(messages)
	return result
}
