# By name:
terraform import clevertap_linked_content.line_messages "line_messages"
