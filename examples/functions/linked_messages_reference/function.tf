locals {
  messages = [jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" })]
}

# The body that reads what linked_messages_document("welcome", local.messages) is published as.
resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = "LINE push"
  linked_messages  = provider::clevertap::linked_messages_reference("line_messages", "welcome", local.messages)
}

# The same, and LINE is told which version it gets.
output "tracked" {
  value = provider::clevertap::linked_messages_reference("line_messages", "welcome", local.messages, true)
}
