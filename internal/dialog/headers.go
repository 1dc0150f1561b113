package dialog

import (
	"maps"
	"slices"
)

// Headers are those of a request that CleverTap sends.
type Headers struct {
	Plain map[string]string
	// Secret are the names of the headers whose values nobody keeps.
	Secret []string
	// SecretVersion is that of their values, "" where there is none.
	SecretVersion string
}

func (h Headers) plainRows() []Row {
	var rows []Row
	for _, name := range slices.Sorted(maps.Keys(h.Plain)) {
		rows = append(rows, Row{Field: "Header " + name, Value: h.Plain[name], Key: name, Act: Enter})
	}
	return rows
}

// secretRows are one for each of Secret.
func (h Headers) secretRows(words *wording) []Row {
	var rows []Row
	for _, name := range h.Secret {
		row := words.secretRow("Header "+name, h.SecretVersion)
		row.Key = name
		rows = append(rows, row)
	}
	return rows
}
