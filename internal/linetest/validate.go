package linetest

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// validatePush serves POST /v2/bot/message/validate/push.
func (s *Server) validatePush(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Line-Retry-Key") != "" {
		// The status is documented ("Retrying a failed API request"), the words are not.
		writeError(w, http.StatusBadRequest, "The retry key is not supported")
		return
	}
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	if message, details := s.judge(body, faultsOf(body, refused)); message != "" {
		writeError(w, http.StatusBadRequest, message, details...)
		return
	}
	standin.WriteJSON(w, http.StatusOK, struct{}{})
}

// readBody reads the body of a request that sends messages; false if it was refused for its form.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, false // the client has gone
	}
	contentType := r.Header.Get("Content-Type")
	switch media, _, _ := mime.ParseMediaType(contentType); {
	case media != "application/json":
		writeError(w, http.StatusUnsupportedMediaType, "The content type, "+contentType+", is not supported")
		return nil, false
	case len(body) > maxBody:
		writeError(w, http.StatusRequestEntityTooLarge, "Request entity too large") // the words are not documented
		return nil, false
	}
	return body, true
}

// maxBody is LINE's 2 MB (Messaging API reference, "Status codes").
const maxBody = 2_000_000

// faultsOf are what package linebody finds in a body, as far as counts says that LINE minds.
func faultsOf(body []byte, counts func(linebody.Problem) bool) []linebody.Problem {
	var faults []linebody.Problem
	for _, problem := range linebody.ValidateWith(body, linebody.Options{Strict: true}) {
		if counts(problem) {
			faults = append(faults, problem)
		}
	}
	return faults
}

// refusal says faults as LINE does; "" if there are none. LINE looks in layers, and names a property in each in another way;
// a fault in one layer hides those of the next.
func refusal(body []byte, faults []linebody.Problem) (string, []detail) {
	for _, layer := range []func([]byte, []linebody.Problem) (string, []detail){unparsed, unbound, unfit, senseless} {
		if message, details := layer(body, faults); message != "" {
			return message, details
		}
	}
	return "", nil
}

// refused says whether LINE refuses what linebody found: the errors within messages, and properties of a Flex Message
// that LINE does not know, of which linebody only warns, since the one report of it is of 2018.
func refused(p linebody.Problem) bool {
	switch {
	case strings.HasPrefix(p.Rule, "json-"), p.Path == "" && p.Rule == "wrong-json-type":
		return true
	case strings.HasPrefix(p.Rule, "liquid-"), !strings.HasPrefix(p.Path, "messages"):
		return false
	case p.Rule == "unknown-property":
		return flexPath.MatchString(p.Path)
	}
	return p.Severity == linebody.Error
}

var (
	messagePath  = regexp.MustCompile(`^messages\[\d+\]`)
	flexPath     = regexp.MustCompile(`^messages\[\d+\]\.contents`)
	templatePath = regexp.MustCompile(`^messages\[\d+\]\.template\b`)
	pathStep     = regexp.MustCompile(`\.([^.\[]+)|\[(\d+)\]|\["([^"]*)"\]`)
	atMost       = regexp.MustCompile(`of at most (\d+) (grapheme)?|must have (?:exactly )?(?:\d+ to )?(\d+)`)
)

// unparsed is the layer of JSON itself. Of keys that repeat it says where ("Duplicate field"), and only the message, or
// nothing if they are not in one.
func unparsed(body []byte, faults []linebody.Problem) (string, []detail) {
	for _, fault := range faults {
		if !strings.HasPrefix(fault.Rule, "json-") && fault.Path != "" { // what is no object has no path
			continue
		}
		line, column := linebody.Position(body, fault.Offset)
		position := fmt.Sprintf("(line: %d, column: %d)", line, column)
		var details []detail
		if fault.Rule == "json-duplicate-key" {
			names := steps(fault.Path)
			details = []detail{{Message: "Duplicate field '" + names[len(names)-1] + "'"}}
		}
		if in := messagePath.FindString(fault.Path); in != "" {
			return "The property, '" + in + "', in the request body is invalid " + position, details
		}
		return "The request body could not be parsed as JSON " + position, details
	}
	return "", nil
}

// unbound is the layer that wants the right JSON type.
func unbound(_ []byte, faults []linebody.Problem) (string, []detail) {
	for _, fault := range faults {
		if fault.Rule == "wrong-json-type" && !semantic(fault) {
			return "The property, '" + fault.Path + "', in the request body is invalid (line: -, column: -)", nil
		}
	}
	return "", nil
}

// unfit is the layer that looks at each property alone.
func unfit(_ []byte, faults []linebody.Problem) (string, []detail) {
	var details []detail
	for _, fault := range faults {
		if semantic(fault) {
			continue
		}
		details = append(details, detail{beanWords(fault), fault.Path})
	}
	if len(details) == 0 {
		return "", nil
	}
	return fmt.Sprintf("The request body has %d error(s)", len(details)), details
}

// beanWords are LINE's, as far as the reference and users of the API quote them.
func beanWords(fault linebody.Problem) string {
	most := limit(fault)
	switch {
	case fault.Path == "messages":
		return "Size must be between 1 and 5"
	case fault.Path == "customAggregationUnits":
		return "Size must be between 0 and 1"
	case fault.Rule == "unknown-type":
		return "Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap]"
	case fault.Rule == "missing-property", fault.Rule == "empty-text":
		return "May not be empty"
	case fault.Rule == "text-length":
		return "Length must be between 0 and " + most
	case fault.Rule == "item-count":
		return "Size must be between 1 and " + most
	}
	return "Must be a valid value" // what LINE says of all else is not known
}

// semantic says whether a fault is one that LINE finds when it looks at a message as a whole.
func semantic(fault linebody.Problem) bool {
	return flexPath.MatchString(fault.Path) || templatePath.MatchString(fault.Path) ||
		strings.HasPrefix(fault.Rule, "text-v2-")
}

// senseless is the layer that looks at one message as a whole, and stops at the first that is wrong.
func senseless(_ []byte, faults []linebody.Problem) (string, []detail) {
	if len(faults) == 0 {
		return "", nil
	}
	message := messagePath.FindString(faults[0].Path)
	var details []detail
	for _, fault := range faults {
		if messagePath.FindString(fault.Path) != message {
			continue
		}
		found := detail{semanticWords(fault), relative(fault, message)}
		if !slices.Contains(details, found) {
			details = append(details, found)
		}
	}
	return "A message (" + message + ")\u00a0in the request body is invalid", details
}

// semanticWords are LINE's, as users of the API quote them.
func semanticWords(fault linebody.Problem) string {
	most := limit(fault)
	if ofType(fault) {
		return "invalid property"
	}
	switch fault.Rule {
	case "unknown-property", "property-case":
		return "unknown field"
	case "url-scheme":
		return "invalid uri scheme"
	case "url-encoding":
		return "invalid uri"
	case "missing-property":
		return "must be specified"
	case "empty-text":
		return "must be non-empty text"
	case "bubble-without-block":
		return "At least one block must be specified"
	case "item-count":
		return "must not be more than " + most + " items"
	case "text-length":
		if strings.Contains(fault.Message, "grapheme") {
			return "must not be longer than " + most + " characters"
		}
		return "size must be between 0 and " + most
	case "text-v2-key":
		_, quoted, _ := strings.Cut(fault.Message, `"`)
		key, _, _ := strings.Cut(quoted, `"`)
		return "The key '" + key + "' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'."
	}
	return "invalid property"
}

// limit is the number in linebody's words.
func limit(fault linebody.Problem) string {
	if found := atMost.FindStringSubmatch(fault.Message); found != nil {
		return found[1] + found[3]
	}
	return ""
}

// relative names a property the way this layer does: in a Flex Message by a JSON pointer from its container, else by
// steps from the message. It names an object of an unknown type, and not the type.
func relative(fault linebody.Problem, message string) string {
	path := fault.Path
	names := steps(strings.TrimPrefix(path, message))
	if ofType(fault) {
		names = names[:len(names)-1]
	}
	if !flexPath.MatchString(path) {
		return strings.Join(names, "/")
	}
	return "/" + strings.Join(names[1:], "/")
}

// ofType says whether a fault is that of an object's type, which may be spelled wrong.
func ofType(fault linebody.Problem) bool {
	names := steps(fault.Path)
	return len(names) > 0 && strings.EqualFold(names[len(names)-1], "type")
}

// steps are the names and numbers of a path.
func steps(path string) []string {
	var names []string
	for _, step := range pathStep.FindAllStringSubmatch("."+strings.TrimPrefix(path, "."), -1) {
		names = append(names, step[1]+step[2]+step[3])
	}
	return names
}
