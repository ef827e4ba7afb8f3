provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

# CloudFront needs its certificate in us-east-1.
resource "aws_acm_certificate" "site" {
  provider          = aws.virginia
  domain_name       = "brightharbor.io"
  validation_method = "DNS"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  aliases = ["brightharbor.io"]

  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.site.arn
    ssl_support_method  = "sni-only"
  }
}

# A load balancer needs its certificate in its own Region.
resource "aws_acm_certificate" "api" {
  domain_name       = "api.brightharbor.io"
  validation_method = "DNS"
}

resource "aws_lb_listener" "api" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/api/50dc6c495c0c9188"
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.api.arn

  default_action {
    type = "fixed-response"
    fixed_response { content_type = "text/plain" }
  }
}

resource "aws_cloudfront_distribution" "docs" {
  enabled = true
  aliases = ["api.brightharbor.io"]

  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.api.arn
    ssl_support_method  = "sni-only"
  }
}
