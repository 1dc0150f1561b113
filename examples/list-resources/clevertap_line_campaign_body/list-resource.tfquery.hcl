# The bodies of one season, with what each declares.
list "clevertap_line_campaign_body" "summer" {
  provider         = clevertap
  include_resource = true

  config {
    name_prefix = "summer "
  }
}
