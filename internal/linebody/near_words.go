package linebody

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// folded is a name without what people spell in different ways: quick_reply is quickReply.
func folded(name string) string { return strings.ToLower(betweenWords.Replace(name)) }

var betweenWords = strings.NewReplacer("_", "", "-", "", " ", "")

// otherNames are what people call LINE's properties, by its folded spelling, with the names that may be meant.
var otherNames = names(map[string]string{
	"text":               "message msg content body caption string",
	"contents":           "content bubbles columns items components children elements body",
	"columns":            "contents items cards elements",
	"actions":            "buttons items",
	"items":              "actions buttons contents",
	"template":           "contents content",
	"originalContentUrl": "url src link contenturl originalurl imageurl videourl audiourl mediaurl",
	"url":                "src href link imageurl originalcontenturl uri",
	"previewImageUrl":    "previewurl preview thumbnail thumbnailurl thumbnailimageurl thumb",
	"previewUrl":         "previewimageurl preview thumbnailurl",
	"thumbnailImageUrl":  "imageurl image thumbnail thumbnailurl url",
	"imageUrl":           "url icon iconurl image src thumbnailimageurl",
	"iconUrl":            "icon url imageurl pictureurl",
	"uri":                "url link href linkuri",
	"linkUri":            "uri url link href",
	"baseUrl":            "url imageurl baseuri",
	"latitude":           "lat",
	"longitude":          "lng lon long",
	"altText":            "alt fallback fallbacktext notificationtext",
	"data":               "payload value postback",
	"label":              "title name text",
	"clipboardText":      "text data copytext",
	"to":                 "userid user recipient",
	"duration":           "length time durationms",
	"backgroundColor":    "bgcolor background",
	"color":              "textcolor fontcolor",
	"size":               "fontsize textsize",
	"weight":             "fontweight",
	"align":              "textalign",
	"paddingAll":         "padding",
	"spacing":            "gap",
	"cornerRadius":       "borderradius radius",
	"layout":             "direction orientation",
	"initial":            "default value start",
	"hero":               "image",
	"body":               "content contents",
	"wrap":               "wordwrap",
})

// otherWords are what people call LINE's types and the words that properties take, by their folded spelling.
var otherWords = names(map[string]string{
	"text":           "message string plain textmessage label paragraph msg",
	"sticker":        "stamp",
	"image":          "img photo picture",
	"video":          "movie",
	"audio":          "voice sound",
	"location":       "map",
	"flex":           "flexmessage",
	"template":       "templatemessage",
	"uri":            "url link web href",
	"clipboard":      "copy",
	"datetimepicker": "datepicker timepicker date datetime",
	"separator":      "divider line hr",
	"box":            "container stack div vertical horizontal baseline",
	"linearGradient": "gradient linear",
	"buttons":        "button",
	"start":          "left",
	"end":            "right",
	"center":         "middle centre",
	"flex-start":     "start left top",
	"flex-end":       "end right bottom",
	"space-between":  "between",
	"space-around":   "around",
	"space-evenly":   "evenly",
	"horizontal":     "row",
	"vertical":       "column",
	"fit":            "contain",
	"cover":          "fill crop",
	"contain":        "fit",
	"line-through":   "strikethrough strike",
	"regular":        "normal 400",
	"normal":         "regular",
	"bold":           "600 700 800 900",
	"italic":         "oblique",
	"span":           "text",
	"xxs":            "2xs tiny",
	"xs":             "xsmall extrasmall",
	"sm":             "small s",
	"md":             "medium m normal",
	"lg":             "large l",
	"xl":             "xlarge extralarge",
	"xxl":            "2xl xxlarge",
})

// names turns what each name is called into what each of those may mean.
func names(called map[string]string) map[string][]string {
	meant := map[string][]string{}
	for name, others := range called {
		for _, other := range strings.Fields(others) {
			meant[other] = append(meant[other], name)
		}
	}
	for _, names := range meant {
		slices.Sort(names)
	}
	return meant
}

// likely finds the name that was probably meant, and says how to tell: by its spelling, as another name of it, or by a letter or
// two. It is empty if none was.
func likely(word string, known []string, others map[string][]string) (name, hint string) {
	const mostDistance, longest = 3, 40
	if len(word) > longest {
		return "", ""
	}
	for _, name := range known {
		switch {
		case strings.EqualFold(word, name):
			return name, fmt.Sprintf("; upper and lower case matter: write %q", name)
		case folded(word) == folded(name):
			return name, fmt.Sprintf("; write %q", name)
		}
	}
	for _, name := range others[folded(word)] {
		if slices.Contains(known, name) {
			return name, fmt.Sprintf("; write %q", name)
		}
	}
	best, distance := "", min(mostDistance, len(word)/2)+1
	for _, name := range known {
		if d := levenshtein.Distance(word, name, nil); d < distance {
			best, distance = name, d
		}
	}
	if best == "" {
		return "", ""
	}
	return best, fmt.Sprintf("; did you mean %q?", best)
}

// nearest suggests the type or word that was probably meant.
func nearest(word string, known []string) string {
	_, hint := likely(word, known, otherWords)
	return hint
}

// isMisspelt tells a known word in another spelling from one that LINE may have added, such as the next version of a type.
func isMisspelt(name string, known []string) bool {
	const digits = "0123456789"
	if slices.ContainsFunc(known, func(word string) bool { return folded(name) == folded(word) }) || name == "" {
		return true
	}
	if slices.ContainsFunc(otherWords[folded(name)], func(word string) bool { return slices.Contains(known, word) }) {
		return true
	}
	misspelt := false
	for _, word := range known {
		switch {
		case strings.EqualFold(strings.TrimRight(name, "vV"+digits), strings.TrimRight(word, "vV"+digits)):
			return false
		case len(name) < 20 && levenshtein.Distance(strings.ToLower(name), strings.ToLower(word), nil) <= max(1, (len(name)+1)/3):
			misspelt = true
		}
	}
	return misspelt
}
