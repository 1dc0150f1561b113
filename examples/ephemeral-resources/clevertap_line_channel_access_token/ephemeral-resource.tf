terraform {
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

variable "line_channel_secret" {
  type      = string
  ephemeral = true
  sensitive = true
}

variable "line_assertion_private_key" {
  type      = string
  ephemeral = true
  sensitive = true
}

variable "line_assertion_key_id" {
  type = string
}

# Issued in each plan and each apply, and revoked at its end.
ephemeral "clevertap_line_channel_access_token" "run" {
  channel_id            = "1350031035"
  channel_secret        = var.line_channel_secret
  assertion_private_key = var.line_assertion_private_key
  assertion_key_id      = var.line_assertion_key_id
  lifetime_seconds      = 3600
}

# Another configuration of the provider asks LINE with it.
provider "clevertap" {
  alias = "run"

  line {
    channel_access_token = ephemeral.clevertap_line_channel_access_token.run.channel_access_token
  }
}

data "clevertap_line_bot_info" "this" {
  provider = clevertap.run
}
