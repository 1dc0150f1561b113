package live_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Settings of the publish store: what is missing or faulty is said with its own names.
func TestAccStoreSettings(t *testing.T) {
	t.Parallel()
	const later = "resource \"terraform_data\" \"later\" {\n  input = \"folder\"\n}\n"
	const readsStore = "import {\n  to = clevertap_line_linked_messages.welcome\n  id = \"welcome\"\n}\n"
	for name, test := range map[string]struct {
		config, more, command string
		env                   []string
		says                  []string // nil for what is good
	}{
		"none": {command: "plan", says: []string{"No publish store is configured", "CleverTap reads linked messages when a campaign sends",
			`publish_store { local {`, `path = "./published"`}},
		"the other one alone": {config: "template_store {\n" + acctest.LocalStore("x") + "\n}", command: "plan", says: []string{"No publish store is configured"}},
		"empty":               {config: "publish_store {}", command: "validate", says: []string{"No publish store is configured"}},
		"read_back alone":     {config: "publish_store {\nread_back {}\n}", command: "validate", says: []string{"No publish store is configured"}},
		"two": {config: "publish_store {\n" + acctest.LocalStore("x") + "\ns3 {\nbucket = \"b\"\n}\n}", command: "validate",
			says: []string{"More than one publish store is configured"}},
		"kind misspelled":    {config: "publish_store {\nlocl {}\n}", command: "validate", says: []string{`Did you mean "local"?`}},
		"block misspelled":   {config: "publish_stor {\nlocal {}\n}", command: "validate", says: []string{`Did you mean "publish_store"?`}},
		"setting misspelled": {config: "publish_store {\nlocal {\npth = \"x\"\n}\n}", command: "validate", says: []string{`Did you mean "path"?`}},
		"no path":            {config: "publish_store {\nlocal {}\n}", command: "plan", says: []string{"publish_store.local.path is missing", "CLEVERTAP_PUBLISH_STORE_PATH"}},
		"no bucket":          {config: "publish_store {\ns3 {}\n}", command: "plan", says: []string{"CLEVERTAP_PUBLISH_STORE_BUCKET"}},
		"no address":         {config: "publish_store {\nhttp {}\n}", command: "plan", says: []string{"CLEVERTAP_PUBLISH_STORE_ADDRESS"}},
		"clear text": {config: "publish_store {\nhttp {\naddress = \"http://example.com\"\ntoken = \"CANARY\"\n}\n}", command: "plan",
			says: []string{"The publish store cannot be opened", "must begin with https"}},
		"of the other store's environment": {config: "publish_store {\nlocal {}\n}", command: "plan",
			env: []string{"CLEVERTAP_TEMPLATE_STORE_PATH=x"}, says: []string{"CLEVERTAP_PUBLISH_STORE_PATH"}},
		"not known yet, to import from": {config: "publish_store {\nlocal {\npath = terraform_data.later.output\n}\n}", more: readsStore, command: "plan",
			says: []string{"publish_store.local.path is not known yet", "CLEVERTAP_PUBLISH_STORE_PATH", "An import reads the publish store"}},
		"not known yet":    {config: "publish_store {\nlocal {\npath = terraform_data.later.output\n}\n}", command: "plan"},
		"from environment": {config: "publish_store {\nlocal {}\n}", command: "apply", env: []string{"CLEVERTAP_PUBLISH_STORE_PATH=folder"}},
		"use_path_style": {config: "publish_store {\ns3 {\nbucket = \"b\"\nregion = \"us-east-1\"\n}\n}", command: "plan",
			env: []string{"CLEVERTAP_PUBLISH_STORE_USE_PATH_STYLE=maybe"}, says: []string{"CLEVERTAP_PUBLISH_STORE_USE_PATH_STYLE has no usable value"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := acctest.NewCommand(t, test.env...)
			c.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {\n"+test.config+"\n}\n"+later+test.more+acctest.LinkedMessages(greeting))
			arguments := []string{test.command}
			if test.command == "apply" {
				arguments = append(arguments, "-auto-approve")
			}
			output, exitCode := c.Try(arguments...)
			if (exitCode == 0) != (test.says == nil) || strings.Contains(output, "CANARY") {
				t.Errorf("%s ends with %d:\n%s", test.command, exitCode, output)
			}
			wantWords(t, output, test.says...)
			if name == "from environment" && !exists(t, acctest.Stored(filepath.Join(c.Dir, "folder"), "line-linked-messages", "welcome.json")) {
				t.Error("nothing is published there")
			}
		})
	}
}

// All settings of a store of the http kind may come from the environment, apart from those of the template store.
func TestAccStoreFromEnvironment(t *testing.T) {
	t.Parallel()
	published := storetest.NewServer(storetest.ServerConfig{Token: "token-to-publish"})
	templates := storetest.NewServer(storetest.ServerConfig{Token: "token-of-templates"})
	t.Cleanup(published.Close)
	t.Cleanup(templates.Close)
	c := acctest.NewCommand(t, "CLEVERTAP_DASHBOARD_REMINDERS=false", "CLEVERTAP_ACCOUNT_ID=TEST-1",
		"CLEVERTAP_PUBLISH_STORE_ADDRESS="+published.Address, "CLEVERTAP_PUBLISH_STORE_TOKEN=token-to-publish",
		"CLEVERTAP_TEMPLATE_STORE_ADDRESS="+templates.Address, "CLEVERTAP_TEMPLATE_STORE_TOKEN=token-of-templates")
	c.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {\ntemplate_store {\nhttp {}\n}\npublish_store {\nhttp {}\n}\n}\n"+
		acctest.LinkedMessages(greeting)+body)
	c.Run("apply", "-auto-approve")
	for _, one := range []struct {
		store *storetest.Server
		key   string
	}{{published, "TEST-1/line-linked-messages/welcome.json"}, {templates, "TEST-1/line-campaign-bodies/welcome.json"}} {
		if keys := strings.Join(one.store.Keys(), " "); !strings.Contains(keys, one.key) || len(one.store.Keys()) != 2 {
			t.Errorf("the store has %s, and not %s alone", keys, one.key)
		}
	}
}

// Two configurations of the provider publish into two stores, and two accounts into one, and neither sees the other's.
func TestAccTwoProviders(t *testing.T) {
	t.Parallel()
	const messages = `
resource "clevertap_line_linked_messages" %q {
  provider       = clevertap.%s
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = %q })]
}
`
	for name, test := range map[string]struct {
		settings  [2]string
		documents [2]string
	}{
		"two stores": {
			[2]string{"publish_store {\n" + acctest.LocalStore("a") + "\n}", "publish_store {\n" + acctest.LocalStore("b") + "\n}"},
			[2]string{"a/default", "b/default"},
		},
		"two accounts": {
			[2]string{"account_id = \"ONE\"\npublish_store {\n" + acctest.LocalStore("a") + "\n}", "account_id = \"TWO\"\npublish_store {\n" + acctest.LocalStore("a") + "\n}"},
			[2]string{"a/ONE", "a/TWO"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := acctest.NewCommand(t)
			providers := acctest.RequiredProviders
			for i, alias := range []string{"one", "two"} {
				providers += "provider \"clevertap\" {\nalias = \"" + alias + "\"\n" + test.settings[i] + "\n}\n"
			}
			c.Write("main.tf", providers+fmt.Sprintf(messages, "one", "one", "First")+fmt.Sprintf(messages, "two", "two", "Second"))
			c.Run("apply", "-auto-approve")
			for i, text := range []string{"First", "Second"} {
				if document := acctest.ReadFile(t, filepath.Join(c.Dir, test.documents[i], "line-linked-messages", "welcome.json")); !strings.Contains(document, text) {
					t.Errorf("%s holds\n%s", test.documents[i], document)
				}
			}
			if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
				t.Errorf("the plan after it ends with %d:\n%s", exitCode, plan)
			}
			// What one of them knows is not looked for with the other's settings.
			c.Write("main.tf", providers+fmt.Sprintf(messages, "one", "two", "First")+fmt.Sprintf(messages, "two", "one", "Second"))
			output, exitCode := c.Try("plan")
			if exitCode != 1 || !strings.Contains(output, `Cannot read the set of LINE linked messages "welcome"`) || !strings.Contains(words(output), "Nothing was changed, and nothing is taken for deleted.") {
				t.Errorf("the plan ends with %d:\n%s", exitCode, output)
			}
		})
	}
}

// A folder that is missing from the checkout, another one, and one without its identity: nothing is taken for deleted.
func TestAccWrongStore(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting+"\ntrack_versions = true"), body)
	d.Run("apply", "-auto-approve")
	folder := filepath.Join(d.Dir, "published")
	refused := func(says string) {
		t.Helper()
		output := d.wantError(planning, `Cannot read the set of LINE linked messages "welcome"`, says)
		if strings.Contains(output, "will be created") || strings.Contains(output, "will be destroyed") {
			t.Errorf("something is planned:\n%s", output)
		}
	}
	acctest.Rename(t, folder, folder+".away")
	refused("but one is known, with the id")
	other := newDirectory(t)
	other.declare(acctest.LinkedMessages(farewell))
	other.Run("apply", "-auto-approve")
	acctest.Rename(t, filepath.Join(other.Dir, "published"), folder)
	refused("its id is")
	acctest.Rename(t, folder, folder+".other")
	acctest.Rename(t, folder+".away", folder)
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	acctest.Rename(t, files[0], files[0]+".away")
	refused(".json is missing), but one is known")
	acctest.Rename(t, files[0]+".away", files[0])
	d.wantPlan(nil)
}

// A publish store moves from a folder to a bucket with all it holds: the plan after it is empty, and changes go there.
func TestAccMovingHouse(t *testing.T) {
	acctest.CLI(t) // before a server is built
	for _, variable := range storetest.S3Environment() {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	s3 := storetest.StartS3(t).Config()
	to, err := templatestore.NewS3(t.Context(), s3)
	if err != nil {
		t.Fatal(err)
	}
	c := acctest.NewCommand(t, storetest.S3Environment()...)
	write := func(store, messages string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.Publish(store, "")+acctest.LinkedMessages(messages+"\ntrack_versions = true"))
	}
	write(acctest.LocalStore("published"), greeting)
	c.Run("apply", "-auto-approve")
	documents, receipts, err := templatestore.Copy(t.Context(), templatestore.NewLocal(filepath.Join(c.Dir, "published")), to)
	if err != nil || documents != 1 || receipts != 0 {
		t.Fatalf("%d documents and %d receipts were copied: %v", documents, receipts, err)
	}
	if err := os.RemoveAll(filepath.Join(c.Dir, "published")); err != nil {
		t.Fatal(err)
	}
	bucket := fmt.Sprintf("s3 {\nbucket = %q\nprefix = %q\nregion = %q\nendpoint = %q\nuse_path_style = true\n}", s3.Bucket, s3.Prefix, s3.Region, s3.Endpoint)
	write(bucket, greeting)
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Fatalf("the plan after the move ends with %d:\n%s", exitCode, plan)
	}
	write(bucket, farewell)
	c.Run("apply", "-auto-approve")
	document, _, err := to.Get(t.Context(), "default/line-linked-messages/welcome.json")
	if err != nil || !strings.Contains(string(document), "Bye") {
		t.Errorf("the change is not in the bucket (%v):\n%s", err, document)
	}
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("the plan after it ends with %d:\n%s", exitCode, plan)
	}
	c.Run("destroy", "-auto-approve")
}

// Both stores may be one place.
func TestAccOnePlace(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t, "CLEVERTAP_DASHBOARD_REMINDERS=false")
	c.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {\ntemplate_store {\n"+acctest.LocalStore("one")+"\n}\npublish_store {\n"+
		acctest.LocalStore("one")+"\n}\n}\n"+acctest.LinkedMessages(greeting)+body)
	c.Run("apply", "-auto-approve")
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("the plan after it ends with %d:\n%s", exitCode, plan)
	}
}

// A refresh of a thousand, none newer than what state knows, takes few requests to the publish store.
func TestAccRefreshOfAThousand(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(storetest.ServerConfig{Token: "token-to-publish"})
	t.Cleanup(server.Close)
	c := acctest.NewCommand(t, "CLEVERTAP_PUBLISH_STORE_TOKEN=token-to-publish")
	c.Write("main.tf", acctest.RequiredProviders+acctest.Publish(fmt.Sprintf("http {\naddress = %q\n}", server.Address), "")+
		strings.Replace(acctest.LinkedMessages(greeting), `name = "welcome"`, "count = 1000\n  name = \"welcome_${count.index}\"", 1))
	c.Run("apply", "-auto-approve", "-parallelism=100")
	before := len(server.Requests())
	c.Run("plan")
	requests := server.Requests()[before:]
	if len(requests) > 20 {
		t.Errorf("a refresh takes %d requests", len(requests))
	}
	for _, request := range requests {
		if request.Method != http.MethodGet {
			t.Errorf("a plan sends %s %s", request.Method, request.Path)
		}
	}
	t.Logf("%d requests", len(requests))
}
