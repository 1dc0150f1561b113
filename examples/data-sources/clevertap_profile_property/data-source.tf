data "clevertap_profile_property" "line_id" {
  name = "LineID"
}

# A body that reads a property which does not exist reaches nobody.
check "line_id_exists" {
  assert {
    condition     = data.clevertap_profile_property.line_id.exists
    error_message = "No profile has ever had the property LineID: upload the LINE IDs first."
  }
}
