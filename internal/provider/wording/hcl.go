// Package wording is how messages of all rooms of the provider write what is not prose: blocks that can be pasted, and long
// lists. It knows nothing of them.
package wording

import (
	"fmt"
	"strings"
)

// ResourceLabel makes a resource label of a name, for import blocks that can be pasted.
func ResourceLabel(name string) string {
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

// HCLString quotes a text for Terraform's language.
func HCLString(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{", "\n", `\n`).Replace(text) + `"`
}

// MaxListed is how many of many names or faults a message lists.
const MaxListed = 10

// Some lists the first of many.
func Some(items []string, separator string) string {
	if more := len(items) - MaxListed; more > 0 {
		return strings.Join(items[:MaxListed], separator) + fmt.Sprintf("%sand %d more", separator, more)
	}
	return strings.Join(items, separator)
}

// ShellWord quotes a text for a POSIX shell where it needs that.
func ShellWord(text string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,"
	if text != "" && strings.Trim(text, plain) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
