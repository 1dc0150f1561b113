import {
  to       = clevertap_webhook_template.line_push
  identity = { name = "LINE push" }
}
