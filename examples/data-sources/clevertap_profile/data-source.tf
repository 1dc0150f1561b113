data "clevertap_profile" "me" {
  identity       = "user-9"
  property_names = ["Plan"]
}

# Whether the test profile can get LINE messages.
check "test_profile_has_line_id" {
  assert {
    condition     = data.clevertap_profile.me.line_id != null
    error_message = "The profile user-9 has no LINE ID."
  }
}

output "plan" {
  value = lookup(data.clevertap_profile.me.properties, "Plan", "none")
}
