// Package lazyregexp holds regular expressions that are compiled when they are first used: Terraform starts the provider several times
// in each run, and most starts need none of them. It knows no other package of this module.
package lazyregexp

import (
	"regexp"
	"sync"
)

// Regexp is a regular expression of the package regexp. Its methods are those of that package, as far as they are used.
type Regexp struct{ compiled func() *regexp.Regexp }

// New is regexp.MustCompile, put off: an expression with a mistake panics where it is first used.
func New(expression string) *Regexp {
	return &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// MatchString is that of regexp.Regexp, as are all that follow.
func (r *Regexp) MatchString(text string) bool { return r.compiled().MatchString(text) }

// Match looks for a match.
func (r *Regexp) Match(text []byte) bool { return r.compiled().Match(text) }

// FindString is the leftmost match.
func (r *Regexp) FindString(text string) string { return r.compiled().FindString(text) }

// FindStringIndex is where the leftmost match is.
func (r *Regexp) FindStringIndex(text string) []int { return r.compiled().FindStringIndex(text) }

// FindStringSubmatch is the leftmost match with its groups.
func (r *Regexp) FindStringSubmatch(text string) []string {
	return r.compiled().FindStringSubmatch(text)
}

// FindStringSubmatchIndex is where the leftmost match and its groups are.
func (r *Regexp) FindStringSubmatchIndex(text string) []int {
	return r.compiled().FindStringSubmatchIndex(text)
}

// FindAllString is the first count matches, or all.
func (r *Regexp) FindAllString(text string, count int) []string {
	return r.compiled().FindAllString(text, count)
}

// FindAllStringIndex is where the first count matches are, or all.
func (r *Regexp) FindAllStringIndex(text string, count int) [][]int {
	return r.compiled().FindAllStringIndex(text, count)
}

// FindAllStringSubmatch are the first count matches with their groups, or all.
func (r *Regexp) FindAllStringSubmatch(text string, count int) [][]string {
	return r.compiled().FindAllStringSubmatch(text, count)
}

// FindAllStringSubmatchIndex is where the first count matches and their groups are, or all.
func (r *Regexp) FindAllStringSubmatchIndex(text string, count int) [][]int {
	return r.compiled().FindAllStringSubmatchIndex(text, count)
}

// ReplaceAllString puts another text in place of each match.
func (r *Regexp) ReplaceAllString(text, replacement string) string {
	return r.compiled().ReplaceAllString(text, replacement)
}

// ReplaceAllStringFunc puts what replace makes of each match in its place.
func (r *Regexp) ReplaceAllStringFunc(text string, replace func(string) string) string {
	return r.compiled().ReplaceAllStringFunc(text, replace)
}

// String is the expression.
func (r *Regexp) String() string { return r.compiled().String() }
