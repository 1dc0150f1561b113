# Says what it would fire: terraform apply -invoke=action.clevertap_external_trigger.maintenance
# With dry_run = false it fires the campaign, which cannot be called back.
action "clevertap_external_trigger" "maintenance" {
  config {
    campaign_id = "1695721550"
    identities  = ["customer-0", "customer-1"]
    parameters  = { Start = "22:00", End = "23:30" }
    dry_run     = true
  }
}
