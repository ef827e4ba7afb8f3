"""The modules of Cloud Posse (https://github.com/cloudposse)."""

from __future__ import annotations

from acmrules.readers.terraform.known_modules.table import KnownModule, ModuleArgument

ACM_REQUEST_CERTIFICATE = KnownModule(
    "cloudposse/acm-request-certificate/aws",
    "0.7.0",
    "1.0.0",
    ("commit 02f7784", "commit 27664c5", "commit 7c99818"),
    (
        ModuleArgument("enabled", "null"),
        ModuleArgument("domain_name", None),
        ModuleArgument("subject_alternative_names", "[]"),
        ModuleArgument("validation_method", '"DNS"'),
        ModuleArgument("certificate_transparency_logging_preference", "true"),
        ModuleArgument("certificate_export", "false"),
        ModuleArgument("certificate_authority_arn", "null"),
        ModuleArgument("key_algorithm", "null"),
        ModuleArgument("tags", "{}"),
        ModuleArgument("zone_id", "try(data.aws_route53_zone.default[0].zone_id, null)"),
        ModuleArgument("zone_name", '""'),
        ModuleArgument("process_domain_validation_options", "true"),
        ModuleArgument("wait_for_certificate_issued", "false"),
    ),
    """
locals {
  is_public   = var.certificate_authority_arn == null
  is_recorded = var.process_domain_validation_options && var.validation_method == "DNS"
}

resource "aws_acm_certificate" "default" {
  count                     = var.enabled == false ? 0 : 1
  domain_name               = var.domain_name
  subject_alternative_names = var.subject_alternative_names
  validation_method         = local.is_public ? var.validation_method : null
  certificate_authority_arn = var.certificate_authority_arn
  key_algorithm             = var.key_algorithm
  tags                      = var.tags
  options {
    certificate_transparency_logging_preference = (
      var.certificate_transparency_logging_preference ? "ENABLED" : "DISABLED"
    )
    export = var.certificate_export ? "ENABLED" : null
  }
  lifecycle {
    create_before_destroy = true
  }
}

data "aws_route53_zone" "default" {
  count = local.is_recorded && var.zone_name != "" ? 1 : 0
  name  = var.zone_name
}

resource "aws_route53_record" "default" {
  for_each = {
    for option in (
      local.is_recorded ? aws_acm_certificate.default[0].domain_validation_options : []
    ) :
    option.domain_name => option
  }
  zone_id         = var.zone_id
  name            = each.value.resource_record_name
  type            = each.value.resource_record_type
  records         = [each.value.resource_record_value]
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "default" {
  count                   = local.is_recorded && var.wait_for_certificate_issued ? 1 : 0
  certificate_arn         = aws_acm_certificate.default[0].arn
  validation_record_fqdns = [for record in aws_route53_record.default : record.fqdn]
}

output "arn" {
  value = try(aws_acm_certificate.default[0].arn, "")
}

output "id" {
  value = try(aws_acm_certificate.default[0].id, "")
}

output "validation_certificate_arn" {
  value = try(aws_acm_certificate_validation.default[0].certificate_arn, "")
}

output "domain_validation_options" {
  value = try(aws_acm_certificate.default[0].domain_validation_options, [])
}
""",
)

ALB = KnownModule(
    "cloudposse/alb/aws",
    "0.23.0",
    "3.0.0",
    ("commit eb9bca1", "commit 01a24ab", "release 0.23.0"),
    (
        ModuleArgument("enabled", "null"),
        ModuleArgument("https_enabled", "false"),
        ModuleArgument("certificate_arn", '""'),
        ModuleArgument("additional_certs", "[]"),
    ),
    """
locals {
  is_https = var.enabled == false ? false : var.https_enabled
}

resource "aws_lb_listener" "https" {
  count           = local.is_https ? 1 : 0
  protocol        = "HTTPS"
  certificate_arn = var.certificate_arn
}

resource "aws_lb_listener_certificate" "https_sni" {
  count           = local.is_https ? length(var.additional_certs) : 0
  listener_arn    = aws_lb_listener.https[0].arn
  certificate_arn = var.additional_certs[count.index]
}

output "https_listener_arn" {
  value = aws_lb_listener.https[0].arn
}

output "listener_arns" {
  value = aws_lb_listener.https[*].arn
}
""",
)

CLOUDFRONT_S3_CDN = KnownModule(
    "cloudposse/cloudfront-s3-cdn/aws",
    "0.35.0",
    "2.0.0",
    ("commit 014c873", "commit 0104179"),
    (
        ModuleArgument("enabled", "null"),
        ModuleArgument("acm_certificate_arn", '""'),
        ModuleArgument("aliases", "[]"),
        ModuleArgument("external_aliases", "[]"),
        ModuleArgument("http_version", '"http2"'),
    ),
    """
locals {
  has_certificate = contains(local.given, "acm_certificate_arn")
}

resource "aws_cloudfront_distribution" "default" {
  count        = var.enabled == false ? 0 : 1
  aliases      = local.has_certificate ? concat(var.aliases, var.external_aliases) : []
  http_version = var.http_version
  viewer_certificate {
    acm_certificate_arn            = var.acm_certificate_arn
    cloudfront_default_certificate = !local.has_certificate
  }
}
""",
)

ECS_WEB_APP = KnownModule(
    "cloudposse/ecs-web-app/aws",
    "0.40.0",
    "3.0.0",
    ("commit 0026b79", "commit 0723ed7"),
    (
        ModuleArgument("enabled", "null"),
        ModuleArgument("alb_ingress_authenticated_hosts", "[]"),
        ModuleArgument("alb_ingress_authenticated_listener_arns", "[]"),
        ModuleArgument("alb_ingress_unauthenticated_hosts", "[]"),
        ModuleArgument("alb_ingress_unauthenticated_listener_arns", "[]"),
    ),
    """
resource "aws_lb_listener_rule" "authenticated_hosts" {
  count        = var.enabled == false ? 0 : length(var.alb_ingress_authenticated_listener_arns)
  listener_arn = var.alb_ingress_authenticated_listener_arns[count.index]
  condition {
    host_header {
      values = var.alb_ingress_authenticated_hosts
    }
  }
}

resource "aws_lb_listener_rule" "unauthenticated_hosts" {
  count        = var.enabled == false ? 0 : length(var.alb_ingress_unauthenticated_listener_arns)
  listener_arn = var.alb_ingress_unauthenticated_listener_arns[count.index]
  condition {
    host_header {
      values = var.alb_ingress_unauthenticated_hosts
    }
  }
}
""",
)

ALB_INGRESS = KnownModule(
    "cloudposse/alb-ingress/aws",
    "0.8.0",
    "1.0.0",
    ("commit 02cf639",),
    (
        ModuleArgument("enabled", "null"),
        ModuleArgument("authenticated_hosts", "[]"),
        ModuleArgument("authenticated_listener_arns", "[]"),
        ModuleArgument("unauthenticated_hosts", "[]"),
        ModuleArgument("unauthenticated_listener_arns", "[]"),
    ),
    """
resource "aws_lb_listener_rule" "authenticated_hosts" {
  count        = var.enabled == false ? 0 : length(var.authenticated_listener_arns)
  listener_arn = var.authenticated_listener_arns[count.index]
  condition {
    host_header {
      values = var.authenticated_hosts
    }
  }
}

resource "aws_lb_listener_rule" "unauthenticated_hosts" {
  count        = var.enabled == false ? 0 : length(var.unauthenticated_listener_arns)
  listener_arn = var.unauthenticated_listener_arns[count.index]
  condition {
    host_header {
      values = var.unauthenticated_hosts
    }
  }
}
""",
)

CLOUDFRONT_CDN = KnownModule(
    "cloudposse/cloudfront-cdn/aws",
    "0.14.0",
    "2.0.0",
    ("commit 00d918b",),
    (
        ModuleArgument("enabled", "null"),
        ModuleArgument("acm_certificate_arn", '""'),
        ModuleArgument("aliases", "[]"),
        ModuleArgument("origin_domain_name", '""'),
        ModuleArgument("origin_protocol_policy", '"match-viewer"'),
    ),
    """
resource "aws_cloudfront_distribution" "default" {
  count   = var.enabled == false ? 0 : 1
  aliases = var.aliases
  origin {
    domain_name = var.origin_domain_name
    custom_origin_config {
      origin_protocol_policy = var.origin_protocol_policy
    }
  }
  viewer_certificate {
    acm_certificate_arn            = var.acm_certificate_arn
    cloudfront_default_certificate = !contains(local.given, "acm_certificate_arn")
  }
}
""",
)

NLB = KnownModule(
    "cloudposse/nlb/aws",
    "0.6.0",
    "1.0.0",
    ("commit 0164ede",),
    (
        ModuleArgument("tls_enabled", "false"),
        ModuleArgument("certificate_arn", '""'),
    ),
    """
resource "aws_lb_listener" "tls" {
  count           = var.tls_enabled ? 1 : 0
  protocol        = "TLS"
  certificate_arn = var.certificate_arn
}
""",
)

MODULES = (
    ACM_REQUEST_CERTIFICATE,
    ALB,
    ALB_INGRESS,
    CLOUDFRONT_CDN,
    CLOUDFRONT_S3_CDN,
    ECS_WEB_APP,
    NLB,
)
