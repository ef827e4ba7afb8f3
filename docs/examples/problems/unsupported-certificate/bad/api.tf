provider "aws" {
  region = "eu-west-1"
}

data "aws_route53_zone" "main" {
  name = "brightharbor.io"
}

resource "aws_acm_certificate" "api" {
  domain_name       = "api.brightharbor.io"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = {
    for option in aws_acm_certificate.api.domain_validation_options :
    trimprefix(option.domain_name, "*.") => option...
  }

  zone_id = data.aws_route53_zone.main.zone_id
  name    = each.value[0].resource_record_name
  type    = each.value[0].resource_record_type
  records = [each.value[0].resource_record_value]
  ttl     = 300
}

resource "aws_acm_certificate_validation" "api" {
  certificate_arn         = aws_acm_certificate.api.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_lb_listener" "https" {
  certificate_arn = aws_acm_certificate.api.arn

  load_balancer_arn = var.load_balancer_arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = var.target_group_arn
  }
}

variable "load_balancer_arn" {
  type = string
}

variable "target_group_arn" {
  type = string
}
