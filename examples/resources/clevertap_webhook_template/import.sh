# By name:
terraform import clevertap_webhook_template.line_push "LINE push"
