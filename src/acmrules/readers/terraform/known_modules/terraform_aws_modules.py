"""The modules of terraform-aws-modules (https://github.com/terraform-aws-modules)."""

from __future__ import annotations

from acmrules.readers.terraform.known_modules.table import Argument, KnownModule

ACM = KnownModule(
    "terraform-aws-modules/acm/aws",
    "2.8.0",
    "7.0.0",
    ("2.14.0", "3.5.0", "4.3.2", "4.5.0", "5.0.1", "5.1.1", "5.2.0", "6.0.0"),
    (
        Argument("create_certificate", "true"),
        Argument("domain_name", '""'),
        Argument("subject_alternative_names", "[]"),
        Argument("validation_method", '"DNS"', until="5.0.0"),
        Argument("validation_method", "null", since="5.0.0"),
        Argument("validation_option", "{}", since="4.0.0"),
        Argument("certificate_transparency_logging_preference", "true"),
        Argument("key_algorithm", "null", since="4.3.0"),
        Argument("private_authority_arn", "null", since="5.2.0"),
        Argument("export", "null", since="6.1.0"),
        Argument("region", "null", since="6.0.0"),
        Argument("tags", "{}"),
        Argument("zone_id", '""'),
        Argument("zones", "{}", since="5.1.0"),
        Argument("validate_certificate", "true"),
        Argument("create_route53_records", "true", since="3.3.0"),
        Argument("create_route53_records_only", "false", since="4.1.0"),
        Argument("validation_record_fqdns", "[]", since="3.3.0"),
        Argument("validation_allow_overwrite_records", "true"),
        Argument("validation_timeout", "null", since="4.2.0"),
        Argument("wait_for_validation", "true"),
    ),
    """
locals {
  names    = [for name in concat([var.domain_name], var.subject_alternative_names) : name]
  recorded = var.validation_method == "DNS" && var.validate_certificate
  made     = local.recorded && var.create_route53_records
}

resource "aws_acm_certificate" "this" {
  count                     = var.create_certificate ? 1 : 0
  domain_name               = var.domain_name
  subject_alternative_names = var.subject_alternative_names
  validation_method         = var.validation_method
  key_algorithm             = var.key_algorithm
  certificate_authority_arn = var.private_authority_arn
  region                    = var.region
  tags                      = var.tags
  options {
    certificate_transparency_logging_preference = (
      var.certificate_transparency_logging_preference ? "ENABLED" : "DISABLED"
    )
    export = var.export
  }
  dynamic "validation_option" {
    for_each = var.validation_option
    content {
      domain_name       = try(validation_option.value.domain_name, validation_option.key)
      validation_domain = validation_option.value.validation_domain
    }
  }
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = {
    for option in local.made ? aws_acm_certificate.this[0].domain_validation_options : [] :
    trimprefix(option.domain_name, "*.") => option...
  }
  zone_id         = length(var.zones) == 0 ? var.zone_id : lookup(var.zones, each.key, var.zone_id)
  name            = each.value[0].resource_record_name
  type            = each.value[0].resource_record_type
  records         = [each.value[0].resource_record_value]
  allow_overwrite = var.validation_allow_overwrite_records
}

resource "aws_acm_certificate_validation" "this" {
  count           = var.create_certificate && var.validate_certificate && var.wait_for_validation ? 1 : 0
  certificate_arn = aws_acm_certificate.this[0].arn
  region          = var.region
  validation_record_fqdns = concat(
    [for record in aws_route53_record.validation : record.fqdn], var.validation_record_fqdns
  )
  timeouts {
    create = var.validation_timeout
  }
}

output "acm_certificate_arn" {
  value = try(
    aws_acm_certificate_validation.this[0].certificate_arn, aws_acm_certificate.this[0].arn, ""
  )
}

output "this_acm_certificate_arn" {
  value = try(
    aws_acm_certificate_validation.this[0].certificate_arn, aws_acm_certificate.this[0].arn, ""
  )
}

output "acm_certificate_domain_validation_options" {
  value = aws_acm_certificate.this[0].domain_validation_options
}
""",
)

MODULES = (ACM,)
