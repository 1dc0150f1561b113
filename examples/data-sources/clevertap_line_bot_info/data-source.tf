data "clevertap_line_bot_info" "this" {
  lifecycle {
    postcondition {
      condition     = self.basic_id == "@216ru0000"
      error_message = "The channel access token belongs to ${self.display_name} (${self.basic_id}), which is another account."
    }
  }
}
