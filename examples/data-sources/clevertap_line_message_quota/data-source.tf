data "clevertap_line_message_quota" "this_month" {}

data "clevertap_line_follower_ids" "all" {
  store_ids = false
}

check "a_message_to_all_followers_is_possible" {
  assert {
    # Null where no limit is set.
    condition = try(
      data.clevertap_line_message_quota.this_month.remaining >= data.clevertap_line_follower_ids.all.total, true,
    )
    error_message = "Fewer messages are left this month than the account has followers."
  }
}
