package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func needsQuery(t *testing.T) {
	t.Helper()
	acctest.Needs(t, "query", "1.14.0", "")
}

// One command declares all that two stores have, another adopts it, as the guide on recovery says.
func TestAccQueryAdoptsAWholeStore(t *testing.T) {
	t.Parallel()
	needsQuery(t)
	guide := acctest.ReadFile(t, "../../templates/guides/recovery.md")
	_, after, _ := strings.Cut(guide, "\n## Adopting a whole store\n")
	_, after, _ = strings.Cut(after, "```hcl\n")
	query, _, _ := strings.Cut(after, "```\n")
	c := adopting(t)
	c.Write("all.tfquery.hcl", query)
	c.Run("query", "-generate-config-out=generated.tf")
	adopt(t, c, len(manyAdopted)-1) // the profiles are in no store
}

func TestAccQuery(t *testing.T) {
	t.Parallel()
	needsQuery(t)
	c := adopting(t)
	query := func(more string) (lines []string, output string, exitCode int) {
		t.Helper()
		c.Write("some.tfquery.hcl", "variable \"prefix\" {\n  default = \"linked \"\n}\n\nlist \"clevertap_line_campaign_body\" \"some\" {\n  provider = clevertap\n"+more+"\n}\n")
		output, exitCode = c.Try("query")
		for line := range strings.Lines(output) {
			if rest, found := strings.CutPrefix(line, "list.clevertap_line_campaign_body.some "); found {
				_, shown, _ := strings.Cut(rest, "=")
				lines = append(lines, strings.Join(strings.Fields(shown), " "))
			}
		}
		return lines, output, exitCode
	}
	for more, want := range map[string]string{
		"":                                      "full full, linked full linked full, linked plain linked plain, one one, plain plain",
		"limit = 2":                             "full full, linked full linked full",
		"include_resource = true":               "full full, linked full linked full, linked plain linked plain, one one, plain plain",
		"config {\nname_prefix = \"p\"\n}":      "plain plain",
		"config {\nname_prefix = var.prefix\n}": "linked full linked full, linked plain linked plain",
		"config {\nname_prefix = \".*\"\n}":     "",
	} {
		if lines, output, exitCode := query(more); strings.Join(lines, ", ") != want || exitCode != 0 {
			t.Errorf("%s: %q and not %q, with %d:\n%s", more, lines, want, exitCode, output)
		}
	}
	said := func(output string) string { return strings.Join(strings.Fields(output), " ") }
	damaged := acctest.Stored(filepath.Join(c.Dir, "templates"), "line-campaign-bodies", "plain.json")
	damaged = strings.Replace(damaged, "default", acctest.CleverTapAccount, 1)
	acctest.WriteFile(t, damaged, "{")
	if _, output, exitCode := query(""); exitCode == 0 || !strings.Contains(said(output), `Cannot list the LINE campaign body "plain"`) {
		t.Errorf("of a damaged document it is not told, with %d:\n%s", exitCode, output)
	}
	if lines, output, exitCode := query("config {\nname_prefix = var.prefix\n}"); len(lines) != 2 || exitCode != 0 {
		t.Errorf("beside a damaged document there is %q, with %d:\n%s", lines, exitCode, output)
	}
	if err := os.RemoveAll(filepath.Join(c.Dir, "templates")); err != nil {
		t.Fatal(err)
	}
	if _, output, exitCode := query(""); exitCode == 0 || !strings.Contains(said(output), "there is no store here") {
		t.Errorf("of a missing store it is not told, with %d:\n%s", exitCode, output)
	}
}

// There is an example for every list, and each runs.
func TestAccQueryExamples(t *testing.T) {
	t.Parallel()
	needsQuery(t)
	c := adopting(t)
	found := exampleFiles(t, ".tfquery.hcl")
	for typeName := range listings {
		files := found[filepath.Join(examples, "list-resources", typeName)]
		if len(files) == 0 {
			t.Errorf("there is no example of a list of %s", typeName)
		}
		for _, file := range files {
			c.Write(typeName+".tfquery.hcl", acctest.ReadFile(t, file))
		}
	}
	c.Run("query")
}
