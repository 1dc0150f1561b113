package provider_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

const examples = "../../examples"

// exampleFiles are the configurations among the examples, or the queries (".tfquery.hcl"), by their folders.
func exampleFiles(tb testing.TB, suffix string) map[string][]string {
	tb.Helper()
	dirs := map[string][]string{}
	err := filepath.WalkDir(examples, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, suffix) {
			dirs[filepath.Dir(path)] = append(dirs[filepath.Dir(path)], path)
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return dirs
}

// Every example is formatted, and names what it declares and nothing else: also those that need providers which cannot be asked
// here.
func TestExamplesAreWhole(t *testing.T) {
	t.Parallel()
	all := exampleFiles(t, ".tf")
	maps.Copy(all, exampleFiles(t, ".tfquery.hcl")) // which are in folders of their own
	for dir, files := range all {
		declared, named := map[string]bool{}, map[string]hcl.Range{}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(hclwrite.Format(source), source) {
				t.Errorf("%s is not formatted: make fmt", file)
			}
			parsed, diags := hclsyntax.ParseConfig(source, file, hcl.InitialPos)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			look(parsed.Body.(*hclsyntax.Body), declared, named)
		}
		for _, reference := range slices.Sorted(maps.Keys(named)) {
			if !declared[reference] {
				t.Errorf("%s: %s is not declared", named[reference], reference)
			}
		}
		for _, declaration := range slices.Sorted(maps.Keys(declared)) {
			if _, used := named[declaration]; !used && (strings.HasPrefix(declaration, "var.") || strings.HasPrefix(declaration, "local.")) {
				t.Errorf("%s: %s is not used", dir, declaration)
			}
		}
	}
}

// look collects what a configuration declares, and what it names and where, as references are written.
func look(body *hclsyntax.Body, declared map[string]bool, named map[string]hcl.Range) {
	for _, block := range body.Blocks {
		labels := strings.Join(block.Labels, ".")
		switch block.Type {
		case "variable":
			declared["var."+labels] = true
		case "data", "ephemeral", "action":
			declared[block.Type+"."+labels] = true
		case "resource":
			declared[labels] = true
		case "dynamic":
			declared[labels+".value"] = true
		case "locals":
			for name := range block.Body.Attributes {
				declared["local."+name] = true
			}
		}
		look(block.Body, declared, named)
	}
	for _, attribute := range body.Attributes {
		if attribute.Name == "events" { // of an action_trigger, which are Terraform's own words
			continue
		}
		for _, traversal := range attribute.Expr.Variables() {
			steps := []string{traversal.RootName()}
			for _, step := range traversal[1:] {
				if attr, ok := step.(hcl.TraverseAttr); ok && len(steps) < 3 {
					steps = append(steps, attr.Name)
				} else {
					break
				}
			}
			switch root := steps[0]; {
			case root == "data", root == "ephemeral", root == "action":
			case root == "var", root == "local", strings.Contains(root, "_"):
				steps = steps[:min(2, len(steps))]
			default: // each, path, provider functions' arguments, what an expression brings itself
				continue
			}
			named[strings.Join(steps, ".")] = traversal.SourceRange()
		}
	}
}
