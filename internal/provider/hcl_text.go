package provider

import (
	"strings"
)

// labelFor makes a resource label of a name, for import blocks that can be pasted.
func labelFor(name string) string {
	label := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		}
		return '_'
	}, name)
	label = strings.Trim(label, "_")
	if label == "" || label[0] >= '0' && label[0] <= '9' {
		label = "this"
	}
	return label
}

// hclString quotes a text for Terraform's language.
func hclString(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{", "\n", `\n`).Replace(text) + `"`
}
