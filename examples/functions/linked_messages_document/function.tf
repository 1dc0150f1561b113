# What a file behind the endpoint of a Linked Content API holds, such as https://line.example.com/welcome.json.
output "document" {
  value = provider::clevertap::linked_messages_document("welcome", [
    jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" }),
  ])
}
