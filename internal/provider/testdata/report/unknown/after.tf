resource "terraform_data" "greeting" {
  input = jsonencode({ type = "text", text = "Hello" })
}

resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [terraform_data.greeting.output]
}

resource "clevertap_line_campaign_body" "welcome" {
  name            = "welcome"
  linked_messages = clevertap_line_linked_messages.welcome.reference
}

resource "clevertap_line_campaign_body" "receipt" {
  name     = "receipt"
  messages = [jsonencode({ type = "text", text = "Thank you" }), terraform_data.greeting.output]
}
