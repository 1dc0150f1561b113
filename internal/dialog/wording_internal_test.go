package dialog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestWordsAreThere(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%.`)
	en, ja := fmt.Sprintf("%#v", english), fmt.Sprintf("%#v", japanese)
	if strings.Contains(en+ja, `:""`) {
		t.Errorf("a text is missing: %s %s", en, ja)
	}
	if !slices.Equal(verbs.FindAllString(en, -1), verbs.FindAllString(ja, -1)) {
		t.Error("the two languages want other values")
	}
}
