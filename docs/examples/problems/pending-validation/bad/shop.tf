provider "aws" {
  region = "eu-west-1"
}

data "aws_route53_zone" "main" {
  name = "brightharbor.io"
}

resource "aws_acm_certificate" "shop" {
  domain_name               = "shop.brightharbor.io"
  subject_alternative_names = ["www.shop.brightharbor.io"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  zone_id = data.aws_route53_zone.main.zone_id
  name    = tolist(aws_acm_certificate.shop.domain_validation_options)[0].resource_record_name
  type    = tolist(aws_acm_certificate.shop.domain_validation_options)[0].resource_record_type
  records = [tolist(aws_acm_certificate.shop.domain_validation_options)[0].resource_record_value]
  ttl     = 300
}

resource "aws_acm_certificate_validation" "shop" {
  certificate_arn         = aws_acm_certificate.shop.arn
  validation_record_fqdns = [aws_route53_record.validation.fqdn]
}
