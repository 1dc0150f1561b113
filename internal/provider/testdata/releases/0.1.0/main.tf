terraform {
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

variable "greeting" {
  type    = string
  default = "Hello"
}

provider "clevertap" {
  template_store {
    local {
      path = "templates"
    }
  }
  publish_store {
    local {
      path = "messages"
    }
  }
}

resource "clevertap_webhook_template" "line_push" {
  name            = "LINE push"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"
  headers         = { "Content-Type" = "application/json" }

  secret_headers_wo         = { Authorization = "Bearer abcdefghijklmnopqrstuvwxyz0123456789" }
  secret_headers_wo_version = 1
}

resource "clevertap_webhook_template" "short_lived" {
  name            = "LINE push, short-lived tokens"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"

  line_oauth2 {
    channel_id = "1350031035"
    key_id     = "00000000-0000-4000-8000-000000000001"
  }
}

resource "clevertap_webhook_template" "relay" {
  name            = "relay"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line"

  basic_auth {
    username            = "clevertap"
    password_wo         = "of-the-relay"
    password_wo_version = 1
  }
}

resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/{{message}}.json"
}

resource "clevertap_line_campaign_body" "pasted" {
  name                  = "pasted"
  webhook_template      = clevertap_webhook_template.line_push.name
  messages              = [jsonencode({ type = "text", text = "${var.greeting}, {{ Profile.Name | default: 'there' }}!" })]
  notification_disabled = true

  to {
    profile_property = "LineID"
    default          = "N.A"
  }
}

resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = clevertap_linked_content.line_messages.name
  track_versions = true
  frozen         = false
  messages = [
    jsonencode({ type = "text", text = "${var.greeting}, {{ Profile.Name | default: 'there' }}!" }),
    jsonencode({ type = "sticker", packageId = "446", stickerId = "1988" }),
  ]
}

resource "clevertap_line_campaign_body" "linked" {
  name            = "linked"
  linked_messages = clevertap_line_linked_messages.welcome.reference
}

resource "clevertap_line_profiles" "team" {
  line_ids = { "user-0" = "U00000000000000000000000000000001" }
}
