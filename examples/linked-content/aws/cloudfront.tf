# What CleverTap reads from. There is no rate limit, and none should be added: while fetches fail, each recipient may be one, and
# CleverTap makes about 460 in a second. A request that a limit refuses is a message that is not sent.

resource "aws_cloudfront_origin_access_control" "messages" {
  name                              = var.bucket
  description                       = "LINE messages for CleverTap"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_function" "check_header" {
  name    = "${var.bucket}-check-header"
  comment = "Lets CleverTap's Linked Content through"
  runtime = "cloudfront-js-2.0"
  code = templatefile("${path.module}/check-header.js", {
    header_name   = lower(local.header_name)
    header_sha256 = var.header_sha256
  })
}

resource "aws_cloudfront_cache_policy" "minute" {
  name        = "${var.bucket}-minute"
  comment     = "A change is served everywhere after a minute"
  min_ttl     = 0
  default_ttl = 60
  max_ttl     = 60

  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_distribution" "messages" {
  comment         = "LINE messages for CleverTap"
  enabled         = true
  is_ipv6_enabled = true

  origin {
    origin_id                = "messages"
    domain_name              = aws_s3_bucket.messages.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.messages.id
  }

  default_cache_behavior {
    target_origin_id       = "messages"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = aws_cloudfront_cache_policy.minute.id
    viewer_protocol_policy = "https-only" # CleverTap follows no redirect

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.check_header.arn
    }
  }

  # What was just published is not missing for as long as CloudFront would remember.
  dynamic "custom_error_response" {
    for_each = [403, 404]
    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
