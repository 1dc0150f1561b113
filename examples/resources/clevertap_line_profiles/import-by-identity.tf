import {
  to = clevertap_line_profiles.team
  identity = {
    property   = "LineID"
    identities = ["user-1", "user-2"]
  }
}
