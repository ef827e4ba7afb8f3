"""The consumers of certificates in a root module, and which certificate each of them uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import consumers, declarations, names, only, text_at

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.resources import CertificateReference

CERTIFICATE = """
    resource "aws_acm_certificate" "c" {
      domain_name       = "brightharbor.io"
      validation_method = "DNS"
    }
    """
DOMAIN = """
    resource "aws_api_gateway_domain_name" "u" {{
      {inside}
      domain_name     = "brightharbor.io"
      certificate_arn = {arn}
    }}
    """
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/x"


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["a", "b", "x"])), max_size=6),
    st.booleans(),
)
def test_each_instance_has_the_consumers_that_name_it(drawn, swapped):
    """A consumer belongs to the instance whose key it refers to, whatever the order."""
    certificates = """
        resource "aws_acm_certificate" "c" {
          for_each    = toset(["a", "b"])
          domain_name = "${each.key}.io"
        }
        """
    users = "".join(
        f'resource "aws_apigatewayv2_domain_name" "u{number}" {{\\n'
        f'  domain_name = "{host}{number}.io"\\n'
        f"  domain_name_configuration {{\\n"
        f'    certificate_arn = aws_acm_certificate.c["{key}"].arn\\n  }}\\n}}\\n'
        for number, (key, host) in enumerate(drawn)
    ).replace("\\n", "\n")
    (declaration,) = declarations(users + certificates if swapped else certificates + users)
    for variant, key in zip(declaration.variants, "ab", strict=True):
        hosts = [str(consumer.hosts[0]) for consumer in variant.consumers]
        wanted = [f"{host}{number}.io" for number, (own, host) in enumerate(drawn) if own == key]
        assert hosts == wanted


@pytest.mark.parametrize(
    ("certificate", "arn", "address"),
    [
        ("", "aws_acm_certificate.c.arn", ""),
        ("", '"${aws_acm_certificate.c.arn}"', ""),
        ("", "aws_acm_certificate.c.id", ""),
        ("", "try(aws_acm_certificate.c.arn, null)", ""),
        ("", "local.arn", ""),
        ("", "aws_acm_certificate_validation.v.certificate_arn", ""),
        ("count = 1", "aws_acm_certificate.c[0].arn", "[0]"),
        ("count = 1", "aws_acm_certificate.c.0.arn", "[0]"),
        ("count = 1", "one(aws_acm_certificate.c[*].arn)", "[0]"),
        ("count = 1", 'join("", aws_acm_certificate.c[*].arn)', "[0]"),
        ("count = 1", "element(aws_acm_certificate.c.*.arn, 0)", "[0]"),
        ("count = 1", 'try(aws_acm_certificate.c[0].arn, "")', "[0]"),
        ('for_each = toset(["a"])', 'aws_acm_certificate.c["a"].arn', '["a"]'),
        ('for_each = toset(["a"])', "values(aws_acm_certificate.c)[0].arn", '["a"]'),
        ('for_each = toset(["a"])', "{for k, c in aws_acm_certificate.c : k => c.arn}.a", '["a"]'),
    ],
)
def test_a_consumer_finds_its_certificate(certificate, arn, address):
    """A consumer finds its certificate through any reference, a local, or a validation."""
    others = """
        locals {
          arn = aws_acm_certificate.c.arn
        }
        resource "aws_acm_certificate_validation" "v" {
          certificate_arn = aws_acm_certificate.c.arn
        }
        """
    text = CERTIFICATE.replace("domain_name ", f"{certificate}\n      domain_name ")
    uses = consumers(text + DOMAIN.format(inside="", arn=arn) + others)
    wanted = f"aws_acm_certificate.c{address}"
    assert uses == {("aws_api_gateway_domain_name.u", wanted): "brightharbor.io"}


def test_a_consumer_finds_a_certificate_through_an_output():
    """A consumer finds a certificate through an output, in the root and in a called module."""
    files = {
        "main.tf": """
            module "certificate" {
              source = "./certificate"
            }
            module "user" {
              source = "./user"
              arn    = module.certificate.arn
            }
            """
        + DOMAIN.format(inside="", arn="module.certificate.arn"),
        "certificate/main.tf": CERTIFICATE
        + 'output "arn" {\n value = aws_acm_certificate.c.arn\n}\n',
        "user/main.tf": 'variable "arn" {}\n' + DOMAIN.format(inside="", arn="var.arn"),
    }
    address = "module.certificate.aws_acm_certificate.c"
    assert [user for user, certificate in consumers(files) if certificate == address] == [
        "aws_api_gateway_domain_name.u",
        "module.user.aws_api_gateway_domain_name.u",
    ]
    (declaration,) = declarations(files)
    assert declaration.variants[0].all_consumers_known is False


@pytest.mark.parametrize(
    "arn",
    [f'"{ARN}"', "var.arn", "data.aws_acm_certificate.c.arn", "module.no.arn"],
)
def test_a_consumer_of_a_certificate_from_elsewhere_is_a_declaration(arn):
    """A consumer of a certificate from elsewhere has a declaration of its own."""
    declaration = only(DOMAIN.format(inside="", arn=arn))
    (consumer,) = declaration.variants[0].consumers
    assert declaration.address == "aws_api_gateway_domain_name.u"
    assert not isinstance(consumer.certificate, CertificateReference)
    assert text_at(declaration, "consumers", 0, "certificate")[0] == arn.strip('"')


def test_a_consumer_of_an_unknown_instance_requires_no_host():
    """If the key of a reference is unknown, no instance has to cover the consumer's hosts."""
    text = """
        variable "which" {}
        resource "aws_acm_certificate" "c" {
          for_each          = toset(["a", "b"])
          domain_name       = "${each.key}.io"
          validation_method = "DNS"
          lifecycle {
            create_before_destroy = true
          }
        }
        resource "aws_apigatewayv2_domain_name" "u" {
          domain_name = "a.io"
          domain_name_configuration {
            certificate_arn = aws_acm_certificate.c[var.which].arn
          }
        }
        """
    found = declarations(text)
    assert [len(variant.consumers) for variant in found[0].variants] == [1, 1]
    report = check_declarations(found, Linter())
    assert "ACM205" not in {each.rule.id for each in report.findings}


def test_a_consumer_uses_the_instance_of_an_unknown_number():
    """If the number of instances is unknown, a consumer belongs to their common one."""
    text = CERTIFICATE.replace("domain_name ", "count = var.n\n      domain_name ")
    uses = consumers(text + DOMAIN.format(inside="", arn="aws_acm_certificate.c[0].arn"))
    assert uses == {("aws_api_gateway_domain_name.u", "aws_acm_certificate.c"): "brightharbor.io"}


def test_a_use_in_one_branch_is_in_one_variant():
    """In the other branch, both the certificate and the consumer stay without each other."""
    text = f"""
        variable "own" {{
          default = true
        }}
        {CERTIFICATE}
        {DOMAIN.format(inside="", arn=f'var.own ? aws_acm_certificate.c.arn : "{ARN}"')}
        """
    certificate, alone = declarations(text)
    assert {each.condition: len(each.consumers) for each in certificate.variants} == {
        "when `var.own` is true": 1,
        "when `var.own` is false": 0,
    }
    assert [str(each.certificate) for each in alone.variants[0].consumers] == [ARN]


def test_an_invalid_consumer_does_not_affect_its_certificate():
    """An invalid consumer does not prevent checks of its certificate."""
    text = CERTIFICATE + DOMAIN.format(inside="", arn="[aws_acm_certificate.c.arn]")
    assert names(text) == {"aws_acm_certificate.c": "brightharbor.io"}
    assert consumers(text) == {}
