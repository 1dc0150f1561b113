package clevertap

import (
	"encoding/json"
	"fmt"
)

// Text is the value of a property as text: a text as it is, anything else as JSON, and none as nothing.
func (p Profile) Text(property string) string {
	switch value := p.Properties[property].(type) {
	case nil:
		return ""
	case string:
		return value
	default:
		text, err := json.Marshal(value)
		if err != nil {
			return fmt.Sprint(value)
		}
		return string(text)
	}
}
