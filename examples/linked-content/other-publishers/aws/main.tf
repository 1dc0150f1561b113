# Linked messages published with the AWS provider, where the bucket and what serves it are in one configuration already.

terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
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

provider "aws" {
  region = "ap-northeast-1"
}

provider "clevertap" {
  template_store {
    local {
      path = "${path.root}/clevertap"
    }
  }
}

locals {
  messages = [
    jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" }),
  ]

  # What LINE would refuse. The document is published whatever is in it, so that this must stop the plan.
  problems = [
    for problem in provider::clevertap::line_body_problems(provider::clevertap::line_body({}, local.messages)) :
    "${problem.path}: ${problem.message}" if problem.severity == "error"
  ]
}

resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/{{message}}.json"
}

resource "aws_s3_object" "welcome" {
  bucket        = var.bucket
  key           = "welcome.json"
  content       = provider::clevertap::linked_messages_document("welcome", local.messages)
  content_type  = "application/json; charset=utf-8"
  cache_control = "max-age=60"

  lifecycle {
    precondition {
      condition     = length(local.problems) == 0
      error_message = join("\n", local.problems)
    }
  }
}

# Constant while the texts change: an apply of other texts leaves nothing to enter.
resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = "LINE push"
  linked_messages = provider::clevertap::linked_messages_reference(
    clevertap_linked_content.line_messages.name, "welcome", local.messages, true,
  )
}

output "body" {
  value = clevertap_line_campaign_body.welcome.body
}
