package rendering

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Values are given values by the parts of their names, so that Profile.Name is in Profile, as [Body.Render] takes them. What
// is written as JSON writes numbers and booleans is one.
func Values(given map[string]string) (map[string]any, error) {
	values := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		steps := strings.Split(name, ".")
		at := values
		for _, step := range steps[:len(steps)-1] {
			if at[step] == nil {
				at[step] = map[string]any{}
			}
			within, ok := at[step].(map[string]any)
			if !ok {
				return nil, fmt.Errorf("%s: another one gives a value to the %s in it", name, step)
			}
			at = within
		}
		at[steps[len(steps)-1]] = valueOf(given[name])
	}
	return values, nil
}

// valueOf is a number or a boolean where that prints as it was written, and a text else.
func valueOf(text string) any {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) == nil && fmt.Sprint(ForLiquid(value)) == text {
		if _, isText := value.(string); !isText {
			return value
		}
	}
	return text
}
