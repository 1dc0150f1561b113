package provider_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// pageBlock is a fenced block of a page, which may be indented in a list.
type pageBlock struct {
	where   string // page and line
	heading string // the page's title, and the headings above
	source  string
}

// pageBlocks are those of all pages that users read, in some languages.
func pageBlocks(t *testing.T, languages string) (blocks []pageBlock) {
	t.Helper()
	fence := regexp.MustCompile("(?ms)^( *)```(?:" + languages + ")\n(.*?)^ *```$")
	heading := regexp.MustCompile("(?m)^(?:#+ |page_title: )(.*)$")
	pages := []string{"../../README.md", "../../CONTRIBUTING.md"}
	for _, pattern := range []string{"../../docs/*.md", "../../docs/*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	for _, page := range pages {
		text := acctest.ReadFile(t, page)
		for _, at := range fence.FindAllStringSubmatchIndex(text, -1) {
			block := pageBlock{where: fmt.Sprintf("%s:%d", strings.TrimPrefix(filepath.ToSlash(page), "../../"), 1+strings.Count(text[:at[4]], "\n"))}
			indent := text[at[2]:at[3]]
			block.source = strings.ReplaceAll("\n"+text[at[4]:at[5]], "\n"+indent, "\n")[1:]
			for _, above := range heading.FindAllStringSubmatch(text[:at[0]], -1) {
				block.heading += above[1] + "\n"
			}
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// Every configuration on every page is valid. Each becomes a module, completed with what it names and does not declare; what a
// module cannot have, or this Terraform does not know, or needs another provider, is left to the tests that the first loop names.
func TestAccPagesAreValid(t *testing.T) {
	t.Parallel()
	blocks := pageBlocks(t, "terraform|hcl")
	if len(blocks) < 40 {
		t.Fatalf("the pages have only %d configurations", len(blocks))
	}
	c := acctest.NewCommand(t)
	hasActions := acctest.Has(t, "1.14.0", "")
	declarations := map[string]*hclwrite.Block{}
	var files []*hclwrite.File
	var shown []pageBlock
	for _, block := range blocks {
		source := []byte(block.source)
		if !bytes.Equal(hclwrite.Format(source), source) {
			t.Errorf("%s is not formatted", block.where)
		}
		file, diags := hclwrite.ParseConfig(source, block.where, hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		for _, inside := range file.Body().Blocks() {
			switch inside.Type() {
			case "import", "list": // TestAccExamples, TestAccRecoveryOfMany, and the queries' own tests
				file.Body().RemoveBlock(inside)
			case "resource", "data":
				if !strings.HasPrefix(inside.Labels()[0], "clevertap_") { // TestAccOtherPublishers
					file.Body().RemoveBlock(inside)
					continue
				}
				declarations[address(inside)] = inside
			}
		}
		if !hasActions && strings.Contains(block.source, "\naction ") {
			t.Logf("%s is not validated: %s has no actions", block.where, acctest.CLI(t))
			continue
		}
		files, shown = append(files, file), append(shown, block)
	}
	var root strings.Builder
	for i, file := range files {
		module := fmt.Sprintf("page%d", i)
		fmt.Fprintf(&root, "module %q { # %s\n  source = \"./%[1]s\"\n", module, shown[i].where)
		for _, inside := range file.Body().Blocks() {
			if inside.Type() == "variable" && inside.Body().GetAttribute("default") == nil {
				fmt.Fprintf(&root, "  %s = null\n", inside.Labels()[0])
			}
		}
		root.WriteString("}\n")
		if err := os.Mkdir(filepath.Join(c.Dir, module), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, read := range []string{"welcome.body.json", filepath.Join(module, "stored.json")} {
			c.Write(read, `{"messages": [{"type": "text", "text": "Hello"}], "objects": []}`)
		}
		c.Write(filepath.Join(module, "key.pem"), acctest.ReadFile(t, "../line/testdata/assertion-key.pem"))
		c.Write(filepath.Join(module, "page.tf"), string(file.Bytes()))
		c.Write(filepath.Join(module, "rest.tf"), rest(t, shown[i].where, file, declarations))
	}
	c.Write("main.tf", root.String())
	c.Run("get")
	if output, exitCode := c.Try("validate"); exitCode != 0 {
		t.Errorf("%s\nwhere\n%s", output, root.String())
	}
}

// address is how others name what a block declares.
func address(block *hclwrite.Block) string {
	if block.Type() == "resource" {
		return strings.Join(block.Labels(), ".")
	}
	return strings.Join(append([]string{block.Type()}, block.Labels()...), ".")
}

// rest declares what a page's configuration names and leaves to other pages, or to its reader.
func rest(t *testing.T, where string, file *hclwrite.File, declarations map[string]*hclwrite.Block) string {
	t.Helper()
	added := hclwrite.NewEmptyFile()
	for {
		parsed, diags := hclsyntax.ParseConfig(append(file.Bytes(), added.Bytes()...), where, hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		declared, named := map[string]bool{}, map[string]hcl.Range{}
		look(parsed.Body.(*hclsyntax.Body), declared, named)
		var missing []string
		for _, reference := range slices.Sorted(maps.Keys(named)) {
			if !declared[reference] {
				missing = append(missing, reference)
			}
		}
		if len(missing) == 0 {
			return providerSource(file) + string(added.Bytes())
		}
		for _, reference := range missing {
			name, isVariable := strings.CutPrefix(reference, "var.")
			switch {
			case isVariable:
				added.Body().AppendNewBlock("variable", []string{name}).Body().SetAttributeRaw("default", hclwrite.TokensForIdentifier("null"))
			case declarations[reference] != nil:
				added.Body().AppendBlock(declarations[reference])
			default:
				t.Fatalf("%s: %s is declared on no page", where, reference)
			}
		}
	}
}

// providerSource says where the provider comes from, unless the page does.
func providerSource(file *hclwrite.File) string {
	if file.Body().FirstMatchingBlock("terraform", nil) != nil {
		return ""
	}
	return acctest.RequiredProviders
}
