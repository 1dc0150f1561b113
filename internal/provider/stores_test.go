package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	storeToken  = "token-of-the-team-store"
	templateKey = "default/webhook-templates/LINE%20push.json"
)

// sharedStore is a store as two pipelines see it: by the configuration that both have, the environment that both get,
// and, for what somebody else does to it, directly.
type sharedStore struct {
	config  string
	env     []string
	backend templatestore.Backend
	// checkout gives a fresh checkout what it brings along.
	checkout func(t *testing.T, from, to string)
}

func s3Store(t *testing.T) sharedStore {
	t.Helper()
	acctest.CLI(t) // before a server is built
	config := storetest.StartS3(t).Config()
	for _, variable := range storetest.S3Environment() {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	backend, err := templatestore.NewS3(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	return sharedStore{
		config: fmt.Sprintf("s3 {\nbucket = %q\nprefix = %q\nregion = %q\nendpoint = %q\nuse_path_style = true\n}",
			config.Bucket, config.Prefix, config.Region, config.Endpoint),
		env:      storetest.S3Environment(),
		backend:  backend,
		checkout: func(*testing.T, string, string) {},
	}
}

func httpStore(t *testing.T) sharedStore {
	t.Helper()
	server := storetest.NewServer(storetest.ServerConfig{Token: storeToken})
	t.Cleanup(server.Close)
	backend, err := templatestore.NewHTTP(templatestore.HTTPConfig{Address: server.Address, Token: storeToken, Client: httpclient.New(httpclient.Config{})})
	if err != nil {
		t.Fatal(err)
	}
	return sharedStore{
		config:   fmt.Sprintf("http {\naddress = %q\n}", server.Address),
		env:      []string{"CLEVERTAP_TEMPLATE_STORE_TOKEN=" + storeToken},
		backend:  backend,
		checkout: func(*testing.T, string, string) {},
	}
}

// committedFolder is a local store that is kept in git: each checkout has what the one before committed.
func committedFolder(t *testing.T) sharedStore {
	t.Helper()
	return sharedStore{
		config: acctest.LocalStore("clevertap"),
		checkout: func(t *testing.T, from, to string) {
			t.Helper()
			if err := os.CopyFS(filepath.Join(to, "clevertap"), os.DirFS(filepath.Join(from, "clevertap"))); err != nil {
				t.Fatal(err)
			}
		},
	}
}

// Two pipelines with fresh checkouts and one state share a store through plan, apply, an edit behind their back and the
// repair of it.
func TestAccTwoPipelines(t *testing.T) {
	for name, open := range map[string]func(*testing.T) sharedStore{"s3": s3Store, "http": httpStore, "committed folder": committedFolder} {
		t.Run(name, func(t *testing.T) {
			store := open(t)
			state := filepath.Join(t.TempDir(), "shared.tfstate")
			pipeline := func() *acctest.Command {
				c := acctest.NewCommand(t, store.env...)
				c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(store.config, "")+
					acctest.Template("LINE push", acctest.PushURL, acctest.SecretOne)+acctest.CampaignBody(`messages = [jsonencode({ type = "text", text = "Hello" })]`))
				return c
			}
			first := pipeline()
			first.Run("plan", "-state="+state)
			first.Run("apply", "-auto-approve", "-state="+state)

			second := pipeline()
			store.checkout(t, first.Dir, second.Dir)
			if plan, exitCode := second.Try("plan", "-detailed-exitcode", "-state="+state); exitCode != 0 {
				t.Fatalf("the second pipeline's plan ends with %d:\n%s", exitCode, plan)
			}
			backend := store.backend
			if backend == nil {
				backend = templatestore.NewLocal(filepath.Join(second.Dir, "clevertap"))
			}
			document, etag, err := backend.Get(t.Context(), templateKey)
			if err != nil {
				t.Fatal(err)
			}
			edited := strings.Replace(string(document), acctest.PushURL, acctest.OtherURL, 1)
			if _, err := backend.Put(t.Context(), templateKey, []byte(edited), etag); err != nil {
				t.Fatal(err)
			}
			plan, exitCode := second.Try("plan", "-detailed-exitcode", "-state="+state)
			if exitCode != 2 || !strings.Contains(plan, acctest.OtherURL) || !strings.Contains(plan, "Plan: 0 to add, 1 to change, 0 to destroy") {
				t.Fatalf("the edit is not planned to be repaired (%d):\n%s", exitCode, plan)
			}
			second.Run("apply", "-auto-approve", "-state="+state)

			third := pipeline()
			store.checkout(t, second.Dir, third.Dir)
			if plan, exitCode := third.Try("plan", "-detailed-exitcode", "-state="+state); exitCode != 0 {
				t.Errorf("the third pipeline's plan ends with %d:\n%s", exitCode, plan)
			}
			third.Run("destroy", "-auto-approve", "-state="+state)
		})
	}
}

// A checkout that lacks the folder, or a pipeline with the wrong bucket, is stopped: nothing is planned for creation.
func TestAccWrongStoreIsStopped(t *testing.T) {
	s3, other := s3Store(t), httpStore(t)
	for name, test := range map[string]struct {
		right, wrong string
		env          []string
	}{
		"folder missing from the checkout": {acctest.LocalStore("clevertap"), acctest.LocalStore("clevertap"), nil},
		"another prefix":                   {s3.config, strings.Replace(s3.config, "store-", "other-", 1), s3.env},
		"another kind of store":            {s3.config, other.config, append(s3.env, other.env...)},
	} {
		t.Run(name, func(t *testing.T) {
			state := filepath.Join(t.TempDir(), "shared.tfstate")
			config := func(store string) string {
				return acctest.RequiredProviders + acctest.Provider(store, "") + acctest.Template("LINE push", acctest.PushURL, "")
			}
			right, wrong := acctest.NewCommand(t, test.env...), acctest.NewCommand(t, test.env...)
			right.Write("main.tf", config(test.right))
			right.Run("apply", "-auto-approve", "-state="+state)
			wrong.Write("main.tf", config(test.wrong))
			plan, exitCode := wrong.Try("plan", "-state="+state)
			if exitCode != 1 || strings.Contains(plan, "will be created") || !strings.Contains(plan, "Cannot read the webhook template") {
				t.Errorf("the plan ends with %d:\n%s", exitCode, plan)
			}
			right.Run("destroy", "-auto-approve", "-state="+state)
		})
	}
}

// After a move to another store with the same documents and id, nothing is planned, and changes are written there.
func TestAccMovingHouse(t *testing.T) {
	t.Parallel()
	to := httpStore(t)
	c := acctest.NewCommand(t, to.env...)
	config := func(store, url string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(store, "")+acctest.Template("LINE push", url, ""))
	}
	config(acctest.LocalStore("clevertap"), acctest.PushURL)
	c.Run("apply", "-auto-approve")
	documents, _, err := templatestore.Copy(t.Context(), templatestore.NewLocal(filepath.Join(c.Dir, "clevertap")), to.backend)
	if err != nil || documents != 1 {
		t.Fatalf("%d documents were copied: %v", documents, err)
	}
	if err := os.RemoveAll(filepath.Join(c.Dir, "clevertap")); err != nil {
		t.Fatal(err)
	}
	config(to.config, acctest.PushURL)
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Fatalf("the plan after the move ends with %d:\n%s", exitCode, plan)
	}
	config(to.config, acctest.OtherURL)
	c.Run("apply", "-auto-approve")
	document, _, err := to.backend.Get(t.Context(), templateKey)
	if err != nil || !strings.Contains(string(document), acctest.OtherURL) {
		t.Errorf("the change is not in the new store (%v):\n%s", err, document)
	}
	c.Run("destroy", "-auto-approve")
}
