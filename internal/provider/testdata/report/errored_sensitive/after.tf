variable "secret" {
  type      = string
  default   = "CANARY"
  sensitive = true
}

# It is in state, where nothing of it is marked.
resource "clevertap_line_campaign_body" "stored" {
  name = "stored"
  messages = [jsonencode({
    type = "image", originalContentUrl = "${var.secret}://example.com/a.jpg", previewImageUrl = "https://example.com/a.jpg"
  })]
}

# Values that stand in no quotes.
resource "clevertap_line_campaign_body" "liquid" {
  name     = "liquid"
  messages = [jsonencode({ type = "text", text = "{% if ${var.secret} %}x" })]
}

resource "clevertap_line_campaign_body" "key" {
  name     = "key"
  messages = ["{\"type\":\"text\",\"text\":\"Hi\",\"${var.secret}\":1,\"${var.secret}\":2}"]
}

# The provider's functions, and Terraform's own.
output "csv" {
  sensitive = true
  value     = provider::clevertap::line_profiles_csv({ (var.secret) = "Uxx" }, "LineID")
}

output "body" {
  sensitive = true
  value     = provider::clevertap::line_body({ id = var.secret }, [jsonencode({ type = "text", text = "Hi" })])
}

output "address" {
  sensitive = true
  value     = cidrhost(var.secret, 1)
}

output "time" {
  sensitive = true
  value     = timeadd("2026-08-07T00:00:00Z", var.secret)
}

output "number" {
  sensitive = true
  value     = parseint(var.secret, 2)
}

output "key" {
  sensitive = true
  value     = { for i in range(2) : var.secret => i }
}

# What is said of the configuration alone stays.
output "condition" {
  value = "x"

  precondition {
    condition     = length(var.secret) > 100
    error_message = "It is too short."
  }
}
