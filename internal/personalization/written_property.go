package personalization

import "github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"

// writtenProperty is a profile property as CleverTap's editor or Liquid writes it, with its default where it has one.
var writtenProperty = lazyregexp.New(
	`^\s*(?:@Profile\s*-\s*|\{\{-?\s*(?:@?Profile\s*[.-]\s*))([^|{}"]*?)\s*(?:\|\s*default:\s*["']([^"'{}]*)["']\s*)?(?:-?\}\})?\s*$`)

// ReadProfileProperty reads a profile property from a picker token or a Liquid output, such as
// @Profile - LineID | default: "N.A" or {{ Profile.LineID }}, for those who wrote one where the bare name is wanted. The
// default is empty where none is written.
func ReadProfileProperty(written string) (property ProfileProperty, ok bool) {
	found := writtenProperty.FindStringSubmatch(written)
	if len(found) == 0 || checkName(found[1]) != nil {
		return ProfileProperty{}, false
	}
	return ProfileProperty{Name: found[1], Default: found[2]}, true
}
