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

const thousandLinkedMessages = acctest.RequiredProviders + `
provider "clevertap" {
  publish_store {
    local {
      path = "published"
    }
  }
}
resource "clevertap_line_linked_messages" "many" {
  count          = 1000
  name           = "messages_${count.index}"
  linked_content = "line_messages"
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
		ours := timeThousand(b, thousandBodies, acctest.ProviderDir(b))
		idleEnv := []string{ours.computed(b, "body", "content_sha256", "entered", "entered_sha256", "entered_by", "entered_at")}
		bareEnv := []string{"BARE=1", ours.computed(b, "body")}
		idle, bare := timeThousand(b, thousandBodies, idleDir, idleEnv...), timeThousand(b, thousandBodies, idleDir, bareEnv...)
		ours.keepBest(timeThousand(b, thousandBodies, acctest.ProviderDir(b)))
		idle.keepBest(timeThousand(b, thousandBodies, idleDir, idleEnv...))
		bare.keepBest(timeThousand(b, thousandBodies, idleDir, bareEnv...))
		for i, command := range commands {
			b.ReportMetric(ours.took[i].Seconds()/idle.took[i].Seconds(), command+"-x-idle")
			b.ReportMetric(ours.took[i].Seconds()/bare.took[i].Seconds(), command+"-x-bare")
			b.ReportMetric(ours.took[i].Seconds(), command+"-s")
		}
		b.ReportMetric(ours.stateBytes, "state-bytes/message-byte")
	}
}

// BenchmarkThousandLinkedMessages compares in the same way, with the idle provider of the same schemas alone.
func BenchmarkThousandLinkedMessages(b *testing.B) {
	idleDir := b.TempDir()
	acctest.BuildProvider(b, idleDir, "./internal/idleprovider")
	for b.Loop() {
		ours := timeThousand(b, thousandLinkedMessages, acctest.ProviderDir(b))
		computed := ours.computed(b, "reference", "shape", "content_sha256", "version_unit", "served_sha256")
		idle := timeThousand(b, thousandLinkedMessages, idleDir, computed)
		ours.keepBest(timeThousand(b, thousandLinkedMessages, acctest.ProviderDir(b)))
		idle.keepBest(timeThousand(b, thousandLinkedMessages, idleDir, computed))
		for i, command := range commands {
			b.ReportMetric(ours.took[i].Seconds()/idle.took[i].Seconds(), command+"-x-idle")
			b.ReportMetric(ours.took[i].Seconds(), command+"-s")
		}
		b.ReportMetric(ours.stateBytes, "state-bytes/message-byte")
	}
}

// commands are those that are timed.
var commands = [3]string{"plan", "apply", "replan"}

type timing struct {
	took [len(commands)]time.Duration
	// attributes are those of one resource.
	attributes map[string]any
	// stateBytes is the size of the state file for each byte of messages.
	stateBytes float64
}

func (t *timing) keepBest(other timing) {
	for i := range t.took {
		t.took[i] = min(t.took[i], other.took[i])
	}
}

// computed is the environment variable with which an idle provider computes the same.
func (t *timing) computed(b *testing.B, names ...string) string {
	b.Helper()
	values := map[string]any{}
	for _, name := range names {
		values[name] = t.attributes[name]
	}
	text, err := json.Marshal(values)
	if err != nil {
		b.Fatal(err)
	}
	return "COMPUTED=" + string(text)
}

func timeThousand(b *testing.B, config, binaryDir string, env ...string) timing {
	b.Helper()
	configFile, err := terraformcli.WriteDevOverrides(b.TempDir(), provider.Address, binaryDir)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
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
	result.attributes = state.Values.RootModule.Resources[0].AttributeValues
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
