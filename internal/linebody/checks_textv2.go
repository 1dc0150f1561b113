package linebody

import (
	"fmt"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// substitutions are what stands in for the keys of a text message (v2).
type substitutions struct{}

var substitution = union{prefix: "substitution ", what: "a substitution", of: []string{"mention", "emoji"}}

var substitutionKey = lazyregexp.New(`^[a-zA-Z0-9_]{1,20}$`)

const mostSubstitutions = 100

const keyForm = "1 to 20 of a-z, A-Z, 0-9 and _"

func (substitutions) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.Object) {
		return
	}
	c.items(at, c.d.Count(at), 0, mostSubstitutions, "entries")
	for member := range c.d.Children(at) {
		if key := c.d.Key(member); !substitutionKey.MatchString(key) {
			c.reportKey(member, ruleTextV2Key, Error, "the key %q must be %s", shorten(key, 60), keyForm)
		}
		substitution.check(c, member)
	}
}

// isLiquidInTextV2 tells a text of a text message (v2) that is meant as Liquid from one that escapes braces for LINE: a
// tag, or an output with more in it than a key or plain text.
func isLiquidInTextV2(written string) bool {
	if strings.Contains(written, "{%") {
		return true
	}
	for _, output := range strings.Split(written, "{{")[1:] {
		inner, _, _ := strings.Cut(output, "}}")
		if strings.ContainsAny(inner, "|.'\"") {
			return true
		}
	}
	return false
}

// seenByLINE is the text of a text message (v2) whose braces are LINE's.
func seenByLINE(written string) string {
	if isLiquidInTextV2(written) {
		return personalization.Strip(written)
	}
	return written
}

// placeholders are the keys between braces, each as often as it is used, up to the first brace without its pair, which is
// 0 when all are paired. A doubled brace stands for itself.
func placeholders(seen string) (keys []string, unpaired byte) {
	for {
		brace := strings.IndexAny(seen, "{}")
		if brace < 0 {
			return keys, 0
		}
		after := seen[brace+1:]
		if strings.HasPrefix(after, seen[brace:brace+1]) {
			seen = after[1:]
			continue
		}
		end := strings.IndexAny(after, "{}")
		if seen[brace] == '}' || end < 0 || after[end] == '{' {
			return keys, seen[brace]
		}
		keys = append(keys, after[:end])
		seen = after[end+1:]
	}
}

// textV2Braces checks the braces of a text message (v2). What stands in double braces is CleverTap's before it is LINE's.
func textV2Braces(c *checker, message subject) {
	at, written, ok := message.written("text")
	if !ok {
		return
	}
	seen := seenByLINE(written)
	switch {
	case !personalization.HasTags(written):
	case !isLiquidInTextV2(written):
		c.report(at, ruleTextV2Liquid, Warning,
			"{{ and }} escape braces for LINE, but CleverTap reads them as Liquid first, so that LINE does not see them")
	case strings.Count(written, "{{") > strings.Count(seen, "{{"):
		c.report(at, ruleTextV2Liquid, Warning,
			"CleverTap renders {{ }} first, and a value with { or } in it breaks the message; type text has no such clash")
	}
	given, _ := message.object("substitution")
	c.judgeAll(at, func(reading string, _ bool, dst []verdict) []verdict {
		keys, unpaired := placeholders(reading)
		known := map[string]bool{}
		for _, key := range keys {
			if !known[shorten(key, 60)] {
				known[shorten(key, 60)] = true
				if v := c.placeholder(key, given); v.rule != "" {
					dst = append(dst, v)
				}
			}
		}
		if unpaired != 0 {
			dst = append(dst, verdict{ruleTextV2Braces, Error,
				fmt.Sprintf("has a %q without its pair; { and } must be paired, or doubled to stand for themselves", unpaired)})
		}
		return dst
	})
}

// placeholder judges a key. Of one that is a user's value nothing is known.
func (c *checker) placeholder(key string, given exactjson.Value) verdict {
	switch {
	case strings.Contains(key, personalization.Hole):
		return verdict{}
	case !substitutionKey.MatchString(key):
		return verdict{ruleTextV2Key, Error, fmt.Sprintf("the key %q between { and } must be %s", shorten(key, 60), keyForm)}
	case given != 0:
		if _, found := c.d.Member(given, key); found {
			return verdict{}
		}
	}
	return verdict{ruleTextV2Substitution, Error, fmt.Sprintf("names {%s}, which the substitution lacks", key)}
}

// textV2Counts checks how many mentions and emojis a message has.
func textV2Counts(c *checker, message subject) {
	const most = 20
	given, ok := message.object("substitution")
	if !ok || c.d.Count(given) > mostSubstitutions {
		return
	}
	_, written, _ := message.written("text")
	counts := map[string]int{}
	uses := map[string]int{}
	keys, _ := placeholders(seenByLINE(written))
	for _, key := range keys {
		uses[key]++
	}
	for member := range c.d.Children(given) {
		if c.d.Kind(member) == exactjson.Object {
			_, kind, _ := subject{at: member, c: c}.written("type")
			counts[kind] += max(1, uses[c.d.Key(member)])
		}
	}
	for _, kind := range []string{"mention", "emoji"} {
		if counts[kind] > most {
			c.report(given, ruleItems, Error, "puts in %d of at most %d %ss", counts[kind], most, kind)
		}
	}
}

// skipsLiquid says whether a string's braces are LINE's and not Liquid.
func (c *checker) skipsLiquid(at exactjson.Value, written string) bool {
	message, ok := c.parent(at)
	if !ok || !c.d.IsMember(at) || c.d.Key(at) != "text" {
		return false
	}
	_, kind, ok := c.str(message, "type")
	return ok && kind == "textV2" && !isLiquidInTextV2(written)
}
