package report

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// property is a value that changes and is no text that people see in a message. Before and After are JSON, "" where there is none.
type property struct {
	Path   string `json:"path"`
	Before string `json:"before"`
	After  string `json:"after"`
}

const (
	// mostProperties is how many of an object are told, mostValue how many characters of each.
	mostProperties, mostValue = 40, 200
)

var (
	// derived are attributes that follow from others, receipt and served are those that tell what a refresh saw.
	derived = []string{"content_sha256", "reference", "shape", "version_unit", "body", "parameters", "secret_headers_wo", "entered"}
	receipt = []string{"entered_sha256", "entered_by", "entered_at"}
	served  = []string{"served_sha256"}
)

// properties are those that differ between two states of an object, without attributes that are left out, and how many more
// there are.
func properties(before, after *declared.Planned, without ...string) (found []property, more int) {
	if before == nil || after == nil {
		without = append(without, "name", "messages")
	}
	texts := [2]string{attributesJSON(before, without), attributesJSON(after, without)}
	if texts[0] == texts[1] {
		return nil, 0
	}
	c := &comparison{}
	var faults [2]*exactjson.Fault
	c.before, faults[0] = exactjson.Parse(texts[0])
	c.after, faults[1] = exactjson.Parse(texts[1])
	if faults[0] != nil || faults[1] != nil { // messages may nest deeper than can be read
		return []property{{Path: "messages"}}, 0
	}
	c.compare(nil, exactjson.Root, exactjson.Root)
	return c.found, c.more
}

// attributesJSON are attributes with a value as one JSON text, messages and references in it as the JSON that they are.
func attributesJSON(p *declared.Planned, without []string) string {
	given := map[string]any{}
	if p != nil {
		for name, value := range p.Attributes {
			if !empty(value) && !slices.Contains(without, name) && !slices.Contains(p.Unknown, name) {
				given[name] = value
			}
		}
	}
	if _, has := given["messages"]; has && json.Valid([]byte(p.Messages)) {
		given["messages"] = json.RawMessage(p.Messages)
	}
	if reference, is := given["linked_messages"].(string); is && json.Valid([]byte(reference)) {
		given["linked_messages"] = json.RawMessage(reference)
	}
	text, _ := json.Marshal(given) // it was JSON
	return string(text)
}

// empty says that an attribute has no value, or none that says anything.
func empty(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return false
}

// comparison walks through two documents at once.
type comparison struct {
	before, after *exactjson.Document
	found         []property
	more          int
}

// compare looks at two values at the end of the same steps.
func (c *comparison) compare(steps []string, before, after exactjson.Value) {
	switch kind := c.before.Kind(before); {
	case kind != c.after.Kind(after):
		c.scalar(steps, before, after)
	case kind == exactjson.Object:
		c.objects(steps, before, after)
	case kind == exactjson.Array:
		c.arrays(steps, before, after)
	default:
		c.scalar(steps, before, after)
	}
}

func (c *comparison) objects(steps []string, before, after exactjson.Value) {
	for member := range c.before.Children(before) {
		key := c.before.Key(member)
		if other, has := c.after.Member(after, key); has {
			c.compare(append(steps, keyStep(key)), member, other)
		} else {
			c.add(append(steps, keyStep(key)), c.value(c.before, member), "")
		}
	}
	for member := range c.after.Children(after) {
		key := c.after.Key(member)
		if _, has := c.before.Member(before, key); !has {
			c.add(append(steps, keyStep(key)), "", c.value(c.after, member))
		}
	}
}

func (c *comparison) arrays(steps []string, before, after exactjson.Value) {
	was, is := slices.Collect(c.before.Children(before)), slices.Collect(c.after.Children(after))
	for i := range max(len(was), len(is)) {
		step := "[" + strconv.Itoa(i) + "]"
		switch {
		case i >= len(is):
			c.add(append(steps, step), c.value(c.before, was[i]), "")
		case i >= len(was):
			c.add(append(steps, step), "", c.value(c.after, is[i]))
		default:
			c.compare(append(steps, step), was[i], is[i])
		}
	}
}

func (c *comparison) scalar(steps []string, before, after exactjson.Value) {
	if isShown(c.before, before) && isShown(c.after, after) && steps[0] == ".messages" {
		return
	}
	if string(c.before.AppendCanonical(nil, before)) != string(c.after.AppendCanonical(nil, after)) {
		c.add(steps, c.value(c.before, before), c.value(c.after, after))
	}
}

func (c *comparison) add(steps []string, before, after string) {
	if len(c.found) == mostProperties {
		c.more++
		return
	}
	c.found = append(c.found, property{strings.TrimPrefix(strings.Join(steps, ""), "."), before, after})
}

// value is one as JSON on one line, its beginning if it is long.
func (c *comparison) value(d *exactjson.Document, v exactjson.Value) string {
	if len(c.found) == mostProperties {
		return ""
	}
	return shorten(string(d.AppendCompact(nil, v)))
}

func shorten(text string) string {
	if runes := []rune(text); len(runes) > mostValue {
		return string(runes[:mostValue]) + "…"
	}
	return text
}

// keyStep is a key as a step of a path, with what parts it from those before.
func keyStep(key string) string {
	for _, r := range key {
		if r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return "[" + strconv.Quote(shorten(key)) + "]"
		}
	}
	return "." + key
}

// attributeOf is the attribute of a resource that a path leads into.
func attributeOf(path string) string {
	if end := strings.IndexAny(path, ".["); end >= 0 {
		return path[:end]
	}
	return path
}
