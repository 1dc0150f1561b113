output "body" {
  value = provider::clevertap::line_body(
    { profile_property = "LineID", default = "N.A" },
    [jsonencode({ type = "text", text = "Hello, world1" })],
  )
}
