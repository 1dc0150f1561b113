# Every follower, in state.
data "clevertap_line_follower_ids" "all" {}

# A large audience: only the number and a checksum in state.
data "clevertap_line_follower_ids" "counted" {
  store_ids = false
}

output "followers" {
  value = data.clevertap_line_follower_ids.counted.total
}
