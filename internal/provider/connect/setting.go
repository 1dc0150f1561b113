package connect

import (
	"fmt"
	"os"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// settings resolves the settings of one part, each an attribute with an environment variable behind it, and gathers why
// the part cannot be opened.
type settings struct {
	// why says what unknown settings are needed for.
	why string
	// lacking says that a required setting is missing.
	lacking func(at path.Path, environment string) diag.Diagnostic

	faults  diag.Diagnostics
	missing bool // at least one fault is no matter of time
}

// text is a setting that may be left out; "" is one that was, or that is not known.
func (s *settings) text(value types.String, at path.Path, environment string) string {
	if value.IsUnknown() {
		s.notYetKnown(at, environment)
		return ""
	}
	if value.ValueString() == "" { // as from a variable that defaults to nothing
		return os.Getenv(environment)
	}
	return value.ValueString()
}

// required is a setting that must be there.
func (s *settings) required(value types.String, at path.Path, environment string) string {
	text := s.text(value, at, environment)
	if text == "" && !value.IsUnknown() {
		s.fail(s.lacking(at, environment))
	}
	return text
}

func (s *settings) notYetKnown(at path.Path, environment string) {
	s.faults.Append(diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("The provider's %s is not known yet", at),
		fmt.Sprintf("Its value comes from something that has not been applied, but it is needed now: %s. Apply what it comes "+
			"from first (terraform apply -target=…), or give a value known beforehand, in the configuration or in the environment "+
			"variable %s.", s.why, environment)))
}

func (s *settings) fail(fault diag.Diagnostic) {
	s.missing = true
	s.faults.Append(fault)
}

func (s *settings) failed() bool { return len(s.faults) > 0 }

// intSetting resolves a number that tunes requests. An unknown one takes its default: it changes no outcome.
func intSetting(value types.Int64, at path.Path, environment string, byDefault, least int64, diags *diag.Diagnostics) int64 {
	if !value.IsNull() && !value.IsUnknown() {
		return value.ValueInt64()
	}
	text := environmentBehind(value, environment)
	if text == "" {
		return byDefault
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < least || number > MaxCount {
		diags.AddAttributeError(at, "The environment variable "+environment+" has no usable value",
			fmt.Sprintf("%s is %q; it takes a whole number from %d to %d.", environment, text, least, MaxCount))
		return byDefault
	}
	return number
}

func boolSetting(value types.Bool, at path.Path, environment string, byDefault bool, diags *diag.Diagnostics) bool {
	if !value.IsNull() && !value.IsUnknown() {
		return value.ValueBool()
	}
	text := environmentBehind(value, environment)
	if text == "" {
		return byDefault
	}
	setting, err := strconv.ParseBool(text)
	if err != nil {
		diags.AddAttributeError(at, "The environment variable "+environment+" has no usable value",
			fmt.Sprintf("%s is %q; it takes true or false.", environment, text))
		return byDefault
	}
	return setting
}

func environmentBehind(value attr.Value, environment string) string {
	if value.IsUnknown() {
		return ""
	}
	return os.Getenv(environment)
}
