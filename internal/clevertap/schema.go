package clevertap

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/sharedcall"
)

const listUserProperties = "list the properties of user profiles"

// Property is a property that profiles of the account may have.
type Property struct {
	// Name is spelled as CleverTap has it; upper and lower case differ.
	Name string
	// Type is CleverTap's word for the kind of its values; it may be empty.
	Type string
	// TypeKey is what the answer calls the type: type or dataType; empty where it has neither.
	TypeKey string
}

// schema is the list of properties that a client remembers.
type schema struct {
	flight     sharedcall.Group[[]Property]
	mu         sync.Mutex
	properties []Property
	uploads    int // that may have changed the list
}

// KnownUserProperties is what [Client.UserProperties] gave last, asked for once for any number of callers, and again after
// an upload, which may make properties. A failure is not remembered. The result must not be changed.
func (c *Client) KnownUserProperties(ctx context.Context) ([]Property, error) {
	known, uploads := c.schema.known()
	if known != nil && ctx.Err() == nil {
		return known, nil
	}
	// Who asks after an upload does not wait for an answer to who asked before.
	properties, err := c.schema.flight.Do(ctx, strconv.Itoa(uploads), func() ([]Property, error) {
		known, uploads := c.schema.known()
		if known != nil { // since a moment ago
			return known, nil
		}
		properties, err := c.UserProperties(ctx)
		if err == nil {
			c.schema.remember(properties, uploads)
		}
		return properties, err
	})
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("%s: %w", listUserProperties, ctx.Err())
	case err != nil:
		return nil, err
	}
	return properties, nil
}

func (s *schema) known() (properties []Property, uploads int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.properties, s.uploads
}

// remember keeps a list, unless there was an upload since it was asked for.
func (s *schema) remember(properties []Property, uploads int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.uploads == uploads {
		s.properties = properties
	}
}

// forget is for after an upload, whatever came of it.
func (s *schema) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.properties = nil
	s.uploads++
}

// SpelledOtherwise are the names that differ from a name in nothing but upper and lower case; none if the name itself is
// among the properties.
func SpelledOtherwise(properties []Property, name string) []string {
	var alike []string
	for _, property := range properties {
		if property.Name == name {
			return nil
		}
		if strings.EqualFold(property.Name, name) {
			alike = append(alike, property.Name)
		}
	}
	return alike
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
		switch {
		case property.Type != "":
			properties[i].TypeKey = "type"
		case property.DataType != "":
			properties[i].TypeKey = "dataType"
		}
	}
	return properties, nil
}
