import {
  to = clevertap_line_profiles.team
  id = "LineID:user-1,user-2"
}
