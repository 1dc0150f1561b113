variable "bucket" {
  description = "Name of the bucket, which is made and holds nothing but published messages. That of the trail has -trail behind it."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$", var.bucket))
    error_message = "3 to 50 lower-case letters, digits and hyphens: other things are named after it."
  }
}

variable "writer_role_arn" {
  description = "ARN of the one role that publishes: that of the pipeline which applies. Who may act as this role writes to every follower."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", var.writer_role_arn))
    error_message = "An ARN of a role is needed, such as arn:aws:iam::123456789012:role/line-messages."
  }
}

variable "header_sha256" {
  description = "SHA-256, in lower-case hexadecimal, of each value of the header that is let through: one, or two while the value is changed."
  type        = list(string)

  validation {
    condition     = length(var.header_sha256) > 0 && alltrue([for sum in var.header_sha256 : can(regex("^[0-9a-f]{64}$", sum))])
    error_message = "Each element is a SHA-256: 64 lower-case hexadecimal digits. It is not the header's value itself."
  }
}

variable "account" {
  description = "The account_id of the provider clevertap, with which the path of the documents begins; default where it has none."
  type        = string
  default     = "default"
}

variable "alarm_email" {
  description = "Who is told when somebody else writes, or changes what protects the bucket."
  type        = string
}
