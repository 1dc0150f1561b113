# Every Linked Content API of the account; without a limit Terraform stops after 100.
list "clevertap_linked_content" "all" {
  provider = clevertap
  limit    = 1000
}
