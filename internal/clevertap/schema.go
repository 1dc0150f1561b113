package clevertap

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
)

const listUserProperties = "list the properties of user profiles"

// Property is a property that profiles of the account may have.
type Property struct {
	// Name is spelled as CleverTap has it; upper and lower case differ.
	Name string
	// Type is CleverTap's word for the kind of its values; it may be empty.
	Type string
}

// UserProperties lists the properties of the account's user profiles, in CleverTap's order ("GET Schema"). A property
// is there once a value was uploaded for it.
func (c *Client) UserProperties(ctx context.Context) ([]Property, error) {
	response, err := c.get(ctx, listUserProperties, "/getSchema", url.Values{"type": {"userProperties"}})
	if err != nil {
		return nil, err
	}
	var answer struct {
		envelope
		UserProperties *[]struct {
			Name     string `json:"name"`
			Type     string `json:"type"`
			DataType string `json:"dataType"`
		} `json:"userProperties"`
	}
	err = decode(response.Body, &answer)
	switch {
	case response.StatusCode != http.StatusOK || err == nil && answer.Status == "fail":
		return nil, c.apiError(listUserProperties, response)
	case err != nil:
		return nil, c.unusable(listUserProperties, response, fmt.Sprintf("not with a list of properties (%v)", err))
	case answer.UserProperties == nil:
		return nil, c.unusable(listUserProperties, response, "without userProperties")
	}
	properties := make([]Property, len(*answer.UserProperties))
	for i, property := range *answer.UserProperties {
		if property.Name == "" {
			return nil, c.unusable(listUserProperties, response, fmt.Sprintf("property %d has no name", i+1))
		}
		properties[i] = Property{Name: property.Name, Type: cmp.Or(property.Type, property.DataType)}
	}
	return properties, nil
}
