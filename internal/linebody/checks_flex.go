package linebody

import (
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// components are what a box holds; its layout says which.
type components struct{}

func (components) check(c *checker, at exactjson.Value) {
	layout := ""
	if box, ok := c.around(len(c.within)); ok {
		layout, _ = box.word("layout", "")
	}
	of := &c.all.inAnyBox
	switch layout {
	case "baseline":
		of = &c.all.baseline
	case "horizontal", "vertical":
		of = &c.all.stacked
	}
	list{what: "components", of: of}.check(c, at)
}

// KB is 1000 or 1024 bytes, which LINE does not say; between the two lies a warning. Of Liquid counts what is sent: users differ
// in branches and defaults, and values are left out of account, as nearly all are short.
func containerSize(c *checker, container exactjson.Value, thousands int, severity Severity) {
	if raw := c.d.Raw(container); len(raw) <= thousands*1000 && !growing.MatchString(raw) {
		return // as it is written it is no shorter than as it is sent
	}
	least := c.d.CompactLen(container)
	most := least
	for at := container + 1; int(at) < c.d.Len() && c.d.Offset(at) < c.d.End(container); at++ {
		written, sent := c.sentSize(at, thousands*1000)
		least += sent.Least - written
		most += sent.Written - written
	}
	switch limit := thousands * 1024; {
	case least > limit:
		c.report(container, ruleFlexSize, severity, "has %d of at most %d bytes (%d KB) of JSON", least, limit, thousands)
	case most > limit:
		c.report(container, ruleFlexSize, Warning, "has up to %d of at most %d bytes (%d KB) of JSON with its longest branches and defaults; "+
			"write shorter ones", most, limit, thousands)
	case most > thousands*1000:
		c.report(container, ruleFlexSize, Warning, "has %d bytes of JSON; LINE takes %d KB, which may be %d bytes",
			most, thousands, thousands*1000)
	}
}

// growing is Liquid that may print more than it is long.
var growing = lazyregexp.New(`\{%-?\s*(?:for|tablerow|assign)\b`)

// sentSize is how many bytes of JSON a string with Liquid has inside its quotes, and how many of them are sent. Of all else both
// are nothing.
func (c *checker) sentSize(at exactjson.Value, limit int) (written int, sent personalization.Extent) {
	if c.d.Kind(at) != exactjson.String || !strings.Contains(c.d.Raw(at), "{") {
		return 0, sent
	}
	text := c.d.Text(at)
	if !personalization.HasTags(text) || c.skipsLiquid(at, text) {
		return 0, sent
	}
	variants, ok := c.liquidOf(at).Variants()
	if !ok {
		return 0, sent // which is told of its Liquid
	}
	return jsonSize(text), variants.Extent(jsonSize, limit)
}

// jsonSize is how many bytes a text has in JSON, without the quotes.
func jsonSize(text string) int { return len(exactjson.AppendString(nil, text)) - len(`""`) }

func bubbleSize(c *checker, bubble subject) {
	severity := Error
	if c.inCarousel(bubble.at) {
		severity = Warning // the carousel's own limit is the one that is known to count
	}
	containerSize(c, bubble.at, 30, severity)
}

func carouselSize(c *checker, carousel subject) { containerSize(c, carousel.at, 50, Error) }

// inCarousel says whether a bubble is one of several.
func (c *checker) inCarousel(bubble exactjson.Value) bool {
	around, ok := c.parent(bubble)
	return ok && c.d.Kind(around) == exactjson.Array
}

var blocks = []string{"header", "hero", "body", "footer"}

func bubbleBlocks(c *checker, bubble subject) {
	if slices.ContainsFunc(blocks, bubble.has) {
		return
	}
	c.report(bubble.at, ruleBlocks, Error, "a bubble needs at least one of header, hero, body and footer")
}

// equalBubbles checks that all bubbles of a carousel are equally wide.
func equalBubbles(c *checker, carousel subject) {
	bubbles, ok := carousel.list("contents")
	if !ok {
		return
	}
	wanted := ""
	for at := range c.d.Children(bubbles) {
		bubble, ok := carousel.of(at, "container ")
		if !ok {
			continue
		}
		size, ok := bubble.word("size", usualSize)
		if wanted == "" {
			wanted = size
		}
		if ok && size != wanted {
			c.report(at, ruleBubbleSizes, Error, "has the size %q, but the first bubble has %q; all must have the same",
				size, wanted)
			return
		}
	}
}

// usualSize is the size of a bubble that does not say its own.
const usualSize = "mega"

// absoluteFirst warns of a block whose first component is taken out of the flow. LINE's own samples have such blocks.
func absoluteFirst(c *checker, bubble subject) {
	for _, name := range blocks {
		at, ok := bubble.object(name)
		if !ok {
			continue
		}
		block, ok := bubble.of(at, componentPrefix)
		if !ok {
			continue
		}
		contents, ok := block.list("contents")
		if !ok || c.d.Count(contents) == 0 {
			continue
		}
		first, ok := block.of(contents+1, componentPrefix)
		if !ok {
			continue
		}
		if at, position, ok := first.text("position"); ok && position == "absolute" {
			c.report(at, ruleAbsolute, Warning, "the first component of a block should not be absolute")
		}
	}
}

// separatorAboveFirst warns of a separator that has nothing above it.
func separatorAboveFirst(c *checker, styles subject) {
	bubble, ok := styles.outer()
	if !ok {
		return
	}
	first := slices.IndexFunc(blocks, bubble.has)
	if first < 0 {
		return
	}
	style, ok := styles.object(blocks[first])
	if !ok {
		return
	}
	if at, ok := (subject{at: style, c: c}).isTrue("separator"); ok {
		c.report(at, ruleSeparator, Warning, "no separator is shown above the first block")
	}
}

func videoBubble(c *checker, video subject) {
	bubble, ok := video.outer()
	if !ok || !c.d.IsMember(video.at) || c.d.Key(video.at) != "hero" {
		return
	}
	if c.inCarousel(bubble.at) {
		c.report(video.at, rulePlace, Error, "a video does not work in a carousel")
	}
	if size, _ := bubble.word("size", usualSize); slices.Contains([]string{"nano", "micro", "deca", "hecto"}, size) {
		c.report(video.at, rulePlace, Error, "a video needs a bubble of size kilo, mega or giga, but this one is %s", size)
	}
}

func animatedImages(c *checker, image subject) {
	const most = 10
	at, ok := image.isTrue("animated")
	if !ok {
		return
	}
	if c.animated++; c.animated == most+1 {
		c.report(at, ruleAnimated, Error, "is animated image number %d; a message takes at most %d", c.animated, most)
	}
}

// textOrSpans checks that a text component says something.
func textOrSpans(c *checker, component subject) {
	if contents, ok := component.member("contents"); ok {
		if c.d.Kind(contents) != exactjson.Array || c.d.Count(contents) > 0 {
			return
		}
	}
	switch at, ok := component.member("text"); {
	case !ok:
		c.reportMember(component.at, "text", ruleMissing, Error, "a text component needs text, or contents with spans")
	case c.d.Kind(at) == exactjson.String:
		c.notEmpty(at, Error)
	}
}

// baselineChild warns of properties without effect in a baseline box.
func baselineChild(c *checker, component subject) {
	box, ok := component.outer()
	if !ok || c.d.IsMember(component.at) || !component.has("gravity") && !component.has("offsetBottom") {
		return
	}
	if layout, _ := box.word("layout", ""); layout != "baseline" {
		return
	}
	for _, name := range []string{"gravity", "offsetBottom"} {
		if at, ok := component.member(name); ok {
			c.reportKey(at, ruleBaseline, Warning, "has no effect in a baseline box")
		}
	}
}

func deprecatedFiller(c *checker, filler subject) {
	c.report(filler.at, ruleRetired, Warning, "fillers are deprecated; use margin, spacing, padding or flex")
}

func retiredSpacer(c *checker, spacer subject) {
	c.report(spacer.at, ruleRetired, Warning, "spacers are gone from LINE's reference; use margin, spacing or padding")
}
