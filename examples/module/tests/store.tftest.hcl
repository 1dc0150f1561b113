# The real provider, with folders as stores: what is published, and what stays the same when texts change. What it keeps is gone
# when the test ends, apart from the empty stores.

provider "clevertap" {
  dashboard_reminders = false
  template_store {
    local {
      path = ".terraform/test-stores/templates"
    }
  }
  publish_store {
    local {
      path = ".terraform/test-stores/messages"
    }
  }
}

run "first_texts" {
  assert {
    condition     = strcontains(output.body, "welcome")
    error_message = "The body does not name the messages."
  }
  assert {
    condition     = output.version_unit == "welcome_95c403d7"
    error_message = "LINE tells this version by another name."
  }
}

run "other_texts" {
  variables {
    texts = ["Good morning, {{ Profile.Name | default: 'there' }}!"]
  }

  assert {
    condition     = !strcontains(output.body, "Good morning")
    error_message = "The body has to be pasted again."
  }
  assert {
    condition     = output.version_unit == "welcome_e14bcde1"
    error_message = "The version did not change with the texts."
  }
}

run "more_texts" {
  command = plan

  variables {
    texts = ["One", "Two"]
  }

  assert {
    condition     = length(clevertap_line_linked_messages.campaign.messages) == 2
    error_message = "Both texts are published."
  }
}
