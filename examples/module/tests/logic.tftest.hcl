# What the module makes of its variables. The provider is a mock: no store is written, and what it computes is made up. Its
# functions are the real ones.

mock_provider "clevertap" {
  # A body takes nothing for a reference that is none.
  mock_resource "clevertap_line_linked_messages" {
    defaults = {
      reference = "{\"linked_content\":\"line_messages\",\"name\":\"welcome\",\"shape\":\"4f53cda1\",\"tags\":[]}"
    }
  }
}

run "names_follow_the_campaign" {
  variables {
    name = "birthday"
  }

  assert {
    condition     = clevertap_line_linked_messages.campaign.name == "birthday"
    error_message = "The messages are not called as the campaign is."
  }
  assert {
    condition     = clevertap_line_campaign_body.campaign.linked_messages == clevertap_line_linked_messages.campaign.reference
    error_message = "The body does not read the campaign's messages."
  }
}

run "texts_are_texts_of_line" {
  variables {
    texts = ["One", "Two \"quoted\""]
  }

  assert {
    condition     = [for m in clevertap_line_linked_messages.campaign.messages : jsondecode(m).text] == ["One", "Two \"quoted\""]
    error_message = "The texts do not arrive as they are given."
  }
}

run "an_empty_text_is_refused" {
  command = plan

  variables {
    texts = [""]
  }

  expect_failures = [var.texts]
}
