import {
  to       = clevertap_line_campaign_body.welcome
  identity = { name = "welcome" }
}
