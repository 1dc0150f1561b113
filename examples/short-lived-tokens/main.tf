# Nobody holds a channel access token: CleverTap gets LINE's tokens of 15 minutes itself, with assertions that it signs. The guide
# "Which token" says how the key is registered and renewed, and what only a live account can tell.

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

variable "public_key_pem" {
  description = "What CleverTap shows after Generate Public Key, for the output assertion_key. It is no secret."
  type        = string
  default     = null
}

variable "line_key_id" {
  description = "The kid that the LINE Developers Console shows for the registered key; null until there is one."
  type        = string
  default     = null
}

provider "clevertap" {
  template_store {
    local {
      path = "${path.root}/clevertap"
    }
  }
}

resource "clevertap_webhook_template" "line_push" {
  name            = "LINE push"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"
  headers         = { "Content-Type" = "application/json" }

  line_oauth2 {
    channel_id = "1350031035" # of your channel
    key_id     = var.line_key_id
  }
}

resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = clevertap_webhook_template.line_push.name
  messages         = [jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" })]
}

# terraform apply -var "public_key_pem=$(cat key.pem)", then terraform output -raw assertion_key
output "assertion_key" {
  description = "What to register in the LINE Developers Console under Basic settings > Assertion Signing Key."
  value       = var.public_key_pem == null ? null : provider::clevertap::line_assertion_key(var.public_key_pem)
}

output "enter_webhook_template" {
  description = "What to enter in CleverTap under Settings > Channels > Webhooks."
  # Terraform takes a resource that may have a secret for sensitive as a whole. There is none in it.
  value = nonsensitive(join("\n", [
    for row in provider::clevertap::dialog_rows(clevertap_webhook_template.line_push) :
    "${row.field}: ${row.value}${row.note == "" ? "" : " (${row.note})"}"
  ]))
}

output "body" {
  description = "The text for Custom body: terraform output -raw body prints it ready to paste."
  value       = clevertap_line_campaign_body.welcome.body
}
