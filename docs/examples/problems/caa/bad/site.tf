provider "aws" {
  region = "eu-west-1"
}

data "aws_route53_zone" "main" {
  name = "brightharbor.io"
}

resource "aws_route53_record" "caa" {
  zone_id = data.aws_route53_zone.main.zone_id
  name    = "brightharbor.io"
  type    = "CAA"
  ttl     = 300
  records = [
    "0 issue \"letsencrypt.org\"",
  ]
}

resource "aws_acm_certificate" "site" {
  domain_name       = "brightharbor.io"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}
