import {
  to = clevertap_line_linked_messages.welcome
  id = "welcome"
}
