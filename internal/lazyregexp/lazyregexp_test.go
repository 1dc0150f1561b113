package lazyregexp

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
)

func TestCompiledWhenUsed(t *testing.T) {
	t.Parallel()
	faulty := New("(")
	defer func() {
		if recover() == nil {
			t.Error("a faulty expression was used")
		}
	}()
	faulty.MatchString("a")
}

// TestMethods calls every method as that of the same name in package regexp.
func TestMethods(t *testing.T) {
	t.Parallel()
	const expression, text = `(b)(c)?`, "abcb"
	ours, theirs := reflect.ValueOf(New(expression)), reflect.ValueOf(regexp.MustCompile(expression))
	for method := range ours.Type().Methods() {
		var args []reflect.Value
		for i := 1; i < method.Type.NumIn(); i++ {
			switch method.Type.In(i).Kind() {
			case reflect.Int:
				args = append(args, reflect.ValueOf(1))
			case reflect.Func:
				args = append(args, reflect.ValueOf(strings.ToUpper))
			default:
				args = append(args, reflect.ValueOf(text).Convert(method.Type.In(i)))
			}
		}
		got, want := ours.MethodByName(method.Name).Call(args)[0], theirs.MethodByName(method.Name).Call(args)[0]
		if !reflect.DeepEqual(got.Interface(), want.Interface()) {
			t.Errorf("%s: got %v, want %v", method.Name, got, want)
		}
	}
}
