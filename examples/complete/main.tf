# The whole job: who follows, the webhook template that posts to LINE, and a campaign body with four messages.

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

# Null unless it is given: what does not need the token runs without it.
variable "line_channel_access_token" {
  description = "LINE channel access token, long-lived or v2.1. Ephemeral: it is in no plan and no state."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}

provider "clevertap" {
  template_store {
    local {
      path = "${path.root}/clevertap"
    }
  }
  line {
    channel_access_token = var.line_channel_access_token
  }
}

data "clevertap_line_follower_ids" "all" {
  store_ids = false # the number and a checksum are enough here
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

resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = clevertap_webhook_template.line_push.name

  messages = [
    jsonencode({ type = "text", text = "Hello, world1" }),
    jsonencode({
      type               = "image"
      originalContentUrl = "https://example.com/original.jpg"
      previewImageUrl    = "https://example.com/preview.jpg"
    }),
    jsonencode({
      type               = "video"
      originalContentUrl = "https://example.com/original.mp4"
      previewImageUrl    = "https://example.com/preview.jpg"
    }),
    file("${path.module}/receipt.flex.json"),
  ]

  to {
    profile_property = "LineID"
    default          = "N.A"
  }
}

# Says in every plan what the dashboard does not hold as it is declared.
check "entered" {
  assert {
    condition     = clevertap_webhook_template.line_push.entered
    error_message = "Enter the webhook template: terraform output -raw enter_webhook_template"
  }
  assert {
    condition     = clevertap_line_campaign_body.welcome.entered
    error_message = "Enter the campaign: terraform output -raw enter_campaign, and -raw body"
  }
}

output "followers" {
  description = "How many follow the LINE Official Account."
  value       = data.clevertap_line_follower_ids.all.total
}

output "enter_webhook_template" {
  description = "What to enter in CleverTap under Settings > Channels > Webhooks."
  # Terraform takes a resource with a sensitive value for sensitive as a whole. The secret headers are not in it.
  value = nonsensitive(join("\n", [
    for row in provider::clevertap::dialog_rows(clevertap_webhook_template.line_push) :
    "${row.field}: ${row.value}${row.note == "" ? "" : " (${row.note})"}"
  ]))
}

output "enter_campaign" {
  description = "What to enter in CleverTap's webhook campaign."
  value = join("\n", [
    for row in provider::clevertap::dialog_rows(clevertap_line_campaign_body.welcome) :
    "${row.field}: ${row.value}${row.note == "" ? "" : " (${row.note})"}"
  ])
}

output "body" {
  description = "The text for Custom body: terraform output -raw body prints it ready to paste."
  value       = clevertap_line_campaign_body.welcome.body
}
