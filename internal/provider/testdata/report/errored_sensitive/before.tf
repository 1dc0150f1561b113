resource "clevertap_line_campaign_body" "stored" {
  name     = "stored"
  messages = [jsonencode({ type = "text", text = "Hello" })]
}
