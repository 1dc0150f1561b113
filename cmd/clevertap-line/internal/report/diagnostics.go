package report

import (
	"regexp"
	"slices"
	"strings"
)

// diagnostic is an error or a warning of Terraform's.
type diagnostic struct {
	Severity string `json:"severity"`
	Address  string `json:"address"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	// Summary and Detail are "" of what is sensitive.
	Summary   string `json:"summary"`
	Detail    string `json:"detail"`
	Sensitive bool   `json:"sensitive"`
	// ValuesHidden says that what they quote is left out.
	ValuesHidden bool `json:"values_hidden"`
}

// quoted is what diagnostics quote values with: quotation marks, backticks, and the braces of a tag of Liquid's.
var quoted = regexp.MustCompile("(?s)\"(?:[^\"\\\\]|\\\\.)*\"?|`[^`]*`?|\\{\\{.*?(?:\\}\\}|$)|\\{%.*?(?:%\\}|$)")

// withoutValues is one that leaves out what the words quote, and says so if there is any.
func (d diagnostic) withoutValues() diagnostic {
	for _, words := range []*string{&d.Summary, &d.Detail} {
		without := quoted.ReplaceAllLiteralString(*words, "(not shown)")
		d.ValuesHidden = d.ValuesHidden || without != *words
		*words = without
	}
	return d
}

// mayQuote says that the diagnostic is of this provider or of a function: those know no marks, which Terraform keeps to itself.
func (d diagnostic) mayQuote() bool {
	return strings.HasPrefix(d.Address, "clevertap_") || strings.Contains(d.Address, ".clevertap_") || d.Summary == "Error in function call"
}

// addressMarks say whether what has an address is sensitive; of what is not there, nothing is known.
type addressMarks map[string]bool

// instanceKey is what count and for_each add to an address.
var instanceKey = regexp.MustCompile(`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`)

// declaredAt is the address without the keys of instances: what is found before there are any has it.
func declaredAt(address string) string { return instanceKey.ReplaceAllString(address, "") }

// add takes over what is known of one instance. One that is sensitive makes their declaration so.
func (m addressMarks) add(address string, sensitive bool) {
	m[address] = m[address] || sensitive
	if sensitive {
		m[declaredAt(address)] = true
	}
}

// untold are the diagnostics that say what no object's problems do, each once. What is
// sensitive by the marks is left out, and what may be, where the plan is not whole and lacks objects.
func (f *facts) untold(diagnostics []diagnostic, marks addressMarks, whole bool) (untold []diagnostic) {
	told := map[string]bool{}
	for _, o := range f.Objects {
		for _, words := range o.told {
			told[o.Address+"\x00"+words], told[declaredAt(o.Address)+"\x00"+words] = true, true
		}
	}
	for _, d := range diagnostics {
		if told[d.Address+"\x00"+d.Detail] {
			continue
		}
		switch sensitive, known := marks[d.Address]; {
		case sensitive:
			d.Summary, d.Detail, d.Sensitive = "", "", true
		case !whole && !known && d.mayQuote():
			d = d.withoutValues()
		}
		untold = append(untold, d)
	}
	return slices.Compact(untold)
}
