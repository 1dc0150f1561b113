# Null unless it is given: once the API is created, plans and destroys need no secret.
variable "origin_secret" {
  type      = string
  default   = null
  ephemeral = true
  sensitive = true
}

# One API for all campaigns: each maps the parameter message to the name of its linked messages.
resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/default/line-linked-messages/{{message}}.json"
  headers      = { Accept = "application/json" }

  # What the server behind the URL wants to see.
  secret_headers_wo         = var.origin_secret == null ? null : { "X-Origin" = var.origin_secret }
  secret_headers_wo_version = 1
}

# One for messages in languages, welcome_ja and welcome_th: language is mapped to a profile property.
resource "clevertap_linked_content" "line_messages_by_language" {
  name         = "line_messages_by_language"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/default/line-linked-messages/{{message}}_{{language}}.json"
}

output "parameters" {
  value = clevertap_linked_content.line_messages_by_language.parameters
}
