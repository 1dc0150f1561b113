# The variants of one set of messages: welcome_ja, welcome_th.
list "clevertap_line_linked_messages" "welcome" {
  provider = clevertap

  config {
    name_prefix = "welcome_"
  }
}
