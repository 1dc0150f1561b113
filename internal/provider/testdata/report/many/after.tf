resource "clevertap_line_campaign_body" "many" {
  for_each = toset([for i in range(200) : format("%03d", i)])
  name     = "body ${each.key}"
  messages = [jsonencode({ type = "flex", altText = "Offer ${each.key}", contents = { type = "bubble", body = { type = "box", layout = "vertical", contents = concat(
    [{ type = "text", text = "Summer offer ${each.key}", weight = "bold", size = "xl", color = "#111111" }],
    [for n in range(12) : { type = "box", layout = "horizontal", margin = "md", contents = [
      { type = "text", text = "お買い上げ Item ${each.key}-${n}", size = "sm", color = "#555555" },
      { type = "text", text = "¥1,100", size = "sm", color = "#111111", align = "end" },
    ] }],
  ) } } })]
}
