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
		rows = append(rows, Row{Field: "Header " + name, Value: h.Plain[name]})
	}
	return rows
}

// secretRows are one for each of Secret.
func (h Headers) secretRows() []Row {
	value := "the secret value"
	if h.SecretVersion != "" {
		value += ", version " + h.SecretVersion
	}
	var rows []Row
	for _, name := range h.Secret {
		rows = append(rows, Row{Field: "Header " + name, Value: value})
	}
	return rows
}
