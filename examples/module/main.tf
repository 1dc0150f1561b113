# A module with a test of its own: a campaign whose messages are live, and whose body is pasted once.
#
#   terraform init && terraform test

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

variable "name" {
  description = "Name of the campaign's messages and of its body."
  type        = string
  default     = "welcome"
}

variable "linked_content" {
  description = "Name of the Linked Content API by which CleverTap reads messages when it sends."
  type        = string
  default     = "line_messages"
}

variable "texts" {
  description = "One to five text messages, as LINE's own, with CleverTap's personalisation."
  type        = list(string)
  default     = ["Hello, {{ Profile.Name | default: 'there' }}!"]

  # The plan would refuse them, too: so the error names what the caller gave.
  validation {
    condition = alltrue([
      for problem in provider::clevertap::line_body_problems(provider::clevertap::line_body({}, [
        for text in var.texts : jsonencode({ type = "text", text = text })
      ])) : problem.severity != "error"
    ])
    error_message = "LINE would refuse one of these texts."
  }
}

resource "clevertap_line_linked_messages" "campaign" {
  name           = var.name
  linked_content = var.linked_content
  messages       = [for text in var.texts : jsonencode({ type = "text", text = text })]
  track_versions = true
}

resource "clevertap_line_campaign_body" "campaign" {
  name            = var.name
  linked_messages = clevertap_line_linked_messages.campaign.reference
}

output "body" {
  description = "What is pasted into the campaign, once."
  value       = clevertap_line_campaign_body.campaign.body
}

output "version_unit" {
  description = "The unit name by which LINE tells that it took these texts."
  value       = clevertap_line_linked_messages.campaign.version_unit
}
