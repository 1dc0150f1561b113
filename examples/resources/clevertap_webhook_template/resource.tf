variable "line_channel_access_token" {
  type      = string
  ephemeral = true
  sensitive = true
}

resource "clevertap_webhook_template" "line_push" {
  name            = "LINE push"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"
  headers         = { "Content-Type" = "application/json" }

  secret_headers_wo         = { Authorization = "Bearer ${var.line_channel_access_token}" }
  secret_headers_wo_version = 1

  # The receipt: content_sha256 of what was last entered in the dashboard.
  # entered_sha256 = "…"
}

# Says in every plan whether the dashboard holds what is declared.
check "line_push_is_entered" {
  assert {
    condition     = clevertap_webhook_template.line_push.entered
    error_message = "Enter the dialog_rows of LINE push in CleverTap, then set entered_sha256."
  }
}
