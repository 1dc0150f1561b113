# To whoever the campaign is for: the LINE ID is in the profile property LineID.
resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = "LINE push"
  to {
    profile_property = "LineID"
    default          = "N.A"
  }

  messages = [
    jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" }),
    jsonencode({
      type               = "image"
      originalContentUrl = "https://example.com/original.jpg"
      previewImageUrl    = "https://example.com/preview.jpg"
    }),
  ]
}

# To one fixed recipient, without a sound.
resource "clevertap_line_campaign_body" "team_test" {
  name = "team test"
  to {
    id = "C0123456789abcdef0123456789abcdef"
  }
  messages              = [jsonencode({ type = "text", text = "A test for the team." })]
  notification_disabled = true
}

output "paste_this" {
  value = clevertap_line_campaign_body.welcome.body
}
