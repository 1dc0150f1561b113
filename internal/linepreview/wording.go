package linepreview

// wording is the page's own words in one language.
type wording struct {
	language string
	about    string

	withSamples, withoutProperties, forAll string
	taps, more                             string

	account, sticker, video, audio, coupon, everybody string
	altText, altContent, area                         string

	unreadable, linked, noMessage, noMessages, unknownType, noType, noObject string // why there is no picture

	notDrawn, notImitated, couponContent, tooLarge, longText, filter, aborted, quickReplyNotLast, retired string
}

func wordingOf(language string) *wording {
	if language == japanese.language {
		return &japanese
	}
	return &english
}

var english = wording{
	language: "en",
	about: "An approximation of LINE's chat: devices differ in fonts, sizes and line breaks. " +
		"Values of users are marked; what is not known of a user is shown as its tag.",
	withSamples:       "With sample values",
	withoutProperties: "For a profile without properties",
	forAll:            "With sample values, and for a profile without properties",
	taps:              "What taps do",
	more:              "… and more",

	account:   "Official account",
	sticker:   "Sticker",
	video:     "Video",
	audio:     "Audio",
	coupon:    "Coupon",
	everybody: "all",

	altText:    "In notifications and the list of chats:",
	altContent: "Where LINE plays no video here:",
	area:       "Area",

	unreadable:  "This cannot be read: line %d, column %d: %s.",
	linked:      "The messages come from Linked Content when the campaign sends; look at the linked messages instead.",
	noMessage:   "A message is one JSON object, but this is %s.",
	noMessages:  "There are no messages.",
	unknownType: "The type %q cannot be drawn.",
	noType:      "This has no type, and cannot be drawn.",
	noObject:    "This is no object, but %s, and cannot be drawn.",

	notDrawn:          "%s: %q is not drawn",
	notImitated:       "%s is not imitated: LINE adapts sizes to the device and its settings",
	couponContent:     "What a coupon says is known to LINE alone",
	tooLarge:          "The message is too large to be drawn whole",
	longText:          "A text is too long to be drawn whole",
	filter:            "The Liquid filter %q is not applied",
	aborted:           "Where {% abort %} stands, nothing is sent",
	quickReplyNotLast: "The quick reply of a message other than the last is not drawn: LINE does not show it",
	retired:           "%s is gone from LINE's reference",
}

var japanese = wording{
	language:          "ja",
	about:             "LINEのトーク画面の近似表示です。フォント、サイズ、改行は端末によって異なります。ユーザーごとの値には印が付き、値が不明なものはタグのまま表示されます。",
	withSamples:       "サンプル値を入れた場合",
	withoutProperties: "プロパティのないプロフィールの場合",
	forAll:            "サンプル値を入れた場合と、プロパティのないプロフィールの場合",
	taps:              "タップ時の動作",
	more:              "… ほか",

	account:   "公式アカウント",
	sticker:   "スタンプ",
	video:     "動画",
	audio:     "音声",
	coupon:    "クーポン",
	everybody: "全員",

	altText:    "通知とトークリストでの表示:",
	altContent: "動画を再生できない場合:",
	area:       "領域",

	unreadable:  "読み取れません。%d行%d列: %s。",
	linked:      "メッセージは配信時にLinked Contentから読み込まれます。リンク先のメッセージをご覧ください。",
	noMessage:   "メッセージはJSONオブジェクト1つですが、これは違います (%s)。",
	noMessages:  "メッセージがありません。",
	unknownType: "タイプ%qは表示できません。",
	noType:      "タイプがないため、表示できません。",
	noObject:    "オブジェクトではないため、表示できません (%s)。",

	notDrawn:          "%s: %qは表示に反映されません",
	notImitated:       "%sは再現されません。LINEが端末と設定に合わせて調整します",
	couponContent:     "クーポンの内容はLINEだけが持つため、表示されません",
	tooLarge:          "メッセージが大きすぎるため、全体を表示できません",
	longText:          "テキストが長すぎるため、全体を表示できません",
	filter:            "Liquidフィルター%qは適用されません",
	aborted:           "{% abort %}に達したユーザーには何も送信されません",
	quickReplyNotLast: "最後以外のメッセージのクイックリプライはLINEに表示されないため、描画しません",
	retired:           "%sはLINEのリファレンスから削除されています",
}
