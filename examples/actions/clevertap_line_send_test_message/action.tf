variable "test_recipient" {
  description = "LINE user ID of the colleague who gets test messages."
  type        = string
  sensitive   = true
}

resource "clevertap_line_campaign_body" "welcome" {
  name     = "welcome"
  messages = [jsonencode({ type = "text", text = "Welcome, {{ Profile.Name | default: 'friend' }}!" })]
}

resource "clevertap_line_linked_messages" "news" {
  name           = "news"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "{{ Profile.Name }}, the spring menu is here." })]

  # After each change, the new messages are sent to the colleague.
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.clevertap_line_send_test_message.news]
    }
  }
}

action "clevertap_line_send_test_message" "news" {
  config {
    to                   = var.test_recipient
    linked_messages_name = "news"
    values               = { "Profile.Name" = "Aya" }
  }
}

# By hand: terraform apply -invoke=action.clevertap_line_send_test_message.welcome
action "clevertap_line_send_test_message" "welcome" {
  config {
    to   = var.test_recipient
    body = clevertap_line_campaign_body.welcome.body
  }
}
