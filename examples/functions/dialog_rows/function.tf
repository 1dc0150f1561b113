resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = "LINE push"
  messages         = [jsonencode({ type = "text", text = "Hello, world1" })]
}

# Rows of field, value and note, in the order of CleverTap's dialog.
output "enter_campaign" {
  value = provider::clevertap::dialog_rows(clevertap_line_campaign_body.welcome)
}

resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/default/line-linked-messages/{{message}}.json"
}

# Terraform takes an object that may have secret headers for sensitive as a whole. No secret is in the rows.
output "enter_linked_content" {
  value = nonsensitive(provider::clevertap::dialog_rows(clevertap_linked_content.line_messages))
}

# The same as a list to read: terraform output -raw checklist
output "checklist" {
  value = join("\n", [
    for row in provider::clevertap::dialog_rows(clevertap_line_campaign_body.welcome) :
    "${row.field}: ${row.value}${row.note == "" ? "" : " (${row.note})"}"
  ])
}
