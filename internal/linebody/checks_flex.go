package linebody

import (
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// components are what a box holds; its layout says which.
type components struct{}

func (components) check(c *checker, at exactjson.Value) {
	layout := ""
	if box, ok := c.parent(at); ok {
		_, layout, _ = c.str(box, "layout")
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

// KB is 1000 or 1024 bytes, which LINE does not say; between the two lies a warning.
func containerSize(c *checker, container exactjson.Value, thousands int, severity Severity) {
	if len(c.d.Raw(container)) <= thousands*1000 {
		return // as it is written it is no shorter than as it is sent
	}
	switch size := c.d.CompactLen(container); {
	case size > thousands*1024:
		c.report(container, ruleFlexSize, severity, "has %d of at most %d bytes (%d KB) of JSON",
			size, thousands*1024, thousands)
	case size > thousands*1000:
		c.report(container, ruleFlexSize, Warning, "has %d bytes of JSON; LINE takes %d KB, which may be %d bytes",
			size, thousands, thousands*1000)
	}
}

func bubbleSize(c *checker, bubble exactjson.Value) {
	severity := Error
	if c.inCarousel(bubble) {
		severity = Warning // the carousel's own limit is the one that is known to count
	}
	containerSize(c, bubble, 30, severity)
}

func carouselSize(c *checker, carousel exactjson.Value) { containerSize(c, carousel, 50, Error) }

// inCarousel says whether a bubble is one of several.
func (c *checker) inCarousel(bubble exactjson.Value) bool {
	around, ok := c.parent(bubble)
	return ok && c.d.Kind(around) == exactjson.Array
}

var blocks = []string{"header", "hero", "body", "footer"}

func bubbleBlocks(c *checker, bubble exactjson.Value) {
	for member := range c.d.Children(bubble) {
		if slices.Contains(blocks, c.d.Key(member)) && c.d.Kind(member) != exactjson.Null {
			return
		}
	}
	c.report(bubble, ruleBlocks, Error, "a bubble needs at least one of header, hero, body and footer")
}

// equalBubbles checks that all bubbles of a carousel are equally wide.
func equalBubbles(c *checker, carousel exactjson.Value) {
	bubbles, ok := c.list(carousel, "contents")
	if !ok {
		return
	}
	wanted := ""
	for bubble := range c.d.Children(bubbles) {
		if c.d.Kind(bubble) != exactjson.Object {
			continue
		}
		size := c.widthOf(bubble)
		if wanted == "" {
			wanted = size
		}
		if size != wanted {
			c.report(bubble, ruleBubbleSizes, Error, "has the size %q, but the first bubble has %q; all must have the same",
				size, wanted)
			return
		}
	}
}

func (c *checker) widthOf(bubble exactjson.Value) string {
	if _, size, ok := c.str(bubble, "size"); ok {
		return size
	}
	return "mega"
}

// absoluteFirst warns of a block whose first component is taken out of the flow. LINE's own samples have such blocks.
func absoluteFirst(c *checker, bubble exactjson.Value) {
	for _, name := range blocks {
		block, ok := c.d.Member(bubble, name)
		if !ok || c.d.Kind(block) != exactjson.Object {
			continue
		}
		contents, ok := c.list(block, "contents")
		if !ok || c.d.Count(contents) == 0 || c.d.Kind(contents+1) != exactjson.Object {
			continue
		}
		if at, position, ok := c.str(contents+1, "position"); ok && position == "absolute" {
			c.report(at, ruleAbsolute, Warning, "the first component of a block should not be absolute")
		}
	}
}

// separatorAboveFirst warns of a separator that has nothing above it.
func separatorAboveFirst(c *checker, styles exactjson.Value) {
	bubble, ok := c.parent(styles)
	if !ok {
		return
	}
	first := slices.IndexFunc(blocks, func(name string) bool { return c.has(bubble, name) })
	if first < 0 {
		return
	}
	style, ok := c.d.Member(styles, blocks[first])
	if !ok || c.d.Kind(style) != exactjson.Object {
		return
	}
	if at, ok := c.d.Member(style, "separator"); ok && c.d.Kind(at) == exactjson.True {
		c.report(at, ruleSeparator, Warning, "no separator is shown above the first block")
	}
}

func videoBubble(c *checker, video exactjson.Value) {
	bubble, ok := c.parent(video)
	if !ok || !c.d.IsMember(video) || c.d.Key(video) != "hero" {
		return
	}
	if c.inCarousel(bubble) {
		c.report(video, rulePlace, Error, "a video does not work in a carousel")
	}
	if size := c.widthOf(bubble); slices.Contains([]string{"nano", "micro", "deca", "hecto"}, size) {
		c.report(video, rulePlace, Error, "a video needs a bubble of size kilo, mega or giga, but this one is %s", size)
	}
}

func animatedImages(c *checker, image exactjson.Value) {
	const most = 10
	at, ok := c.d.Member(image, "animated")
	if !ok || c.d.Kind(at) != exactjson.True {
		return
	}
	if c.animated++; c.animated == most+1 {
		c.report(at, ruleAnimated, Error, "is animated image number %d; a message takes at most %d", c.animated, most)
	}
}

// textOrSpans checks that a text component says something.
func textOrSpans(c *checker, component exactjson.Value) {
	if contents, ok := c.d.Member(component, "contents"); ok && c.d.Kind(contents) != exactjson.Null {
		if c.d.Kind(contents) != exactjson.Array || c.d.Count(contents) > 0 {
			return
		}
	}
	at, ok := c.d.Member(component, "text")
	switch {
	case !ok || c.d.Kind(at) == exactjson.Null:
		c.reportMember(component, "text", ruleMissing, Error, "a text component needs text, or contents with spans")
	case c.d.Kind(at) == exactjson.String && c.d.Text(at) == "":
		c.report(at, ruleEmpty, Error, "must not be empty")
	}
}

// baselineChild warns of properties without effect in a baseline box.
func baselineChild(c *checker, component exactjson.Value) {
	contents, ok := c.parent(component)
	if !ok || c.d.Kind(contents) != exactjson.Array {
		return
	}
	box, ok := c.parent(contents)
	if !ok {
		return
	}
	if _, layout, _ := c.str(box, "layout"); layout != "baseline" {
		return
	}
	for _, name := range []string{"gravity", "offsetBottom"} {
		if at, ok := c.d.Member(component, name); ok && c.d.Kind(at) != exactjson.Null {
			c.reportKey(at, ruleBaseline, Warning, "has no effect in a baseline box")
		}
	}
}

func deprecatedFiller(c *checker, filler exactjson.Value) {
	c.report(filler, ruleRetired, Warning, "fillers are deprecated; use margin, spacing, padding or flex")
}

func retiredSpacer(c *checker, spacer exactjson.Value) {
	c.report(spacer, ruleRetired, Warning, "spacers are gone from LINE's reference; use margin, spacing or padding")
}
