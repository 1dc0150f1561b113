resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "Bye" })]
}

resource "clevertap_line_campaign_body" "receipt" {
  name     = "receipt"
  messages = [jsonencode({ type = "text", text = "Thank you" })]
}

resource "clevertap_webhook_template" "line_push" {
  name            = "LINE push"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"

  lifecycle {
    postcondition {
      condition     = self.http_method == "GET"
      error_message = "The method of ${self.name} is\n/close @all\n```\n# not as it should be."
    }
  }
}
