# By name:
terraform import clevertap_line_linked_messages.welcome "welcome"
