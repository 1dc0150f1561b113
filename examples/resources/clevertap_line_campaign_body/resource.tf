# To whoever the campaign is for: the LINE ID is in the profile property LineID.
resource "clevertap_line_campaign_body" "welcome" {
  name             = "welcome"
  webhook_template = "LINE push"

  messages = [
    jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" }),
    jsonencode({
      type               = "image"
      originalContentUrl = "https://example.com/original.jpg"
      previewImageUrl    = "https://example.com/preview.jpg"
    }),
  ]

  to {
    profile_property = "LineID"
    default          = "N.A"
  }
}

# To one fixed recipient, without a sound.
resource "clevertap_line_campaign_body" "team_test" {
  name                  = "team test"
  messages              = [jsonencode({ type = "text", text = "A test for the team." })]
  notification_disabled = true

  to {
    id = "C0123456789abcdef0123456789abcdef"
  }
}

# terraform output -raw paste_this
output "paste_this" {
  value = clevertap_line_campaign_body.welcome.body
}
