removed {
  from = clevertap_line_linked_messages.welcome
  lifecycle {
    destroy = false
  }
}

removed {
  from = clevertap_line_campaign_body.receipt
  lifecycle {
    destroy = false
  }
}
