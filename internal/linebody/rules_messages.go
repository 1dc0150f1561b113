package linebody

import "math"

// pushBody is the table of the outermost object.
const pushBody = "push body"

// bodyRules are the push request's body and what every message may have.
func bodyRules() []*schema {
	return []*schema{
		{name: pushBody, title: "a push body", anchor: "send-push-message-request-body", properties: []property{
			{name: "to", need: required, value: recipientID{}},
			{name: "messages", need: required, value: messages{}},
			{name: "notificationDisabled", value: flag{}},
			{name: "customAggregationUnits", value: list{max: 1, what: "unit names",
				of: text{unit: codeUnits, min: 1, max: 30, pattern: tagCharacters}}},
		}, near: messageAsBody, foreign: map[string]string{
			"replyToken": "is that of a reply, which answers one user's event; a campaign pushes: " +
				`write "to": "{{ Profile.LineID | default: 'N.A' }}" instead`,
		}},
		{name: "quick reply", title: "a quick reply", anchor: "items-object", properties: []property{
			{name: "items", need: required, value: list{min: 1, max: 13, of: object("quick reply button"),
				what: "buttons"}},
		}},
		{name: "quick reply button", title: "a quick reply button", anchor: "quick-reply-button-object", properties: []property{
			{name: "type", need: required, value: oneOf("action")},
			{name: "imageUrl", value: mediaURL()},
			{name: "action", need: required, value: action{inQuickReply}},
		}, near: unwrapped("action")},
		{name: "sender", title: "a sender", anchor: "icon-nickname-switch", properties: []property{
			{name: "name", value: text{unit: codeUnits, max: 20}},
			{name: "iconUrl", value: mediaURL()},
		}, checks: []check{
			{senderName, "The name may not contain the word LINE, which LINE reserves"},
		}},
	}
}

// common are the properties of every message.
var common = []property{
	{name: "quickReply", value: object("quick reply")},
	{name: "sender", value: object("sender")},
}

// tagCharacters are those of a unit's and a coupon tag's name.
var tagCharacters = &charset{alphanumeric + "_", "a-z, A-Z, 0-9 and _"}

// messageRules are the message objects other than imagemap, template and flex.
func messageRules() []*schema {
	return []*schema{
		{name: "message text", title: "a text message", anchor: "text-message", properties: with([]property{
			{name: "text", need: required, value: text{unit: codeUnits, min: 1, max: 5000}},
			{name: "emojis", value: list{max: 20, of: object("text emoji"), what: "emojis"}},
			{name: "quoteToken", value: text{}},
		}, common), checks: []check{
			{emojiPlaces, "Each emoji's index points at a $ of the text, counted in UTF-16 code units from 0"},
			{emojiLength, "LINE counts a longer text in place of each emoji"},
			quoteTokens,
		}},
		{name: "text emoji", title: "an emoji", anchor: "text-message", properties: []property{
			{name: "index", need: expected, value: whole{}},
			{name: "productId", need: expected, value: text{min: 1}},
			{name: "emojiId", need: expected, value: text{min: 1}},
		}},

		{name: "message textV2", title: "a text message (v2)", anchor: "text-message-v2", properties: with([]property{
			{name: "text", need: required, value: text{unit: codeUnits, min: 1, max: 5000}},
			{name: "substitution", value: substitutions{}},
			{name: "quoteToken", value: text{}},
		}, common), checks: []check{
			{textV2Braces, "Each {key} of the text is in the substitution; braces are paired, or doubled to stand for themselves"},
			{textV2Counts, "At most 20 mentions and 20 emojis, each counted as often as its key is used"},
			quoteTokens,
		}},
		{name: "substitution mention", title: "a mention", anchor: "text-message-v2-mention-object", properties: []property{
			{name: "mentionee", need: required, value: union{prefix: "mentionee ", what: "a mentionee",
				of: []string{"user", "all"}}},
		}, near: userAsMention, checks: []check{
			{mentionNeedsGroup, "Works only in a group or multi-person chat"},
		}},
		{name: "mentionee user", title: "a mentioned user", anchor: "text-message-v2-mentionee-user", properties: []property{
			{name: "userId", need: required, value: userID{}},
		}},
		{name: "mentionee all", title: "a mention of all", anchor: "text-message-v2-mentionee-all"},
		{name: "substitution emoji", title: "an emoji", anchor: "text-message-v2-emoji-object", properties: []property{
			{name: "productId", need: required, value: text{min: 1}},
			{name: "emojiId", need: required, value: text{min: 1}},
		}},

		{name: "message sticker", title: "a sticker message", anchor: "sticker-message", properties: with([]property{
			{name: "packageId", need: required, value: text{min: 1}},
			{name: "stickerId", need: required, value: text{min: 1}},
			{name: "quoteToken", value: text{}},
		}, common), checks: []check{quoteTokens}},

		{name: "message image", title: "an image message", anchor: "image-message", properties: with([]property{
			{name: "originalContentUrl", need: required, value: mediaURL()},
			{name: "previewImageUrl", need: required, value: mediaURL()},
		}, common)},

		{name: "message video", title: "a video message", anchor: "video-message", properties: with([]property{
			{name: "originalContentUrl", need: required, value: mediaURL()},
			{name: "previewImageUrl", need: required, value: mediaURL()},
			{name: "trackingId", value: text{unit: codeUnits, max: 100, pattern: &charset{
				alphanumeric + "-.=,+*()%$&;:@{}!?<>[]", "a-z, A-Z, 0-9 and -.=,+*()%$&;:@{}!?<>[]"}}},
		}, common), checks: []check{
			{trackingNeedsUser, "A trackingId works only in a chat with a user"},
		}},

		{name: "message audio", title: "an audio message", anchor: "audio-message", properties: with([]property{
			{name: "originalContentUrl", need: required, value: mediaURL()},
			{name: "duration", need: required, value: whole{min: 1, max: math.MaxInt64, unit: " ms"}},
		}, common)},

		{name: "message location", title: "a location message", anchor: "location-message", properties: with([]property{
			{name: "title", need: required, value: text{unit: codeUnits, min: 1, max: 100}},
			{name: "address", need: required, value: text{unit: codeUnits, min: 1, max: 100}},
			{name: "latitude", need: required, value: degrees{90}},
			{name: "longitude", need: required, value: degrees{180}},
		}, common)},

		{name: "message coupon", title: "a coupon message", anchor: "coupon-message", properties: with([]property{
			{name: "couponId", need: required, value: text{min: 1}},
			{name: "deliveryTag", value: text{unit: codeUnits, max: 30, pattern: tagCharacters}},
		}, common)},
	}
}

// imagemapRules are the imagemap message and its parts.
func imagemapRules() []*schema {
	area := property{name: "area", need: required, value: object("imagemap area")}
	label := property{name: "label", value: text{unit: codeUnits, max: 100}}
	return []*schema{
		{name: "message imagemap", title: "an imagemap message", anchor: "imagemap-message", properties: with([]property{
			{name: "baseUrl", need: required, value: baseURL{}},
			{name: "altText", need: required, value: altText},
			{name: "baseSize", need: required, value: object("imagemap size")},
			{name: "video", value: object("imagemap video")},
			{name: "actions", need: required, value: list{max: 50, what: "actions", of: union{
				prefix: "imagemap ", what: "an imagemap action", of: []string{"uri", "message", "clipboard"}}}},
		}, common)},
		{name: "imagemap size", title: "a base size", anchor: "imagemap-message", properties: []property{
			{name: "width", need: required, value: whole{only: 1040, unit: " px"}},
			{name: "height", need: required, value: whole{min: 1, unit: " px"}},
		}},
		{name: "imagemap video", title: "an imagemap's video", anchor: "imagemap-message", properties: []property{
			{name: "originalContentUrl", need: required, value: mediaURL()},
			{name: "previewImageUrl", need: required, value: mediaURL()},
			area,
			{name: "externalLink", value: object("imagemap link")},
		}},
		{name: "imagemap link", title: "a video's external link", anchor: "imagemap-message", properties: []property{
			{name: "linkUri", need: required, value: link(Error)},
			{name: "label", need: required, value: text{unit: codeUnits, min: 1, max: 30}},
		}},
		{name: "imagemap uri", title: "an imagemap URI action", anchor: "imagemap-uri-action-object", properties: []property{
			label,
			{name: "linkUri", need: required, value: link(Error)},
			area,
		}, near: sidesOfArea},
		{name: "imagemap message", title: "an imagemap message action", anchor: "imagemap-message-action-object",
			properties: []property{
				label,
				{name: "text", need: required, value: text{unit: codeUnits, min: 1, max: 400}},
				area,
			}, near: sidesOfArea},
		{name: "imagemap clipboard", title: "an imagemap clipboard action", anchor: "imagemap-clipboard-action-object",
			properties: []property{
				label,
				{name: "clipboardText", need: required, value: text{unit: codeUnits, min: 1, max: 1000}},
				area,
			}, near: sidesOfArea},
		{name: "imagemap area", title: "an area", anchor: "imagemap-area-object", properties: []property{
			{name: "x", need: required, value: whole{unit: " px"}},
			{name: "y", need: required, value: whole{unit: " px"}},
			{name: "width", need: required, value: whole{unit: " px"}},
			{name: "height", need: required, value: whole{unit: " px"}},
		}, checks: []check{
			{areaInsideImage, "An area lies inside the imagemap's baseSize"},
		}},
	}
}

// altText stands in for a message in notifications and lists.
var altText = text{unit: codeUnits, min: 1, max: 1500}
