package linebody

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// referenceTables are the tables that LINE's reference describes under its headings.
var referenceTables = map[string][]string{
	"Quick reply": nil, "Customize icon and display name": nil, // common to all messages
	"items object": {"quick reply"}, "Quick reply button object": {"quick reply button"},
	"Text message": {"message text"}, "Text message (v2)": {"message textV2"},
	"Mention object": {"substitution mention"}, "User object": {"mentionee user"}, "All-mention object": {"mentionee all"},
	"Emoji object": {"substitution emoji"}, "Sticker message": {"message sticker"}, "Image message": {"message image"},
	"Video message": {"message video"}, "Audio message": {"message audio"}, "Location message": {"message location"},
	"Coupon message": {"message coupon"}, "Imagemap message": {"message imagemap"},
	"Imagemap URI action object": {"imagemap uri"}, "Imagemap message action object": {"imagemap message"},
	"Imagemap clipboard action object": {"imagemap clipboard"}, "Imagemap area object": {"imagemap area"},
	"Common properties of template message objects": {"message template"}, "Buttons template": {"template buttons"},
	"Confirm template": {"template confirm"}, "Carousel template": {"template carousel"}, "Column object for carousel": {"carousel column"},
	"Image carousel template": {"template image_carousel"}, "Column object for image carousel": {"image column"},
	"Flex Message": {"message flex"}, "Bubble": {"container bubble"}, "Bubble style": {"bubble style"}, "Block style": {"block style"},
	"Carousel": {"container carousel"}, "Box": {"flex box"}, "Button": {"flex button"}, "Image": {"flex image"}, "Video": {"flex video"},
	"Icon": {"flex icon"}, "Text": {"flex text"}, "Span": {"flex span"}, "Separator": {"flex separator"}, "Filler": {"flex filler"},
	"Postback action": {"action postback"}, "Message action": {"action message"}, "URI action": {"action uri"},
	"Datetime picker action": {"action datetimepicker"}, "Camera action": {"action camera"}, "Camera roll action": {"action cameraRoll"},
	"Location action": {"action location"}, "Clipboard action": {"action clipboard"}, "Rich menu switch action": {},
}

// TestReference holds the tables against LINE's reference, whose facts are in testdata/reference.txt: each property that it describes
// has a rule, and is required or limited as it says. What has an annotation in place of "required" has checks of its own.
func TestReference(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/reference.txt")
	if err != nil {
		t.Fatal(err)
	}
	used, described, compared := map[string]bool{}, map[string]bool{}, 0
	differs := func(where, what string) {
		if referenceDifferences[where+": "+what] == "" {
			t.Errorf("%q: \"…\",", where+": "+what)
		}
		used[where+": "+what] = true
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		heading, rest, found := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		tables, known := referenceTables[heading]
		if !known {
			t.Errorf("nobody knows what %q is", heading)
		}
		described[heading] = true
		if tables == nil {
			tables = []string{"message text"}
		}
		path, said, _ := strings.Cut(rest, " ")
		for _, name := range tables {
			steps := strings.Split(path, ".")
			table, property := propertyAt(lineRules().tables[name], steps)
			if property == nil {
				if steps[len(steps)-1] != "type" {
					differs(heading+" "+path, "has no rule")
				}
				continue
			}
			compared++
			isAnnotated := strings.HasPrefix(said, "annotation=")
			if needs := property.need == required; !isAnnotated && needs != strings.HasPrefix(said, "required") {
				differs(table.name+" "+property.name, fmt.Sprintf("required is %t here", needs))
			}
			var limits []int
			for _, word := range strings.Fields(said) {
				if digits, isLimit := strings.CutPrefix(word, "max="); isLimit {
					limit, err := strconv.Atoi(digits)
					if err != nil {
						t.Fatal(err)
					}
					limits = append(limits, limit)
				}
			}
			if is := mostOf(property.value); len(limits) > 0 && !slices.Equal(is, limits) {
				differs(table.name+" "+property.name, fmt.Sprintf("the most is %v here and %v there", is, limits))
			}
		}
	}
	for heading := range referenceTables {
		if !described[heading] {
			t.Errorf("the reference has no %q", heading)
		}
	}
	for where := range referenceDifferences {
		if !used[where] {
			t.Errorf("%q is explained, but no difference", where)
		}
	}
	if compared < 200 {
		t.Errorf("only %d properties were compared", compared)
	}
	t.Logf("%d properties compared, %d differences", compared, len(used))
}

// propertyAt follows a path of the reference's, such as video.area.x, through tables.
func propertyAt(s *schema, steps []string) (*schema, *property) {
	index, found := s.byName[steps[0]]
	if !found {
		return s, nil
	}
	p := &s.properties[index]
	if len(steps) == 1 {
		return s, p
	}
	if held, ok := p.value.(holder); ok {
		for _, name := range held.holds(lineRules()) {
			if table, inside := propertyAt(lineRules().tables[name], steps[1:]); inside != nil {
				return table, inside
			}
		}
	}
	return s, nil
}

// mostOf are the greatest lengths or numbers that a value may have, in the reference's order.
func mostOf(v value) []int {
	switch v := v.(type) {
	case text:
		return []int{v.max}
	case titledText:
		return []int{v.alone, v.titled}
	case address:
		return []int{v.max}
	case baseURL:
		return mostOf(mediaURL())
	case list:
		return []int{v.max}
	case label:
		return []int{inQuickReply.labelMax} // of the actions that work there alone
	}
	return nil
}

// referenceDifferences are where the tables differ from LINE's reference, and why.
var referenceDifferences = map[string]string{
	"background linearGradient angle: required is true here":      `its text says "required when background.type is linearGradient", which is the only type`,
	"background linearGradient startColor: required is true here": `its text says "required when background.type is linearGradient", which is the only type`,
	"background linearGradient endColor: required is true here":   `its text says "required when background.type is linearGradient", which is the only type`,
}
