terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source  = "clevertap-line/clevertap"
      version = "~> 0.1"
    }
  }
}

variable "clevertap_passcode" {
  type      = string
  default   = null
  ephemeral = true
  sensitive = true
}

variable "line_channel_access_token" {
  type      = string
  default   = null
  ephemeral = true
  sensitive = true
}

provider "clevertap" {
  # Needed only by what asks CleverTap. Or set CLEVERTAP_ACCOUNT_ID, CLEVERTAP_PASSCODE and CLEVERTAP_REGION.
  account_id = "ABC-123-456Z"
  passcode   = var.clevertap_passcode
  region     = "in1"

  # Where webhook templates, Linked Content APIs and campaign bodies are recorded: CleverTap has no API for them.
  template_store {
    local {
      path = "./clevertap"
    }
  }

  # Where the messages go that campaigns read when they send. A folder is for trying out: CleverTap reads from a URL.
  publish_store {
    local {
      path = "./published"
    }
  }

  # Needed only by what asks LINE. Or set LINE_CHANNEL_ACCESS_TOKEN, or LINE_CHANNEL_ID and LINE_CHANNEL_SECRET.
  line {
    channel_access_token = var.line_channel_access_token
  }
}
