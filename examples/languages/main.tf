# One campaign in several languages: each is a document of its own, and CleverTap asks for that of the profile's language.

terraform {
  required_version = ">= 1.11"
  required_providers {
    clevertap = {
      source = "clevertap-line/clevertap"
    }
  }
}

provider "clevertap" {
  template_store {
    local {
      path = "${path.root}/clevertap"
    }
  }
  publish_store {
    local {
      path = "${path.root}/published"
    }
  }
}

locals {
  # As the profile property Language has them. The Liquid must be the same in all: it is in the body, which they share.
  greetings = {
    en = "Welcome, {{ Profile.Name | default: 'dear customer' }}!"
    ja = "{{ Profile.Name | default: 'dear customer' }}さん、ようこそ！"
    th = "ยินดีต้อนรับ {{ Profile.Name | default: 'dear customer' }}"
  }
  # For everybody else. That CleverTap has a default for a profile without the property is not documented, so that these people
  # get a campaign of their own, whose language is a constant.
  all = merge(local.greetings, { default = local.greetings.en })
}

# The second parameter is mapped to the profile property.
resource "clevertap_linked_content" "line_messages" {
  name         = "line_messages_by_language"
  http_method  = "GET"
  endpoint_url = "https://line.example.com/default/line-linked-messages/{{message}}_{{language}}.json"
}

resource "clevertap_line_linked_messages" "welcome" {
  for_each       = local.all
  name           = "welcome_${each.key}" # welcome_ja.json
  variant_of     = "welcome"
  linked_content = clevertap_linked_content.line_messages.name
  messages       = [jsonencode({ type = "text", text = each.value })]
}

# one() makes it an error of the plan that the Liquid of one language is another: each then has another reference.
resource "clevertap_line_campaign_body" "welcome" {
  for_each         = toset(["welcome", "welcome_default"])
  name             = each.key
  webhook_template = "LINE push"
  linked_messages  = one(distinct([for m in clevertap_line_linked_messages.welcome : m.reference]))
}

output "body" {
  description = "The text for Custom body of both campaigns."
  value       = clevertap_line_campaign_body.welcome["welcome"].body
}

output "map_parameters" {
  description = "How the two campaigns differ: in who they are for, and in what the parameter language is."
  value = {
    welcome = {
      who      = "User property Language is one of ${join(", ", keys(local.greetings))}"
      message  = "constant welcome"
      language = "user property Language"
    }
    welcome_default = {
      who      = "User property Language does not exist, or is none of ${join(", ", keys(local.greetings))}"
      message  = "constant welcome"
      language = "constant default"
    }
  }
}
