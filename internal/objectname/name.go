// Package objectname knows which names an object in a template store can have: those that two people who look at them
// cannot take for one another. It is pure: it reads no network, no file and no configuration.
package objectname

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// invisible are the characters that nobody sees: formats (zero width, soft hyphen, byte order mark, tags, and those that
// turn the direction of writing), what fonts pass over by default, and separators of lines and paragraphs.
var invisible = []*unicode.RangeTable{unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Zl, unicode.Zp}

// Check says what is wrong with a name, as a clause to follow it. Nil is a name that can be used.
func Check(name string) error {
	switch {
	case name == "":
		return errors.New("is empty")
	case !utf8.ValidString(name):
		return errors.New("is not valid UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		return errors.New("has a control character (such as a line break or tab)")
	}
	for at, char := range []rune(name) {
		if unicode.In(char, invisible...) {
			return fmt.Errorf("has the character %U in place %d, which cannot be seen, so that it could be taken for another name",
				char, at+1)
		}
	}
	first, _ := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	for _, char := range []rune{first, last} {
		if char > unicode.MaxASCII && unicode.Is(unicode.Zs, char) {
			return fmt.Errorf("begins or ends with the space %U, so that it could be taken for another name", char)
		}
	}
	return nil
}
