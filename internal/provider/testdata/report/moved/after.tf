resource "clevertap_line_linked_messages" "hello" {
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "Hello" })]
}

resource "clevertap_line_campaign_body" "order" {
  name     = "receipt"
  messages = [jsonencode({ type = "text", text = "Thanks" })]
}

moved {
  from = clevertap_line_linked_messages.welcome
  to   = clevertap_line_linked_messages.hello
}

moved {
  from = clevertap_line_campaign_body.receipt
  to   = clevertap_line_campaign_body.order
}
