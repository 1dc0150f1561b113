package campaigntest

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/rendering"
)

// ErrAborted is the error of a body that ran into {% abort %}, CleverTap's tag for a message that is not sent
// ("Using Liquid Tags").
var ErrAborted = rendering.ErrAborted

// Render renders a custom body for one profile, as package rendering does. linked holds the labels of each Linked Content
// API by its name, see [Labels].
func Render(body string, profile, linked map[string]any) (string, error) {
	compiled, err := rendering.Compile(body)
	if err != nil {
		return "", err
	}
	return render(compiled, profile, linked)
}

func render(body *rendering.Body, profile, linked map[string]any) (string, error) {
	return body.Render(map[string]any{"Profile": profile, "Linked": linked})
}

// Labels are what {{ Linked.API.label }} finds in an answer: the values at its top level, as Auto-fill Objects lists them,
// and the system labels raw and JSON, which partners' guides write json. Labels of those names in the answer are hidden.
// The error is of an answer that is no JSON.
func Labels(answer []byte) (map[string]any, error) {
	if !json.Valid(answer) { // the decoder alone would not look behind the value
		return nil, errors.New("the answer is no JSON")
	}
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	labels := map[string]any{}
	if object, isObject := value.(map[string]any); isObject {
		maps.Copy(labels, object)
	}
	labels["raw"], labels["JSON"], labels["json"] = string(answer), value, value
	return labels, nil
}
