variable "embargo" {
  type      = string
  default   = "CANARY"
  sensitive = true
}

resource "clevertap_line_linked_messages" "launch" {
  name           = "launch"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "The new CANARY phone is ${var.embargo} {{ Profile.CANARY }}" })]
}

resource "clevertap_line_campaign_body" "launch" {
  name            = "launch"
  linked_messages = clevertap_line_linked_messages.launch.reference
}

resource "clevertap_line_campaign_body" "named" {
  name     = "body-${var.embargo}"
  messages = [jsonencode({ type = "text", text = "CANARY two" })]
}

resource "clevertap_line_campaign_body" "open" {
  name     = "open"
  messages = [jsonencode({ type = "text", text = "For everybody to read now" })]
}
