locals {
  header_name = "X-Linked-Content-Key"
  served_at   = "https://${aws_cloudfront_distribution.messages.domain_name}/${var.account}/line-linked-messages"
}

output "publish_store" {
  description = "For the block s3 of publish_store."
  value       = { bucket = aws_s3_bucket.messages.bucket, region = aws_s3_bucket.messages.region }
}

output "endpoint_url" {
  description = "For a clevertap_linked_content, and so for the dashboard."
  value       = "${local.served_at}/{{message}}.json"
}

output "served_at" {
  description = "Where the documents are: served_at of linked messages is this, a slash, their name and .json."
  value       = local.served_at
}

output "header_name" {
  description = "The header that CleverTap sends, and read_back of publish_store."
  value       = local.header_name
}

output "alarm_topic_arn" {
  description = "The topic of the alarms, for more who subscribe."
  value       = aws_sns_topic.alarm.arn
}
