# The documents. Versions are kept: what was published, and when, can be looked up and brought back.

resource "aws_s3_bucket" "messages" {
  bucket = var.bucket
}

resource "aws_s3_bucket_versioning" "messages" {
  bucket = aws_s3_bucket.messages.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "messages" {
  bucket                  = aws_s3_bucket.messages.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "messages" {
  bucket = aws_s3_bucket.messages.id
  policy = data.aws_iam_policy_document.messages.json

  depends_on = [aws_s3_bucket_public_access_block.messages]
}

data "aws_iam_policy_document" "messages" {
  statement {
    sid       = "CloudFrontReads"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.messages.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudfront_distribution.messages.arn]
    }
  }

  # Without it S3 answers 403 for a document that is missing. The names are not to be had: the function lets single documents through.
  statement {
    sid       = "CloudFrontSeesWhatIsMissing"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.messages.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudfront_distribution.messages.arn]
    }
  }

  statement {
    sid       = "PipelineLists"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.messages.arn]

    principals {
      type        = "AWS"
      identifiers = [var.writer_role_arn]
    }
  }

  statement {
    sid       = "PipelineWrites"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["${aws_s3_bucket.messages.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = [var.writer_role_arn]
    }
  }

  # Whatever else somebody is allowed, administrators included: who wants to write changes this policy first, and that is told.
  statement {
    sid       = "NobodyElseWrites"
    effect    = "Deny"
    actions   = ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]
    resources = ["${aws_s3_bucket.messages.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [var.writer_role_arn]
    }
  }

  statement {
    sid       = "EncryptedOnTheWay"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.messages.arn, "${aws_s3_bucket.messages.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
