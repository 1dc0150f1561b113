# Who else wrote, or tried to, and who changed what keeps them from it. Writes of objects are seen by a trail alone; EventBridge gets
# its events within minutes.

data "aws_caller_identity" "current" {}

resource "aws_cloudtrail" "writes" {
  name                          = var.bucket
  s3_bucket_name                = aws_s3_bucket.trail.id
  include_global_service_events = false

  event_selector {
    read_write_type           = "WriteOnly"
    include_management_events = true

    data_resource {
      type   = "AWS::S3::Object"
      values = ["${aws_s3_bucket.messages.arn}/"]
    }
  }

  depends_on = [aws_s3_bucket_policy.trail]
}

resource "aws_cloudwatch_event_rule" "foreign_write" {
  name        = "${var.bucket}-foreign-write"
  description = "Somebody else than the pipeline wrote LINE messages, or tried to."
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail = {
      eventName         = ["PutObject", "CopyObject", "CompleteMultipartUpload", "DeleteObject", "DeleteObjects", "DeleteObjectVersion"]
      requestParameters = { bucketName = [var.bucket] }
      userIdentity = {
        sessionContext = { sessionIssuer = { arn = [{ anything-but = [var.writer_role_arn] }, { exists = false }] } }
      }
    }
  })
}

resource "aws_cloudwatch_event_rule" "protection_changed" {
  name        = "${var.bucket}-protection"
  description = "Somebody changed what protects the bucket of LINE messages."
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail = {
      eventName = [
        "PutBucketPolicy", "DeleteBucketPolicy", "PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock",
        "PutBucketVersioning", "DeleteBucket",
      ]
      requestParameters = { bucketName = [var.bucket] }
    }
  })
}

resource "aws_cloudwatch_event_target" "alarm" {
  for_each = {
    foreign_write      = aws_cloudwatch_event_rule.foreign_write.name
    protection_changed = aws_cloudwatch_event_rule.protection_changed.name
  }
  rule = each.value
  arn  = aws_sns_topic.alarm.arn
}

resource "aws_sns_topic" "alarm" {
  name = "${var.bucket}-alarm"
}

resource "aws_sns_topic_subscription" "alarm" {
  topic_arn = aws_sns_topic.alarm.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_sns_topic_policy" "alarm" {
  arn    = aws_sns_topic.alarm.arn
  policy = data.aws_iam_policy_document.alarm.json
}

data "aws_iam_policy_document" "alarm" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarm.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.foreign_write.arn, aws_cloudwatch_event_rule.protection_changed.arn]
    }
  }
}

resource "aws_s3_bucket" "trail" {
  bucket = "${var.bucket}-trail"
}

resource "aws_s3_bucket_public_access_block" "trail" {
  bucket                  = aws_s3_bucket.trail.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id
  policy = data.aws_iam_policy_document.trail.json

  depends_on = [aws_s3_bucket_public_access_block.trail]
}

data "aws_iam_policy_document" "trail" {
  statement {
    sid       = "CloudTrailLooks"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.trail.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }

  statement {
    sid       = "CloudTrailWrites"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.trail.arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}
