package personalization

import "strings"

// sampleValue stands in for an output that has no default.
const sampleValue = "sample"

// Sample is the text as some user might receive it: each output is its default, or the word "sample" where it has none;
// of a condition the first branch is kept, of a loop one round. Filters other than default are not applied. A text that
// Check finds unbalanced is sampled up to that place.
func Sample(text string) string {
	tags, broken := scan(text)
	if broken >= 0 {
		text = text[:broken]
	}
	var sample strings.Builder
	var open []openBlock
	at, kept := 0, true
	for _, tag := range tags {
		if kept {
			sample.WriteString(text[at:tag.start])
		}
		at = tag.end
		_, opens := blocks[tag.name]
		switch {
		case tag.name == "":
			if kept {
				sample.WriteString(sampleOf(tag.inner))
			}
		case opens:
			// The first branch of a case begins at its first when.
			first := tag.name != "case" && tag.name != "comment"
			open = append(open, openBlock{around: kept, taken: first})
			kept = kept && first
		case len(open) == 0:
		case tag.name == "when" || tag.name == "else" || tag.name == "elsif":
			block := &open[len(open)-1]
			kept = block.around && !block.taken
			block.taken = true
		case strings.HasPrefix(tag.name, "end"):
			kept = open[len(open)-1].around
			open = open[:len(open)-1]
		}
	}
	if kept {
		sample.WriteString(text[at:])
	}
	return sample.String()
}

// openBlock is a block that Sample is in.
type openBlock struct {
	around bool // the text around the block is kept
	taken  bool // its branch to keep has begun
}

// sampleOf is an output's default without its quotes.
func sampleOf(output part) string {
	value, rest, more := cut(output, '|')
	if text := value.text; len(text) > 1 && (text[0] == '\'' || text[0] == '"') {
		return unquote(text)
	}
	for more {
		var filter part
		filter, rest, more = cut(rest, '|')
		if name, arguments, hasColon := filterOf(filter); name == "default" && hasColon {
			byDefault, _, _ := cut(arguments, ',')
			return unquote(byDefault.text)
		}
	}
	return sampleValue
}

func unquote(text string) string {
	if len(text) > 1 && (text[0] == '\'' || text[0] == '"') && text[len(text)-1] == text[0] {
		return text[1 : len(text)-1]
	}
	return text
}
