# Null unless it is given: once the template is created, plans and destroys need no token.
variable "line_channel_access_token" {
  type      = string
  default   = null
  ephemeral = true
  sensitive = true
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

# Without a token that anybody holds: CleverTap gets LINE's tokens of 15 minutes itself. See the guide "Which token".
resource "clevertap_webhook_template" "line_push_without_token" {
  name            = "LINE push without token"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"
  headers         = { "Content-Type" = "application/json" }

  line_oauth2 {
    channel_id = "1350031035"
    key_id     = "536e453c-aa93-4449-8e90-add2608c6d4b"
  }
}

# Null unless it is given, as the token above.
variable "relay_client_secret" {
  type      = string
  default   = null
  ephemeral = true
  sensitive = true
}

# A server of your own, which gives tokens for a client's secret.
resource "clevertap_webhook_template" "relay" {
  name            = "Relay"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line"

  oauth2 {
    grant_type                 = "Client Credentials without JWT"
    client_id                  = "clevertap"
    secret_wo                  = var.relay_client_secret
    secret_wo_version          = 1
    scopes                     = "push"
    access_token_url           = "https://auth.example.com/oauth2/token"
    client_authentication_type = "Send Basic Authentication in Header"
  }
}

# Says in every plan whether the dashboard holds what is declared.
check "line_push_is_entered" {
  assert {
    condition     = clevertap_webhook_template.line_push.entered
    error_message = "Enter LINE push in CleverTap, then: clevertap-line entered ./clevertap 'webhook-templates/LINE push'"
  }
}
