data "clevertap_line_unit_names" "this_month" {}

resource "clevertap_line_campaign_body" "welcome" {
  name                     = "welcome"
  messages                 = [jsonencode({ type = "text", text = "Hello!" })]
  custom_aggregation_units = ["welcome_2"]
}

# A warning until a campaign, or a test, has sent this version, and again on the first of each month.
check "welcome_was_sent" {
  assert {
    condition = contains(
      data.clevertap_line_unit_names.this_month.names,
      clevertap_line_campaign_body.welcome.custom_aggregation_units[0],
    )
    error_message = "LINE has taken no message of this version yet this month."
  }
}

output "unit_names_left" {
  value = 1000 - data.clevertap_line_unit_names.this_month.total
}
