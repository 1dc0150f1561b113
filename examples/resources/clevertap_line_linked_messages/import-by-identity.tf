import {
  to       = clevertap_line_linked_messages.welcome
  identity = { name = "welcome" }
}
