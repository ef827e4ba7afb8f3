provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

provider "aws" {
  alias  = "eu_west_1"
  region = "eu-west-1"
}

resource "aws_acm_certificate" "wildcard_brightharbor_io" {
  provider = aws.us_east_1

  domain_name = "*.brightharbor.io"
  subject_alternative_names = [
    "brightharbor.io",
  ]
  validation_method = "DNS"
}

resource "aws_acm_certificate_validation" "wildcard_brightharbor_io" {
  provider = aws.us_east_1

  certificate_arn = aws_acm_certificate.wildcard_brightharbor_io.arn
  validation_record_fqdns = [
    for option in aws_acm_certificate.wildcard_brightharbor_io.domain_validation_options :
    aws_route53_record.validation[trimprefix(option.domain_name, "*.")].fqdn
  ]
}

resource "aws_acm_certificate" "wildcard_brightharbor_io_2" {
  provider = aws.eu_west_1

  domain_name = "*.brightharbor.io"
  subject_alternative_names = [
    "brightharbor.io",
  ]
  validation_method = "DNS"
  tags = {
    "a" = "$"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "wildcard_brightharbor_io_2" {
  provider = aws.eu_west_1

  certificate_arn = aws_acm_certificate.wildcard_brightharbor_io_2.arn
  validation_record_fqdns = [
    for option in aws_acm_certificate.wildcard_brightharbor_io_2.domain_validation_options :
    aws_route53_record.validation[trimprefix(option.domain_name, "*.")].fqdn
  ]
}

# A name and its wildcard share one record, in all Regions.
locals {
  zones = {
    "brightharbor.io" = "Z1"
  }

  validation_options = {
    for option in flatten([
      aws_acm_certificate.wildcard_brightharbor_io.domain_validation_options,
      aws_acm_certificate.wildcard_brightharbor_io_2.domain_validation_options,
    ]) : trimprefix(option.domain_name, "*.") => option...
  }
}

resource "aws_route53_record" "validation" {
  provider = aws.us_east_1
  for_each = local.zones

  zone_id = each.value
  name    = local.validation_options[each.key][0].resource_record_name
  type    = local.validation_options[each.key][0].resource_record_type
  ttl     = 300
  records = [local.validation_options[each.key][0].resource_record_value]
}
