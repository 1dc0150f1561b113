import {
  to = clevertap_line_campaign_body.welcome
  id = "welcome"
}
