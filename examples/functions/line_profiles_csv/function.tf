# The file for CSV Uploads in CleverTap's dashboard.
output "profiles_csv" {
  value = provider::clevertap::line_profiles_csv({
    "user-1" = "Ub6c5448938a05f50a60afd8d76219cae"
    "user-2" = "U11116e731c035de691305f9925ae8ab4"
  }, "LineID")
}
