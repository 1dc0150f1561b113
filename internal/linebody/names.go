package linebody

import (
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// NamesIn are the names of values that the tags in a text's strings use, such as Profile.Name, or in all of a text that is no JSON.
func NamesIn(text string) (names []string) {
	d, fault := exactjson.Parse(text)
	if fault != nil {
		return personalization.Parse(text).Names()
	}
	for at := range exactjson.Value(d.Len()) {
		if d.Kind(at) == exactjson.String && personalization.HasTags(d.Text(at)) {
			names = append(names, personalization.Parse(d.Text(at)).Names()...)
		}
	}
	return names
}

// Unused says of the name of a value that none of the names that tags use is it, is in it or has it in it, and which there are; ""
// if one is.
func Unused(name string, names []string) string {
	if slices.ContainsFunc(names, func(used string) bool { return isPart(used, name) || isPart(name, used) }) {
		return ""
	}
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	const most = 10
	used := strings.Join(names[:min(len(names), most)], ", ")
	switch {
	case len(names) == 0:
		return "no tag has this name; there are no tags with names"
	case len(names) > most:
		used += " and others"
	}
	return "no tag has this name; the tags have " + used
}

// isPart says whether a name is another one or in it.
func isPart(name, of string) bool {
	rest, found := strings.CutPrefix(name, of)
	return found && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
