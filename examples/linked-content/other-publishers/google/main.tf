# Linked messages in languages, published with the Google provider: one file a language, one campaign for all.

terraform {
  required_version = ">= 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 5.0"
    }
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

variable "bucket" {
  description = "Bucket that is served as https://line.example.com."
  type        = string
  default     = "acme-line-public"
}

provider "google" {
  project = "acme-marketing"
}

provider "clevertap" {
  template_store {
    local {
      path = "${path.root}/clevertap"
    }
  }
}

locals {
  greetings = {
    en = "Hello, {{ Profile.Name | default: 'there' }}!"
    ja = "こんにちは、{{ Profile.Name | default: 'there' }}さん！"
  }
  messages = { for language, text in local.greetings : language => [jsonencode({ type = "text", text = text })] }

  # All have one name, which the campaign's body asks for, and must have the same Liquid, which is in the body.
  documents = {
    for language, messages in local.messages :
    language => provider::clevertap::linked_messages_document("welcome", messages)
  }
  reference = provider::clevertap::linked_messages_reference(
    clevertap_linked_content.line_messages.name, "welcome", local.messages["en"],
  )

  # What LINE would refuse. The documents are published whatever is in them, so that this must stop the plan.
  problems = {
    for language, messages in local.messages : language => [
      for problem in provider::clevertap::line_body_problems(provider::clevertap::line_body({}, messages)) :
      "${problem.path}: ${problem.message}" if problem.severity == "error"
    ]
  }
}

# The campaign gives message as the constant welcome, and maps language to the profile property that has en or ja.
resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/{{message}}_{{language}}.json"
}

resource "google_storage_bucket_object" "welcome" {
  for_each = local.documents

  bucket        = var.bucket
  name          = "welcome_${each.key}.json"
  content       = each.value
  content_type  = "application/json; charset=utf-8"
  cache_control = "public, max-age=60"

  lifecycle {
    precondition {
      condition     = length(local.problems[each.key]) == 0
      error_message = join("\n", local.problems[each.key])
    }
    precondition {
      condition     = jsondecode(each.value).shape == jsondecode(local.reference).shape
      error_message = "The Liquid of the messages in ${each.key} is not that of those in en: the body would not send them."
    }
  }
}

resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = "LINE push"
  linked_messages  = local.reference
}

output "body" {
  value = clevertap_line_campaign_body.welcome.body
}
