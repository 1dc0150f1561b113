locals {
  greetings = { en = "Hello", ja = "こんにちは", th = "สวัสดี" }
}

resource "clevertap_line_linked_messages" "welcome" {
  for_each       = local.greetings
  name           = "welcome_${each.key}"
  variant_of     = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "${each.value}, {{ Profile.Name | default: '!' }}" })]
}

resource "clevertap_line_campaign_body" "welcome" {
  name            = "welcome"
  linked_messages = clevertap_line_linked_messages.welcome["en"].reference
}
