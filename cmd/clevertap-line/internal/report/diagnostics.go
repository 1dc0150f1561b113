package report

import (
	"regexp"
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
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
	// ValuesHidden says that nobody knows whether what they say is sensitive: it is left out.
	ValuesHidden bool `json:"values_hidden"`
}

// quoted is a value in a summary, as %q writes it.
var quoted = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"?`)

// ruleAtEnd is the name of a rule behind what the provider says of messages.
var ruleAtEnd = regexp.MustCompile(`\(([a-z0-9-]+)\)$`)

// ofUnknownMarks is the diagnostic without words that may hold a value: those are wherever a value may be, in quotes or not.
func (d diagnostic) ofUnknownMarks() diagnostic {
	if slices.Contains(wordsOfTheConfiguration, d.Summary) {
		return d
	}
	rule := ""
	if found := ruleAtEnd.FindStringSubmatch(d.Detail); len(found) == 2 && slices.Contains(linebody.Rules(), found[1]) {
		rule = " " + found[0]
	}
	d.Summary = quoted.ReplaceAllLiteralString(d.Summary, "(not shown)")
	if !slices.Contains(fixedSummaries, d.Summary) {
		d.Summary = ""
	}
	d.Detail = "What it says" + rule + " is left out. It is in the log of the plan."
	d.ValuesHidden = true
	return d
}

// addressMarks say whether what has an address is sensitive; of what is not there, nothing is known.
type addressMarks map[string]bool

// instanceKey is what count and for_each add to an address.
var instanceKey = regexp.MustCompile(`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`)

// declaredAt is the address without the keys of instances: what is found before there are any has it.
func declaredAt(address string) string { return instanceKey.ReplaceAllString(address, "") }

// know takes over what is known of instances, and of their declarations if all instances are there.
func (m addressMarks) know(marks map[string]bool, all bool) {
	for address, sensitive := range marks {
		m[address] = m[address] || sensitive
		if all || sensitive {
			m[declaredAt(address)] = m[declaredAt(address)] || sensitive
		}
	}
}

// hide takes over that an instance is sensitive. Their declaration is so, then.
func (m addressMarks) hide(address string, sensitive bool) {
	if sensitive {
		m[address], m[declaredAt(address)] = true, true
	}
}

// untold are the diagnostics that say what no object's problems do, each once. What is sensitive by the marks is left out,
// and what may be.
func (f *facts) untold(diagnostics []diagnostic, marks addressMarks, showSensitive bool) (untold []diagnostic) {
	told := map[string]bool{}
	for _, o := range f.Objects {
		for _, words := range o.told {
			told[o.Address+"\x00"+words], told[declaredAt(o.Address)+"\x00"+words] = true, true
		}
	}
	for _, d := range slices.Compact(diagnostics) {
		if told[d.Address+"\x00"+d.Detail] {
			continue
		}
		switch sensitive, known := marks[d.Address]; {
		case showSensitive:
		case sensitive:
			d.Summary, d.Detail, d.Sensitive = "", "", true
		case !known || slices.Contains(ofExpressions, d.Summary):
			d = d.ofUnknownMarks()
		}
		untold = append(untold, d)
	}
	return untold
}
