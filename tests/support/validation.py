"""The validation of certificates in files, or of requests with zones."""

from __future__ import annotations

from datetime import date
from functools import cache
from textwrap import dedent

from hypothesis import strategies as st
from tests.support.terraform import configuration

from acmrules.analysis.validation import validations
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import take_inventory
from acmrules.model.placed import Location
from acmrules.names import WildcardDomainName
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Zone
from acmrules.strategies import related_names
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import Source
from acmrules.writers import records

DAY = date(2026, 11, 23)


def validations_in(as_of=DAY, **files):
    """Return the validations in files; `_` in the name of a file means a dot."""
    texts = {name.replace("_", "."): dedent(text) for name, text in files.items()}
    terraform = {name: text for name, text in texts.items() if name.endswith(".tf")}
    declarations = [
        declaration
        for name, text in texts.items()
        if name not in terraform
        for declaration in registry.read(
            Source(name, text), Parameters({}, scope=ReadScope.EVERYTHING)
        )
    ]
    if terraform:
        declarations += configuration(terraform, scope=ReadScope.EVERYTHING).declarations("")
    return validations(take_inventory(declarations), lambda _: as_of)


def validation_in(as_of=DAY, **files):
    """Return the validation of the only certificate in files."""
    (one,) = validations_in(as_of, **files)
    return one


def template(properties, rest=""):
    """Return a template of a certificate with some properties, and of other resources."""
    lines = "".join(f"      {line}\n" for line in dedent(properties).strip().splitlines())
    head = "Resources:\n  Site:\n    Type: AWS::CertificateManager::Certificate\n    Properties:\n"
    return head + lines + rest


def zone(name, address="Zone", more=""):
    """Return a hosted zone as a resource of a template."""
    return (
        f"  {address}:\n    Type: AWS::Route53::HostedZone\n"
        f"    Properties: {{Name: '{name}'{more}}}\n"
    )


def stems(*names):
    """Return the distinct names that are validated."""
    return {getattr(name, "parent", name) for name in names}


def declaration(names, zones=(), file="a.yaml", tool=Tool.API, **fields):
    """Return the declaration of a request with DNS validation, and zones of its file."""
    fields.setdefault("validation_method", "DNS")
    request = CertificateRequest.of(names, **fields)
    listed = tuple(Zone(each, f"Z{n}", f"Zone{n}") for n, each in enumerate(zones))
    source = Source(file, "x")
    variant = Variant(request, (), {(): Location(source, 0, 1)}, zones=listed)
    return Declaration(source, tool, "Site", (variant,))


@cache
def declarations():
    """Draw declarations of several files, with related names and zones."""
    plain = related_names().map(
        lambda name: name.parent if isinstance(name, WildcardDomainName) else name
    )
    bodies = st.tuples(
        st.lists(related_names(), min_size=1, max_size=4), st.lists(plain, max_size=3, unique=True)
    )
    return st.lists(bodies, min_size=1, max_size=3).map(
        lambda found: [
            declaration(names, zones, f"{'abc'[n]}.yaml") for n, (names, zones) in enumerate(found)
        ]
    )


def validations_of(listed):
    """Return the validations of the certificates in declarations."""
    return validations(take_inventory(listed), lambda _: DAY)


DNS = "ValidationMethod: DNS\n"


def addresses(declared):
    """Return the files and addresses of located resources."""
    return [f"{each.file} {each.thing.address}" for each in declared]


MODULE = """
resource "aws_acm_certificate" "site" {{
  domain_name       = "a.io"
  validation_method = "DNS"
}}
{}
"""


def missing_records(found):
    """Return the names and zones of the records to create by hand."""
    return {
        (f"_<token>.{cname.stem}.", str(cname.zone.thing.zone_id) if cname.zone else "<zone id>")
        for one in found
        for cname in one.left
    }


THREE_CERTIFICATES = """\
resource "aws_acm_certificate" "site" {
  domain_name               = "brightharbor.io"
  subject_alternative_names = ["*.brightharbor.io", "shop.lighthouse.co.uk"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate" "other" {
  count = 2

  domain_name       = "www.brightharbor.io"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate" "each" {
  for_each = { a = var.domain, b = "x.${var.domain}" }

  domain_name       = each.value
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

variable "domain" {
  type = string
}

data "aws_route53_zone" "main" {
  name = "brightharbor.io"
}
"""
"""A Terraform module with a certificate, two by `count`, and two by `for_each`."""


def render_records(found, form):
    """Return the records to create by hand, in a format."""
    return records.render(found, form, default_suffixes().base_domain_name)


DNS_SITE = template(
    """
    DomainName: brightharbor.io
    SubjectAlternativeNames: ['*.brightharbor.io', shop.lighthouse.io]
    ValidationMethod: DNS
    DomainValidationOptions: [{DomainName: brightharbor.io, HostedZoneId: !Ref Zone}]
    """,
    zone("brightharbor.io"),
)
MAIL_SITE = template("DomainName: brightharbor.io\nSubjectAlternativeNames: [www.brightharbor.io]")
WITH_ZONE_ID = "DomainName: w.a.io\nValidationMethod: DNS\nDomainValidationOptions:\n- {{DomainName: w.a.io, HostedZoneId: {}}}"  # noqa: E501  (one line of YAML each)
WITHOUT_OPTIONS = "DomainName: w.a.io\nValidationMethod: DNS"
TERRAFORM_SITE = """
resource "aws_acm_certificate" "site" {
  domain_name       = "w.a.io"
  validation_method = "DNS"
}
"""
