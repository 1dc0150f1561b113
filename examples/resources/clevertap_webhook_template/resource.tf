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

# Says in every plan whether the dashboard holds what is declared.
check "line_push_is_entered" {
  assert {
    condition     = clevertap_webhook_template.line_push.entered
    error_message = "Enter LINE push in CleverTap, then: clevertap-line entered ./clevertap 'webhook-templates/LINE push'"
  }
}
