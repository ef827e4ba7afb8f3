"""The module of Azavea (https://github.com/azavea/terraform-aws-acm-certificate)."""

from __future__ import annotations

from acmrules.readers.terraform.known_modules.table import KnownModule, ModuleArgument

ACM_CERTIFICATE = KnownModule(
    "azavea/acm-certificate/aws",
    "0.1.0",
    "5.0.0",
    ("commit 296e3e3", "commit 27c9308", "commit 34e2d4b"),
    (
        ModuleArgument("domain_name", None),
        ModuleArgument("subject_alternative_names", "[]"),
        ModuleArgument("hosted_zone_id", None),
        ModuleArgument("allow_validation_record_overwrite", "true"),
    ),
    """
resource "aws_acm_certificate" "default" {
  provider                  = aws.acm_account
  domain_name               = var.domain_name
  subject_alternative_names = var.subject_alternative_names
  validation_method         = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  provider = aws.route53_account
  for_each = {
    for option in aws_acm_certificate.default.domain_validation_options :
    option.domain_name => option
  }
  zone_id         = var.hosted_zone_id
  name            = each.value.resource_record_name
  type            = each.value.resource_record_type
  records         = [each.value.resource_record_value]
  allow_overwrite = var.allow_validation_record_overwrite
}

resource "aws_acm_certificate_validation" "default" {
  provider                = aws.acm_account
  certificate_arn         = aws_acm_certificate.default.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

output "arn" {
  value = aws_acm_certificate_validation.default.certificate_arn
}
""",
)

MODULES = (ACM_CERTIFICATE,)
