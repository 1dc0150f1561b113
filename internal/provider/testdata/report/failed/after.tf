resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "@all `/merge` www.example.com", foo = 1 })]
}

resource "clevertap_line_campaign_body" "receipt" {
  name     = "receipt"
  messages = [jsonencode({ type = "text", text = "" }), jsonencode({ "type" = "text", "`<b>`\n/close @all\n```" = "x", "text" = 7 })]
}
