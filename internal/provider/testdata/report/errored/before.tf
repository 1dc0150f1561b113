resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "Hello" })]
}

resource "clevertap_line_campaign_body" "receipt" {
  name     = "receipt"
  messages = [jsonencode({ type = "text", text = "Thank you" })]
}
