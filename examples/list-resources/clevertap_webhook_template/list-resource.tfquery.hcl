# Every webhook template of the account; without a limit Terraform stops after 100.
list "clevertap_webhook_template" "all" {
  provider = clevertap
  limit    = 1000
}
