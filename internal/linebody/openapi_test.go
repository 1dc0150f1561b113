package linebody

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fact is what LINE's OpenAPI document says of a property.
type fact struct {
	required bool
	said     string // the other words of its line
}

// number is a limit that is said.
func (f fact) number(name string) (int, bool) {
	_, after, found := strings.Cut(f.said, " "+name+"=")
	if !found {
		return 0, false
	}
	digits, _, _ := strings.Cut(after, " ")
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

// openAPIKinds are the document's schemas of which others are kinds, with the prefixes of the tables that they are.
var openAPIKinds = map[string]string{
	"Message": messagePrefix, "Action": actionPrefix, "FlexComponent": componentPrefix, "Template": "template ",
	"FlexContainer": "container ", "ImagemapAction": "imagemap ", "SubstitutionObject": "substitution ",
	"MentionTarget": "mentionee ", "FlexBoxBackground": "background ",
}

// openAPIObjects are the document's other schemas.
var openAPIObjects = map[string]string{
	"PushMessageRequest": pushBody, "QuickReply": "quick reply", "QuickReplyItem": "quick reply button", "Sender": "sender",
	"Emoji": "text emoji", "ImagemapBaseSize": "imagemap size", "ImagemapVideo": "imagemap video",
	"ImagemapExternalLink": "imagemap link", "ImagemapArea": "imagemap area", "CarouselColumn": "carousel column",
	"ImageCarouselColumn": "image column", "AltUri": "alternative uri", "FlexBubbleStyles": "bubble style", "FlexBlockStyle": "block style",
}

// readOpenAPI reads testdata/openapi.txt: what is said of the properties of each table, and which schemas have none.
func readOpenAPI(t *testing.T) (facts map[string]map[string]fact, unknown []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/openapi.txt")
	if err != nil {
		t.Fatal(err)
	}
	tables := maps.Clone(openAPIObjects)
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(text), "\r", "")), "\n")
	for _, line := range lines {
		name, types, found := strings.Cut(line, " types=")
		if !found {
			continue
		}
		for _, kind := range strings.Split(types, ",") {
			kind, schema, _ := strings.Cut(kind, ":")
			tables[schema] = openAPIKinds[name] + kind
		}
	}
	facts = map[string]map[string]fact{}
	for _, line := range lines {
		place, said, _ := strings.Cut(line, " ")
		schema, property, isProperty := strings.Cut(place, ".")
		if strings.HasPrefix(line, "#") || strings.HasPrefix(said, "types=") || openAPIKinds[schema] != "" {
			continue
		}
		table, known := tables[schema]
		if !known || lineRules().tables[table] == nil {
			if !slices.Contains(unknown, schema) {
				unknown = append(unknown, schema)
			}
			continue
		}
		if facts[table] == nil {
			facts[table] = map[string]fact{}
		}
		if _, typed := lineRules().tables[table].byName[property]; isProperty && (property != "type" || typed) {
			said, required := strings.CutPrefix(said, "required ")
			facts[table][property] = fact{required, " " + said}
		}
	}
	return facts, unknown
}

// TestOpenAPI holds the tables against LINE's own document. Where they differ, one of the explanations below says why, and each of
// those is needed.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	facts, unknown := readOpenAPI(t)
	if !slices.Equal(unknown, []string{"RichMenuSwitchAction"}) { // which works in no message
		t.Errorf("there are no tables for %q", unknown)
	}
	used := map[string]bool{}
	differs := func(where, what string) {
		explained := openAPIDifferences[where+": "+what]
		if explained == "" {
			t.Errorf("%q: \"…\",", where+": "+what)
		}
		used[where+": "+what] = true
	}
	properties := 0
	for name, table := range lineRules().tables {
		said, found := facts[name]
		if !found {
			differs(name, "is no schema")
			continue
		}
		for _, property := range table.properties {
			where := name + " " + property.name
			f, found := said[property.name]
			if !found {
				differs(where, "is no property")
				continue
			}
			properties++
			if needs := property.need == required; needs != f.required {
				differs(where, fmt.Sprintf("required is %t here", needs))
			}
			for _, limit := range limitsOf(property.value) {
				if is, found := f.number(limit.name); found && is != limit.is {
					differs(where, fmt.Sprintf("%s is %d here and %d there", limit.name, limit.is, is))
				}
			}
			for _, name := range []string{"maxLength", "maxItems", "minItems"} {
				_, found := f.number(name)
				if found && !slices.ContainsFunc(limitsOf(property.value), func(l limit) bool { return l.name == name }) {
					differs(where, name+" is not read here")
				}
			}
			if words, ok := property.value.(choice); ok {
				if _, enum, found := strings.Cut(f.said, " enum="); found && !sameWords(strings.Split(enum, ","), words.words) {
					differs(where, "the words differ from "+enum)
				}
			} else if strings.Contains(f.said, " enum=") {
				differs(where, "is not read as one of some words")
			}
		}
		for property := range said {
			if _, known := table.byName[property]; !known {
				differs(name+" "+property, "has no rule")
			}
		}
	}
	for where := range openAPIDifferences {
		if !used[where] {
			t.Errorf("%q is explained, but no difference", where)
		}
	}
	if properties < 250 {
		t.Errorf("only %d properties were compared", properties)
	}
	t.Logf("%d properties compared, %d differences", properties, len(used))
}

func sameWords(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

type limit struct {
	name string
	is   int
}

// limitsOf are the limits that a value and LINE's document may both have.
func limitsOf(v value) []limit {
	switch v := v.(type) {
	case text:
		if v.max > 0 {
			return []limit{{"maxLength", v.max}}
		}
	case address:
		return []limit{{"maxLength", v.max}}
	case list:
		return []limit{{"minItems", v.min}, {"maxItems", v.max}}
	case messages:
		return []limit{{"minItems", leastMessages}, {"maxItems", mostMessages}}
	}
	return nil
}

// openAPIDifferences are where the tables differ from LINE's document, and why.
var openAPIDifferences = map[string]string{
	"action camera label: required is true here":                  `the reference says that it is required`,
	"action cameraRoll label: required is true here":              `the reference says that it is required`,
	"action datetimepicker data: required is true here":           `the reference says that it is required`,
	"action datetimepicker mode: required is true here":           `the reference says that it is required`,
	"action location label: required is true here":                `the reference says that it is required`,
	"action message text: required is true here":                  `the reference says that it is required`,
	"action postback data: required is true here":                 `the reference says that it is required`,
	"action uri uri: required is true here":                       `the reference says that it is required`,
	"background linearGradient angle: required is true here":      `the reference says "required when background.type is linearGradient", which is the only type`,
	"background linearGradient endColor: required is true here":   `the reference says "required when background.type is linearGradient", which is the only type`,
	"background linearGradient startColor: required is true here": `the reference says "required when background.type is linearGradient", which is the only type`,
	"imagemap link label: required is true here":                  `the reference says that it is required if the video has a link, which is what the object is for`,
	"imagemap link linkUri: required is true here":                `the reference says that it is required if the video has a link, which is what the object is for`,
	"imagemap video area: required is true here":                  `the reference says "required if you set a video", which is what the object is for`,
	"imagemap video originalContentUrl: required is true here":    `the reference says "required if you set a video", which is what the object is for`,
	"imagemap video previewImageUrl: required is true here":       `the reference says "required if you set a video", which is what the object is for`,
	"quick reply button action: required is true here":            `the reference says that it is required`,
	"quick reply button type: required is true here":              `the reference says that it is required`,
	"quick reply items: required is true here":                    `the reference says that it is required`,
	"flex spacer: is no schema":                                   "it is gone, but messages that LINE delivers still have it",
}
