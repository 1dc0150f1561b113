# The environment production: a CleverTap account, a LINE channel, and stores of its own.

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source  = "clevertap-line/clevertap"
      version = "~> 0.1"
    }
  }

  backend "s3" {
    bucket       = "acme-line-production-state"
    key          = "line.tfstate"
    region       = "ap-northeast-1"
    use_lockfile = true
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

provider "clevertap" {
  account_id = "AAA-BBB-CCCC"

  template_store {
    s3 {
      bucket = "acme-line-production-templates"
      region = "ap-northeast-1"
    }
  }

  publish_store {
    s3 {
      bucket = "acme-line-production-messages"
      region = "ap-northeast-1"
    }
    read_back {
      header_name  = var.linked_content_key == null ? null : "X-Linked-Content-Key"
      header_value = var.linked_content_key
    }
  }
}

module "line" {
  source = "../../modules/line"

  served_from               = "https://line-production.example.com/AAA-BBB-CCCC/line-linked-messages"
  line_channel_access_token = var.line_channel_access_token
  linked_content_key        = var.linked_content_key
}
