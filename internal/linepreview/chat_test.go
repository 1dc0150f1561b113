package linepreview

import (
	"strings"
	"testing"
)

func TestTexts(t *testing.T) {
	t.Parallel()
	const emoji = `<span class="emoji" title="p / e">☺</span>`
	for text, want := range map[string]string{
		`{"type":"text","text":"😀$$","emojis":[{"index":2,"productId":"p","emojiId":"e"}]}`:             ">😀" + emoji + "$</div>",
		`{"type":"text","text":"a$","emojis":[{"index":0},{"index":-1},{"index":"x"},{"index":1e9},7]}`: ">a$</div>",
		`{"type":"text","text":7}`: `<div class="say"></div>`,
		`{"type":"textV2","text":"{a}{a}{b}","substitution":{"a":{"type":"emoji","productId":"p","emojiId":"e"}}}`:                  ">" + emoji + emoji + `<span class="tag">{b}</span></div>`,
		`{"type":"textV2","text":"{% raw %}{{a}}{% endraw %} }}","substitution":7}`:                                                 ">{a} }</div>",
		`{"type":"textV2","text":"{u}","substitution":{"u":{"type":"mention","mentionee":{"type":"user","userId":"U0123456789"}}}}`: `>@U0123456…</span>`,
		`{"type":"audio","duration":3599999}`: "59:59",
		`{"type":"location"}`:                 ">?, ?</div>",
	} {
		if got := drawn(t, text, Options{}); !strings.Contains(got, want) {
			t.Errorf("%s is drawn as %s", text, got)
		}
	}
}

func TestQuickReplyOfTheLast(t *testing.T) {
	t.Parallel()
	const message = `{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":{"type":"message","label":"Yes {{ Profile.Name }}","text":"b"}}]}}`
	got := drawn(t, "["+message+","+message+"]", Options{})
	if strings.Count(got, `<div class="quick"`) != 2 || !strings.Contains(got, english.quickReplyNotLast) { // one in each picture
		t.Errorf("the quick replies are drawn as %s", got)
	}
	if strings.Count(got, "<b>Yes") != 1 {
		t.Errorf("a tap is listed for each picture: %s", got)
	}
}
