package provider_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

// publisher stands in for another provider by which users publish: it has the one resource of the examples, with those of its
// attributes that the examples use, as its documentation has them, and keeps in state what was planned.
type publisher struct {
	address, name, setting, resource, key string
}

var publishers = []publisher{
	{"registry.terraform.io/hashicorp/aws", "aws", "region", "s3_object", "key"},
	{"registry.terraform.io/hashicorp/google", "google", "project", "storage_bucket_object", "name"},
}

func (p publisher) program() string { return "terraform-provider-" + p.name }

// servePublisher serves the one that this program is called like, if it is called like any: Terraform starts it so.
func servePublisher(program string) (served bool, err error) {
	for _, p := range publishers {
		if filepath.Base(program) == p.program() {
			return true, providerserver.Serve(context.Background(), func() frameworkprovider.Provider { return p },
				providerserver.ServeOpts{Address: p.address})
		}
	}
	return false, nil
}

// withPublishers has a command find the publishers beside the built provider.
func withPublishers(t *testing.T, c *acctest.Command) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	dir := t.TempDir()
	built, err := os.ReadDir(acctest.ProviderDir(t))
	must(t, err)
	for _, file := range built {
		must(t, os.Symlink(filepath.Join(acctest.ProviderDir(t), file.Name()), filepath.Join(dir, file.Name())))
	}
	var addresses []string
	for _, p := range publishers {
		must(t, os.Symlink(self, filepath.Join(dir, p.program())))
		addresses = append(addresses, p.address)
	}
	configFile, err := terraformcli.WriteDevOverrides(dir, provider.Address, dir, addresses...)
	must(t, err)
	c.Env = append(c.Env, "TF_CLI_CONFIG_FILE="+configFile)
}

func (p publisher) Metadata(_ context.Context, _ frameworkprovider.MetadataRequest, resp *frameworkprovider.MetadataResponse) {
	resp.TypeName = p.name
}

func (p publisher) Schema(_ context.Context, _ frameworkprovider.SchemaRequest, resp *frameworkprovider.SchemaResponse) {
	resp.Schema = providerschema.Schema{Attributes: map[string]providerschema.Attribute{p.setting: providerschema.StringAttribute{Optional: true}}}
}

func (publisher) Configure(context.Context, frameworkprovider.ConfigureRequest, *frameworkprovider.ConfigureResponse) {
}

func (publisher) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (p publisher) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return publishedObject{p} }}
}

type publishedObject struct{ publisher }

func (o publishedObject) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = o.name + "_" + o.resource
}

func (o publishedObject) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"bucket":        schema.StringAttribute{Required: true},
		o.key:           schema.StringAttribute{Required: true},
		"content":       schema.StringAttribute{Optional: true, Sensitive: o.name == "google"},
		"content_type":  schema.StringAttribute{Optional: true},
		"cache_control": schema.StringAttribute{Optional: true},
	}}
}

func (publishedObject) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (publishedObject) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (publishedObject) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (publishedObject) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// What the examples publish with other providers is what the bodies that they declare send, and what LINE would refuse stops
// the plan.
func TestAccOtherPublishers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		want     map[string]string // by the object's key
		old, new string            // an edit, and what the plan then says
		says     string
	}{
		"aws": {
			want: map[string]string{"welcome.json": "Hello, Mia!"},
			old:  `"Hello, {{ Profile.Name | default: 'there' }}!"`, new: `""`, says: "messages[0].text",
		},
		"google": {
			want: map[string]string{"welcome_en.json": "Hello, Mia!", "welcome_ja.json": "こんにちは、Miaさん！"},
			old:  `{{ Profile.Name | default: 'there' }}さん`, new: `みなさん`, says: "The Liquid of the messages in ja is not that of those in en",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := acctest.NewCommand(t)
			withPublishers(t, c)
			config := acctest.ReadFile(t, filepath.FromSlash("../../examples/linked-content/other-publishers/"+name+"/main.tf"))
			c.Write("main.tf", config)
			c.Run("apply", "-auto-approve")
			if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
				t.Errorf("a plan after the apply ends with %d:\n%s", exitCode, plan)
			}
			body := c.Run("output", "-raw", "body")
			sent := map[string]string{}
			for key, content := range published(t, c) {
				labels, err := campaigntest.Labels([]byte(content))
				must(t, err)
				pushed, err := campaigntest.Render(body, map[string]any{"LineID": "U1", "Name": "Mia"}, map[string]any{"line_messages": labels})
				must(t, err)
				var push struct{ Messages []struct{ Text string } }
				must(t, json.Unmarshal([]byte(pushed), &push))
				sent[key] = push.Messages[0].Text
			}
			for key, want := range test.want {
				if sent[key] != want || len(sent) != len(test.want) {
					t.Errorf("%s is not sent by %s: %q", want, key, sent)
				}
			}
			c.Write("main.tf", strings.Replace(config, test.old, test.new, 1))
			if output, exitCode := c.Try("plan"); exitCode != 1 || !says(output, test.says) {
				t.Errorf("the plan ends with %d and does not say %q:\n%s", exitCode, test.says, output)
			}
		})
	}
}

// published are the contents of the objects of publishers in state, by key.
func published(t *testing.T, c *acctest.Command) map[string]string {
	t.Helper()
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Type   string
					Values map[string]any
				}
			} `json:"root_module"`
		}
	}
	must(t, json.Unmarshal([]byte(c.Run("show", "-json")), &state))
	contents := map[string]string{}
	for _, r := range state.Values.RootModule.Resources {
		for _, p := range publishers {
			if r.Type != p.name+"_"+p.resource {
				continue
			}
			if kind := r.Values["content_type"]; kind != "application/json; charset=utf-8" {
				t.Errorf("the content type is %v", kind)
			}
			key, _ := r.Values[p.key].(string)
			contents[key], _ = r.Values["content"].(string)
		}
	}
	return contents
}
