# LINE user IDs by CleverTap identity, in the profile property LineID.
resource "clevertap_line_profiles" "team" {
  line_ids = {
    "user-1" = "Ub6c5448938a05f50a60afd8d76219cae"
    "user-2" = "U11116e731c035de691305f9925ae8ab4"
  }
}

# What CleverTap refused in the last apply, with its reason.
output "refused" {
  value = clevertap_line_profiles.team.refused
}
