package linebody

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Each constant that names a rule is among Rules.
func TestRuleNames(t *testing.T) {
	t.Parallel()
	var declared []string
	for _, file := range []string{"problem.go", "../personalization/problem.go"} {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			if spec, ok := node.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "rule") {
				name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				declared = append(declared, name)
			}
			return true
		})
	}
	slices.Sort(declared)
	if len(declared) < 50 || !slices.Equal(declared, Rules()) {
		t.Errorf("there are the rules %v, and Rules gives %v", declared, Rules())
	}
}
