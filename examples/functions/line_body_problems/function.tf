locals {
  body = provider::clevertap::line_body({}, [jsonencode({ type = "text", text = "Hello, world1" })])
}

# No body with an error, whoever wrote it.
check "body_is_right" {
  assert {
    condition = length([
      for problem in provider::clevertap::line_body_problems(local.body) : problem if problem.severity == "error"
    ]) == 0
    error_message = join("\n", [
      for problem in provider::clevertap::line_body_problems(local.body) : "${problem.path}: ${problem.message}"
    ])
  }
}
