# What is sent, the same in all environments: what differs between them comes in by variables.

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

variable "line_channel_access_token" {
  description = "LINE channel access token of the environment's channel. Ephemeral: it is in no plan and no state."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}

variable "linked_content_key" {
  description = "Value of the header that CleverTap sends when it reads the messages."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}

variable "served_from" {
  description = "Where CleverTap finds the documents of the environment's account."
  type        = string
}

resource "clevertap_webhook_template" "line_push" {
  name            = "LINE push"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"
  headers         = { "Content-Type" = "application/json" }

  secret_headers_wo = var.line_channel_access_token == null ? null : {
    Authorization = "Bearer ${var.line_channel_access_token}"
  }
  secret_headers_wo_version = 1
}

resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "${var.served_from}/{{message}}.json"

  secret_headers_wo = var.linked_content_key == null ? null : {
    X-Linked-Content-Key = var.linked_content_key
  }
  secret_headers_wo_version = 1
}

resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = clevertap_linked_content.line_messages.name
  served_at      = "${var.served_from}/welcome.json"
  messages       = [file("${path.module}/messages/welcome.line.json")]
}

resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = clevertap_webhook_template.line_push.name
  linked_messages  = clevertap_line_linked_messages.welcome.reference
}
