# By name:
terraform import clevertap_line_campaign_body.welcome "welcome"
