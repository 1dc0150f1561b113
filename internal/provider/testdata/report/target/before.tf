resource "clevertap_webhook_template" "line_push" {
  name            = "LINE push"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"
  headers         = { "Content-Type" = "application/json" }
}

resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/{{message}}.json"
}

resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = clevertap_linked_content.line_messages.name
  messages = [
    jsonencode({ type = "text", text = "ようこそ {{ Profile.Name | default: 'お客様' }}\nWelcome to the shop" }),
    jsonencode({ type = "flex", altText = "Spring sale", contents = { type = "bubble", body = { type = "box", layout = "vertical", contents = [
      { type = "text", text = "Spring sale", weight = "bold", color = "#111111" },
      { type = "button", action = { type = "uri", label = "Open the shop", uri = "https://shop.example.com/spring" } },
    ] } } }),
  ]
}

resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = clevertap_webhook_template.line_push.name
  linked_messages  = clevertap_line_linked_messages.welcome.reference
}

resource "clevertap_line_campaign_body" "receipt" {
  name     = "receipt"
  messages = [jsonencode({ type = "text", text = "Thank you for your order" })]
}
