# Messages that change with an apply: the webhook template and the Linked Content API, which are entered in CleverTap once, a
# campaign's body that reads its messages when it sends, and the messages.

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

# Null unless it is given: what does not need a secret runs without it.
variable "line_channel_access_token" {
  description = "LINE channel access token, long-lived or v2.1. Ephemeral: it is in no plan and no state."
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
  description = "Where CleverTap finds the documents, as in https://line.example.com/default/line-linked-messages; null while there is no such place."
  type        = string
  default     = null
}

provider "clevertap" {
  template_store {
    local {
      path = "${path.root}/clevertap"
    }
  }

  # A folder is for trying out. CleverTap reads from a URL: examples/linked-content/aws makes one, with a bucket for
  # a block s3 here.
  publish_store {
    local {
      path = "${path.root}/published"
    }
    read_back {
      header_name  = var.linked_content_key == null ? null : "X-Linked-Content-Key"
      header_value = var.linked_content_key
    }
  }

  line {
    channel_access_token = var.line_channel_access_token
  }
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

# One for all messages: each campaign maps {{message}} to the name of its own.
resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "${coalesce(var.served_from, "https://line.example.com/default/line-linked-messages")}/{{message}}.json"

  secret_headers_wo = var.linked_content_key == null ? null : {
    X-Linked-Content-Key = var.linked_content_key
  }
  secret_headers_wo_version = 1
}

# What people get. Change a text and apply: it is in force after about six minutes, with nothing done in the dashboard.
resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = clevertap_linked_content.line_messages.name
  track_versions = true
  served_at      = var.served_from == null ? null : "${var.served_from}/welcome.json"

  messages = [
    jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" }),
    jsonencode({
      type               = "image"
      originalContentUrl = "https://example.com/original.jpg"
      previewImageUrl    = "https://example.com/preview.jpg"
    }),
  ]
}

# What is pasted. It stays the same while the texts change.
resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = clevertap_webhook_template.line_push.name
  linked_messages  = clevertap_line_linked_messages.welcome.reference
}

# Says in every plan what the dashboard does not hold as it is declared.
check "entered" {
  assert {
    condition     = clevertap_webhook_template.line_push.entered
    error_message = "Enter the webhook template: terraform output -raw enter_webhook_template"
  }
  assert {
    condition     = clevertap_linked_content.line_messages.entered
    error_message = "Enter the Linked Content API: terraform output -raw enter_linked_content"
  }
  assert {
    condition     = clevertap_line_campaign_body.welcome.entered
    error_message = "Enter the campaign: terraform output -raw enter_campaign, and -raw body"
  }
}

data "clevertap_line_unit_names" "this_month" {}

# Says in every plan if LINE has not taken this version this month. A test send is enough for it, and the first of a month begins
# without any: no alarm, but something to look at after a change.
check "version_was_sent" {
  assert {
    condition = contains(
      data.clevertap_line_unit_names.this_month.names, clevertap_line_linked_messages.welcome.version_unit
    )
    error_message = "LINE has not taken ${clevertap_line_linked_messages.welcome.version_unit} this month: no campaign has sent this version of welcome yet, or campaigns send another."
  }
}

output "enter_webhook_template" {
  description = "What to enter in CleverTap under Settings > Channels > Webhooks."
  # Terraform takes a resource with a sensitive value for sensitive as a whole. The secret headers are not in it.
  value = nonsensitive(join("\n", [
    for row in provider::clevertap::dialog_rows(clevertap_webhook_template.line_push) :
    "${row.field}: ${row.value}${row.note == "" ? "" : " (${row.note})"}"
  ]))
}

output "enter_linked_content" {
  description = "What to enter in CleverTap under Settings > Setup > Linked Content."
  value = nonsensitive(join("\n", [
    for row in provider::clevertap::dialog_rows(clevertap_linked_content.line_messages) :
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
