package personalization

import (
	"slices"
	"strings"
)

// unclosed reports the blocks that are left open, and the first }} that closes nothing, where the opening braces were
// forgotten. Without any tag, }} beside { is data such as JSON.
func (c *checker) unclosed(tags []markup) {
	for _, block := range c.open {
		c.report(block.start, ruleUnbalanced, Error, "{%% %s %%} is not closed by {%% end%s %%}", block.name, block.name)
	}
	if len(tags) == 0 && strings.Contains(c.text, "{") {
		return
	}
	for from, i := 0, 0; i <= len(tags); i++ {
		tag := markup{start: len(c.text)}
		if i < len(tags) {
			tag = tags[i]
		}
		if at := strings.Index(c.text[from:tag.start], "}}"); at >= 0 && tag.name != "endraw" && tag.name != "endcomment" {
			c.report(from+at, ruleUnbalanced, Warning, "}} closes no tag")
			return
		}
		from = tag.end
	}
}

// singleBraces warns of the first output that lacks a brace on each side.
func (c *checker) singleBraces() {
	for at := 0; ; at++ {
		next := strings.IndexByte(c.text[at:], '{')
		if next < 0 {
			return
		}
		at += next
		if at+1 < len(c.text) && (c.text[at+1] == '{' || c.text[at+1] == '%') {
			at++
			continue
		}
		inner, after, closed := strings.Cut(strings.TrimLeft(c.text[at+1:min(len(c.text), at+longestName)], " "), "}")
		root, _, dotted := strings.Cut(inner, ".")
		if closed && dotted && slices.Contains(roots, root) && !strings.HasPrefix(after, "}") && !strings.Contains(inner, "{") {
			c.report(at, ruleUnbalanced, Warning, "%s{ %s } stands in single braces and is sent as it is; write {{ %[2]s }}",
				dollarBefore(c.text, at), shorten(strings.TrimSpace(inner)))
			return
		}
	}
}

func dollarBefore(text string, at int) string {
	if at > 0 && text[at-1] == '$' {
		return "$"
	}
	return ""
}

// longestName bounds how far a closing brace is looked for.
const longestName = 200
