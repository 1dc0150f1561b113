import {
  to       = clevertap_linked_content.line_messages
  identity = { name = "line_messages" }
}
