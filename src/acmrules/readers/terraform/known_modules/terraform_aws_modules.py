"""The modules of terraform-aws-modules (https://github.com/terraform-aws-modules)."""

from __future__ import annotations

from acmrules.readers.terraform.known_modules.table import KnownModule, ModuleArgument

ACM = KnownModule(
    "terraform-aws-modules/acm/aws",
    "2.8.0",
    "7.0.0",
    ("commit e35292c (4.3.0)", "commit 00db4c9 (5.2.0)", "releases 1.0.0 to 6.0.0"),
    (
        ModuleArgument("create_certificate", "true"),
        ModuleArgument("domain_name", '""'),
        ModuleArgument("subject_alternative_names", "[]"),
        ModuleArgument("validation_method", '"DNS"', until="5.0.0"),
        ModuleArgument("validation_method", "null", since="5.0.0"),
        ModuleArgument("validation_option", "{}", since="4.0.0"),
        ModuleArgument("certificate_transparency_logging_preference", "true"),
        ModuleArgument("key_algorithm", "null", since="4.3.0"),
        ModuleArgument("private_authority_arn", "null", since="5.2.0"),
        ModuleArgument("export", "null", since="6.0.0"),
        ModuleArgument("region", "null", since="6.0.0"),
        ModuleArgument("tags", "{}"),
        ModuleArgument("zone_id", '""'),
        ModuleArgument("zones", "{}", since="5.1.0"),
        ModuleArgument("validate_certificate", "true"),
        ModuleArgument("create_route53_records", "true", since="3.3.0"),
        ModuleArgument("create_route53_records_only", "false", since="4.1.0"),
        ModuleArgument("acm_certificate_domain_validation_options", "[]", since="4.1.0"),
        ModuleArgument("validation_record_fqdns", "[]", since="3.3.0"),
        ModuleArgument("validation_allow_overwrite_records", "true"),
        ModuleArgument("validation_timeout", "null", since="4.2.0"),
        ModuleArgument("wait_for_validation", "true"),
    ),
    """
locals {
  is_validated = var.create_certificate && var.validate_certificate
  is_recorded = (
    local.is_validated && var.validation_method == "DNS" && var.create_route53_records
  )
  others = (
    var.create_route53_records_only ? var.acm_certificate_domain_validation_options : []
  )
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
    for option in (
      local.is_recorded ? aws_acm_certificate.this[0].domain_validation_options : local.others
    ) :
    trimprefix(option.domain_name, "*.") => option...
  }
  zone_id = (
    length(var.zones) == 0 ? var.zone_id : lookup(var.zones, each.key, var.zone_id)
  )
  name            = each.value[0].resource_record_name
  type            = each.value[0].resource_record_type
  records         = [each.value[0].resource_record_value]
  allow_overwrite = var.validation_allow_overwrite_records
}

resource "aws_acm_certificate_validation" "this" {
  count           = local.is_validated && var.wait_for_validation ? 1 : 0
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

output "this_acm_certificate_domain_validation_options" {
  value = aws_acm_certificate.this[0].domain_validation_options
}

output "validation_domains" {
  value = aws_acm_certificate.this[0].domain_validation_options
}

output "validation_route53_record_fqdns" {
  value = [for record in aws_route53_record.validation : record.fqdn]
}

output "distinct_domain_names" {
  value = distinct([
    for name in concat([var.domain_name], var.subject_alternative_names) : trimprefix(name, "*.")
  ])
}
""",
)

ALB = KnownModule(
    "terraform-aws-modules/alb/aws",
    "5.0.0",
    "11.0.0",
    ("commit f51ae89", "commit 00a2371", "commit 12bb6e3", "releases 6.6.1 to 9.16.0"),
    (
        ModuleArgument("create_lb", "true", until="9.0.0"),
        ModuleArgument("https_listeners", "[]", until="9.0.0"),
        ModuleArgument("https_listener_rules", "[]", until="9.0.0"),
        ModuleArgument("extra_ssl_certs", "[]", until="9.0.0"),
        ModuleArgument("create", "true", since="9.0.0"),
        ModuleArgument("listeners", "{}", since="9.0.0"),
        ModuleArgument("default_protocol", '"HTTP"', since="9.0.0"),
        ModuleArgument("region", "null", since="10.0.0"),
    ),
    """
locals {
  rules = flatten([
    for listener, values in var.listeners : [
      for rule, of in try(values.rules, {}) :
      { key = "${listener}/${rule}", at = listener, of = of }
    ]
  ])
  others = flatten([
    for listener, values in var.listeners : [
      for index, arn in try(values.additional_certificate_arns, []) :
      { key = "${listener}/${index}", at = listener, arn = arn }
    ]
  ])
}

resource "aws_lb_listener" "this" {
  for_each        = var.create ? var.listeners : {}
  certificate_arn = try(each.value.certificate_arn, null)
  protocol        = try(each.value.protocol, var.default_protocol)
  region          = var.region
}

resource "aws_lb_listener_rule" "this" {
  for_each     = { for rule in local.rules : rule.key => rule if var.create }
  listener_arn = try(each.value.of.listener_arn, aws_lb_listener.this[each.value.at].arn)
  dynamic "condition" {
    for_each = try(each.value.of.conditions, [])
    content {
      host_header {
        values = try(condition.value.host_header.values, [])
      }
    }
  }
}

resource "aws_lb_listener_certificate" "this" {
  for_each        = { for other in local.others : other.key => other if var.create }
  listener_arn    = aws_lb_listener.this[each.value.at].arn
  certificate_arn = each.value.arn
  region          = var.region
}

resource "aws_lb_listener" "frontend_https" {
  count           = var.create_lb ? length(var.https_listeners) : 0
  certificate_arn = try(var.https_listeners[count.index].certificate_arn, null)
  protocol        = try(var.https_listeners[count.index].protocol, "HTTPS")
}

resource "aws_lb_listener_rule" "https_listener_rule" {
  count = var.create_lb ? length(var.https_listener_rules) : 0
  listener_arn = aws_lb_listener.frontend_https[
    try(var.https_listener_rules[count.index].https_listener_index, count.index)
  ].arn
  dynamic "condition" {
    for_each = try(var.https_listener_rules[count.index].conditions, [])
    content {
      host_header {
        values = try(condition.value.host_headers, [])
      }
    }
  }
}

resource "aws_lb_listener_certificate" "https_listener" {
  count = var.create_lb ? length(var.extra_ssl_certs) : 0
  listener_arn = aws_lb_listener.frontend_https[
    var.extra_ssl_certs[count.index].https_listener_index
  ].arn
  certificate_arn = var.extra_ssl_certs[count.index].certificate_arn
}
""",
)

CLOUDFRONT = KnownModule(
    "terraform-aws-modules/cloudfront/aws",
    "1.0.0",
    "7.0.0",
    ("commit 019ffbe", "commit d31306d", "commit 03ae8da", "release 6.0.0"),
    (
        ModuleArgument("create_distribution", "true", until="6.0.0"),
        ModuleArgument("create", "true", since="6.0.0"),
        ModuleArgument("aliases", "null"),
        ModuleArgument("http_version", '"http2"'),
        ModuleArgument("origin", "{}"),
        ModuleArgument("viewer_certificate", "{ cloudfront_default_certificate = true }"),
    ),
    """
locals {
  viewer = var.viewer_certificate
}

resource "aws_cloudfront_distribution" "this" {
  count        = var.create_distribution && var.create ? 1 : 0
  aliases      = var.aliases
  http_version = var.http_version
  dynamic "origin" {
    for_each = var.origin
    content {
      domain_name = origin.value.domain_name
      dynamic "custom_origin_config" {
        for_each = try([origin.value.custom_origin_config], [])
        content {
          https_port             = try(custom_origin_config.value.https_port, null)
          origin_protocol_policy = try(custom_origin_config.value.origin_protocol_policy, null)
        }
      }
    }
  }
  viewer_certificate {
    acm_certificate_arn            = try(local.viewer.acm_certificate_arn, null)
    cloudfront_default_certificate = try(local.viewer.cloudfront_default_certificate, null)
    iam_certificate_id             = try(local.viewer.iam_certificate_id, null)
    ssl_support_method             = try(local.viewer.ssl_support_method, null)
  }
}
""",
)

APIGATEWAY_V2 = KnownModule(
    "terraform-aws-modules/apigateway-v2/aws",
    "1.0.0",
    "7.0.0",
    ("commit ed8cf28", "commit 00a1449", "releases 5.0.0 and 6.0.0"),
    (
        ModuleArgument("create", "true"),
        ModuleArgument("create_api_domain_name", "true", until="5.0.0"),
        ModuleArgument("create_domain_name", "true", since="5.0.0"),
        ModuleArgument("create_domain_records", "true", since="5.0.0"),
        ModuleArgument("create_certificate", "false", until="5.0.0"),
        ModuleArgument("create_certificate", "true", since="5.0.0"),
        ModuleArgument("domain_name", "null", until="5.0.0"),
        ModuleArgument("domain_name", '""', since="5.0.0"),
        ModuleArgument("subdomains", "[]", since="5.0.0"),
        ModuleArgument("hosted_zone_name", "null", since="5.0.0"),
        ModuleArgument("domain_name_certificate_arn", "null"),
        ModuleArgument("domain_name_ownership_verification_certificate_arn", "null", since="2.0.0"),
        ModuleArgument("mutual_tls_authentication", "{}"),
        ModuleArgument("region", "null", since="6.0.0"),
        ModuleArgument("tags", "{}"),
    ),
    """
locals {
  has_domain      = var.create && var.create_api_domain_name && var.create_domain_name
  has_certificate = local.has_domain && var.create_certificate
  bare_name       = trimprefix(var.domain_name, "*.")
}

resource "aws_apigatewayv2_domain_name" "this" {
  count       = local.has_domain ? 1 : 0
  domain_name = var.domain_name
  region      = var.region
  domain_name_configuration {
    certificate_arn = (
      local.has_certificate ? module.acm.acm_certificate_arn : var.domain_name_certificate_arn
    )
    endpoint_type = "REGIONAL"
    ownership_verification_certificate_arn = (
      var.domain_name_ownership_verification_certificate_arn
    )
  }
  dynamic "mutual_tls_authentication" {
    for_each = length(var.mutual_tls_authentication) > 0 ? [1] : []
    content {}
  }
}

data "aws_route53_zone" "this" {
  count = local.has_domain && var.create_domain_records ? 1 : 0
  name  = coalesce(var.hosted_zone_name, local.bare_name)
}

module "acm" {
  source             = "terraform-aws-modules/acm/aws"
  version            = "~> 5.0"
  create_certificate = local.has_certificate && var.create_domain_records
  domain_name        = local.bare_name
  subject_alternative_names = startswith(var.domain_name, "*.") ? [var.domain_name] : [
    for name in var.subdomains : "${name}.${local.bare_name}"
  ]
  validation_method = "DNS"
  zone_id           = try(data.aws_route53_zone.this[0].zone_id, "")
  tags              = var.tags
}

output "acm_certificate_arn" {
  value = module.acm.acm_certificate_arn
}
""",
)

APPSYNC = KnownModule(
    "terraform-aws-modules/appsync/aws",
    "1.0.0",
    "4.0.0",
    ("commit 02d51a9", "commit 2b995c5"),
    (
        ModuleArgument("create_graphql_api", "true"),
        ModuleArgument("domain_name_association_enabled", "false"),
        ModuleArgument("domain_name", '""'),
        ModuleArgument("certificate_arn", '""'),
    ),
    """
resource "aws_appsync_domain_name" "this" {
  count           = var.create_graphql_api && var.domain_name_association_enabled ? 1 : 0
  domain_name     = var.domain_name
  certificate_arn = var.certificate_arn
}
""",
)

ELB = KnownModule(
    "terraform-aws-modules/elb/aws",
    "2.0.0",
    "5.0.0",
    ("commit 0bf0d84", "commit 39a74bd", "commit 36890c9"),
    (
        ModuleArgument("create_elb", "true"),
        ModuleArgument("listener", "[]"),
    ),
    """
resource "aws_elb" "this" {
  count = var.create_elb ? 1 : 0
  dynamic "listener" {
    for_each = var.listener
    content {
      lb_protocol        = try(listener.value.lb_protocol, null)
      ssl_certificate_id = try(listener.value.ssl_certificate_id, null)
    }
  }
}
""",
)

MODULES = (ACM, ALB, APIGATEWAY_V2, APPSYNC, CLOUDFRONT, ELB)
