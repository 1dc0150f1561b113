# From followers to messages: whose LINE ID is known, who of them follows, their LINE IDs on CleverTap profiles, and a
# body that is addressed by them.

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

# Credentials come from CLEVERTAP_ACCOUNT_ID, CLEVERTAP_PASSCODE, CLEVERTAP_REGION and LINE_CHANNEL_ACCESS_TOKEN.
provider "clevertap" {
  template_store {
    local {
      path = "${path.root}/clevertap"
    }
  }
}

data "clevertap_line_follower_ids" "all" {}

locals {
  # Which customer has which LINE ID, for instance from LINE Login or account linking.
  mapping = { for row in csvdecode(file("${path.module}/profiles.csv")) : row.identity => row.LineID }

  followers = toset(data.clevertap_line_follower_ids.all.ids)
  following = { for identity, line_id in local.mapping : identity => line_id if contains(local.followers, line_id) }
}

# Only those who follow: the property leaves the profile of whoever stops.
resource "clevertap_line_profiles" "following" {
  line_ids = local.following
}

resource "clevertap_line_campaign_body" "news" {
  name     = "news"
  messages = [jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" })]

  to {
    profile_property = clevertap_line_profiles.following.property
  }
}

output "follow_without_profile" {
  description = "How many follow, but are none of the customers that we know."
  value       = length(setsubtract(local.followers, values(local.mapping)))
}

output "no_longer_following" {
  description = "Customers who have a LINE ID and do not follow."
  value       = sort(setsubtract(keys(local.mapping), keys(local.following)))
}

output "profiles_csv" {
  description = "The same LINE IDs as a file for CSV Uploads in CleverTap's dashboard."
  value       = provider::clevertap::line_profiles_csv(local.following, "LineID")
}
