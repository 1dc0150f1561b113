import {
  to = clevertap_webhook_template.line_push
  id = "LINE push"
}
