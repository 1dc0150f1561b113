locals {
  # LINE's days begin at midnight of UTC+9.
  today = timeadd(plantimestamp(), "9h")
}

data "clevertap_line_unit_statistics" "welcome" {
  unit = "welcome_2"
  from = formatdate("YYYYMMDD", timeadd(local.today, "-168h"))
  to   = formatdate("YYYYMMDD", local.today)
}

check "welcome_is_opened" {
  assert {
    condition     = data.clevertap_line_unit_statistics.welcome.overview.unique_impression != null
    error_message = "Fewer than 20 users opened the message this week."
  }
}

output "opened" {
  value = data.clevertap_line_unit_statistics.welcome.overview.unique_impression
}
