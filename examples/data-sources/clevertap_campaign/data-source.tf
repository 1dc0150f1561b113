# The day on which the campaign started, so that CleverTap answers at once.
data "clevertap_campaign" "welcome" {
  name = "Welcome on LINE"
  from = "20270301"
  to   = "20270301"
}

check "welcome_runs" {
  assert {
    condition     = data.clevertap_campaign.welcome.in_report
    error_message = "CleverTap's report of that day has no such campaign: was it renamed, or published anew?"
  }
  assert {
    condition     = try(lower(data.clevertap_campaign.welcome.status), "") == "running"
    error_message = "The campaign is not running."
  }
}
