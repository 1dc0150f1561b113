# Read by the campaigns that ask for "welcome" by the Linked Content API line_messages.
resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = "line_messages"
  track_versions = true

  messages = [
    jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" }),
  ]
}

# A one-time send has a name of its own. Once it is scheduled, frozen = true keeps it as it is.
resource "clevertap_line_linked_messages" "sale" {
  name           = "sale_2026_03"
  linked_content = "line_messages"
  frozen         = false

  messages = [
    jsonencode({ type = "text", text = "Our spring sale begins today." }),
  ]
}

# Pasted once. It stays the same while the texts change.
resource "clevertap_line_campaign_body" "welcome" {
  name            = "welcome"
  linked_messages = clevertap_line_linked_messages.welcome.reference
}
