import {
  to = clevertap_linked_content.line_messages
  id = "line_messages"
}
