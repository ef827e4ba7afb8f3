"""Folders whose files grow with a number, each with what one reader or one rule works through."""

_VALIDATED = """\
resource "aws_acm_certificate" "c#" {
  domain_name       = "n#.brightharbor.io"
  validation_method = "DNS"
  lifecycle { create_before_destroy = true }
}
"""
_RECORDS = """\
resource "%s" "r#" {
  for_each = {for o in aws_acm_certificate.c#.domain_validation_options : o.domain_name => o}
  zone_id  = "Z0123456789ABC"
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  %s  = %s
  ttl      = 60
}
"""
_OF_ROUTE_53 = _RECORDS % ("aws_route53_record", "records", "[each.value.resource_record_value]")
_OF_CLOUDFLARE = _RECORDS % (
    "cloudflare_dns_record",
    "content",
    "each.value.resource_record_value\n  proxied = true",
)
_AWAITED = """\
resource "aws_acm_certificate_validation" "v#" {
  certificate_arn         = aws_acm_certificate.c#.arn
  validation_record_fqdns = [for r in aws_route53_record.r# : r.fqdn]
}
resource "aws_lb_listener" "l#" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:210987654320:loadbalancer/app/x/#"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate_validation.v#.certificate_arn
}
"""
_TWO_REGIONS = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "east"
  region = "us-east-1"
}
"""
_IN_EAST = _VALIDATED.replace("{", "{\n  provider = aws.east", 1)
_CLUSTER = _TWO_REGIONS + 'data "aws_eks_cluster" "main" {\n  name = "main"\n}\n'
_IN_ACCOUNTS = """\
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["210987654320"]
}
provider "aws" {
  alias  = "dns"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::310987654321:role/dns"
  }
}
"""
_ZONE = """\
resource "aws_route53_zone" "z#" {
  name = "z#.brightharbor.io"
}
resource "aws_route53_record" "ns#" {
  zone_id = "Z0123456789ABC"
  name    = "z#.brightharbor.io"
  type    = "NS"
  ttl     = 300
  records = aws_route53_zone.z#.name_servers
}
"""
_SITE = """\
variable "x" {
  type = string
}
resource "aws_acm_certificate" "c#" {
  domain_name       = var.x
  validation_method = "DNS"
}
"""
_KNOWN = """\
module "m#" {
  source  = "terraform-aws-modules/acm/aws"
  version = "~> 5.0"

  domain_name       = "n_#.brightharbor.io"
  validation_method = "DNS"
  zone_id           = "Z0123456789ABC"
}
"""
_DOWNLOADED = """\
module "m#" {
  source = "acme/certificate/aws"
  domain = "n_#.brightharbor.io"
}
"""
_INGRESS = """\
resource "kubernetes_ingress_v1" "i#" {
  metadata {
    name = "i#"
    annotations = {
      "alb.ingress.kubernetes.io/certificate-arn" = aws_acm_certificate.c#.arn
    }
  }
  spec {
    ingress_class_name = "alb"
    rule {
      host = "n#.brightharbor.io"
    }
  }
}
"""
_CHART = """\
resource "helm_release" "h#" {
  name  = "h#"
  chart = "ingress-nginx"
  values = [
    yamlencode({controller = {service = {annotations = {
      "service.beta.kubernetes.io/aws-load-balancer-ssl-cert" = aws_acm_certificate.c#.arn
      "service.beta.kubernetes.io/aws-load-balancer-type"     = "nlb"
    }}}})
  ]
}
"""
_SEARCH = """\
data "aws_acm_certificate" "d#" {
  domain     = "n#.brightharbor.io"
  depends_on = [aws_acm_certificate_validation.v#]
}
resource "aws_cloudfront_distribution" "f#" {
  viewer_certificate {
    acm_certificate_arn = data.aws_acm_certificate.d#.arn
  }
}
"""
_ALB_INGRESS = """\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i#
  annotations:
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
spec:
  ingressClassName: alb
  tls:
  - {hosts: [h#.brightharbor.io], secretName: s#}
  rules:
  - host: h#.brightharbor.io
"""
_GATEWAY = """\
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g#}
spec:
  gatewayClassName: alb
  listeners:
  - {name: https, protocol: HTTPS, port: 443, hostname: h#.brightharbor.io}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r#}
spec:
  parentRefs: [{name: g#}]
  hostnames: [h#.brightharbor.io]
"""
_GATEWAY_CLASS = """\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
"""
_PUBLIC_AND_PRIVATE = """\
---
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata: {name: c#}
spec: {domainName: h#.brightharbor.io}
---
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata: {name: p#}
spec:
  domainName: h#.brightharbor.io
  certificateAuthorityARN: arn:aws:acm-pca:eu-west-1:210987654320:certificate-authority/c1
"""
_SERVICE = "service: shop\nprovider: {name: aws, region: us-east-1}\n"
_SERVED = """\
    C#:
      Type: AWS::CertificateManager::Certificate
      Properties: {DomainName: n#.brightharbor.io, ValidationMethod: DNS, Tags: %s}
"""
_LISTENER = """\
  L#:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Protocol: HTTPS
      LoadBalancerArn: arn:aws:elasticloadbalancing:us-east-1:210987654320:loadbalancer/app/x/#
      Certificates: [{CertificateArn: 'arn:aws:acm:us-east-1:310987654321:certificate/c#'}]
"""
_DISTRIBUTION = """\
  D#:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [d#.brightharbor.io]
        ViewerCertificate: {CloudFrontDefaultCertificate: true}
"""
_OTHER_DOMAINS = """\
  C#:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: n#.brightharbor%s.io
      ValidationMethod: DNS
      DomainValidationOptions:
      - {DomainName: n#.brightharbor%s.io, HostedZoneId: Z0123456789ABC}
"""


def lines(count, line):
    """Return a number of lines, `#` replaced by the number of each."""
    return "".join(line.replace("#", str(number)) + "\n" for number in range(count))


def _listed(count):
    """Return the list of the modules that Terraform has downloaded."""
    one = '{"Key": "m#", "Source": "acme/certificate/aws", "Dir": ".terraform/modules/m#"}'
    return '{"Modules": [' + ", ".join(one.replace("#", str(i)) for i in range(count)) + "]}"


def _module(count, text):
    return {"main.tf": lines(count, text)}


FOLDERS = {
    "references to a mapping": lambda n: {
        "serverless.yml": _SERVICE
        + "custom:\n  tags:\n"
        + lines(n, "    k#: v#")
        + "resources:\n  Resources:\n"
        + lines(n, _SERVED % "[{Key: a, Value: '${self:custom.tags.k#}'}]")
    },
    "references by way of a mapping": lambda n: {
        "serverless.yml": _SERVICE
        + "custom:\n  own: '${self:custom.tags}'\n  tags:\n"
        + lines(n, "    k#: v#")
        + "resources:\n  Resources:\n"
        + lines(n, _SERVED % "[{Key: a, Value: '${self:custom.own.k#}'}]")
    },
    "domains of a service": lambda n: {
        "serverless.yml": _SERVICE
        + "custom:\n  zone: brightharbor.io\n  customDomains:\n"
        + lines(
            n,
            "    - {domainName: 'n#.${self:custom.zone}', certificateName: '${self:custom.zone}'}",
        )
    },
    "environments of a variable": lambda n: {
        "main.tf": _SITE.replace("#", ""),
        **{f"env/e{i}.tfvars": f'x = "n_{i}.brightharbor.io"\n' for i in range(n)},
    },
    "values of an environment": lambda n: {
        "main.tf": lines(n, 'variable "x#" {}\n' + _VALIDATED).replace('"n', '"${var.x0}n'),
        "env/dev.tfvars": lines(n, 'x# = "a#."'),
        "env/prod.tfvars": lines(n, 'x# = "b#."'),
    },
    "units of Terragrunt": lambda n: {
        **{f"modules/m{i}/main.tf": _SITE.replace("#", "") for i in range(n)},
        **{
            f"live/u{i}/terragrunt.hcl": (
                f'terraform {{\n  source = "../../modules//m{i}"\n}}\n'
                f'inputs = {{\n  x = "n_{i}.brightharbor.io"\n}}\n'
            )
            for i in range(n)
        },
    },
    "downloaded modules": lambda n: {
        "main.tf": lines(n, _DOWNLOADED),
        ".terraform/modules/modules.json": _listed(n),
        **{
            f".terraform/modules/m{i}/main.tf": _SITE.replace("#", "")
            .replace("x", "domain", 1)
            .replace("var.x", "var.domain")
            for i in range(n)
        },
    },
    "known modules": lambda n: _module(n, _KNOWN),
    "ingresses of Terraform": lambda n: {"main.tf": _CLUSTER + lines(n, _IN_EAST + _INGRESS)},
    "charts": lambda n: {"main.tf": _CLUSTER + lines(n, _IN_EAST + _CHART)},
    "searches of certificates": lambda n: _module(
        n, _VALIDATED + _OF_ROUTE_53 + _AWAITED + _SEARCH
    ),
    "validations": lambda n: _module(n, _VALIDATED + _OF_ROUTE_53 + _AWAITED),
    "validations in another Region": lambda n: {
        "main.tf": _TWO_REGIONS
        + lines(
            n,
            _VALIDATED
            + _OF_ROUTE_53
            + _AWAITED.replace(
                "  certificate_arn   ", "  provider = aws.east\n  certificate_arn   ", 1
            ),
        )
    },
    "records of another service": lambda n: _module(n, _VALIDATED + _OF_CLOUDFLARE),
    "accounts of Terraform": lambda n: {
        "main.tf": _IN_ACCOUNTS
        + lines(n, _VALIDATED.replace("{", "{\n  provider = aws.dns", 1) + _OF_ROUTE_53 + _AWAITED)
    },
    "zones of Terraform": lambda n: _module(n, _VALIDATED + _OF_ROUTE_53 + _ZONE),
    "ingresses of the controller": lambda n: {"site.yaml": lines(n, _ALB_INGRESS)},
    "gateways": lambda n: {"site.yaml": _GATEWAY_CLASS + lines(n, _GATEWAY)},
    "public and private certificates": lambda n: {
        "site.yaml": lines(n, _PUBLIC_AND_PRIVATE + _ALB_INGRESS)
    },
    "listeners of another account": lambda n: {"site.yaml": "Resources:\n" + lines(n, _LISTENER)},
    "default certificates": lambda n: {"site.yaml": "Resources:\n" + lines(n, _DISTRIBUTION)},
    "domains of one zone": lambda n: {
        "site.yaml": "Resources:\n" + lines(n, _OTHER_DOMAINS % ("#", "#"))
    },
}
"""Returns the files of a folder by their paths, for each kind of input."""
