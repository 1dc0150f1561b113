terraform {
  required_providers {
    clevertap = { source = "clevertap-line/clevertap" }
  }
}

provider "clevertap" {
  template_store {
    local {
      path = "templates"
    }
  }
  publish_store {
    local {
      path = "published"
    }
  }
}
