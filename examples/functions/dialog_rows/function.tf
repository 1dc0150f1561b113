resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = "LINE push"
  messages         = [jsonencode({ type = "text", text = "Hello, world1" })]
}

# Rows of field, value and note, in the order of CleverTap's dialog.
output "enter_campaign" {
  value = provider::clevertap::dialog_rows(clevertap_line_campaign_body.welcome)
}

# The same as a list to read: terraform output -raw checklist
output "checklist" {
  value = join("\n", [
    for row in provider::clevertap::dialog_rows(clevertap_line_campaign_body.welcome) :
    "${row.field}: ${row.value}${row.note == "" ? "" : " (${row.note})"}"
  ])
}
