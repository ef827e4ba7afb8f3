"""Declarations of Terraform modules: certificates with their consumers, and other consumers."""

import pytest
from tests.support.terraform import declarations, only, refused

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.readers.options import ReadScope

CERTIFICATE = """
    resource "aws_acm_certificate" "c" {
      domain_name       = "brightharbor.io"
      validation_method = "DNS"
    }
    """
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/x"


def found(files, **known):
    """Return the findings of declarations, as rule ids with severities, in order."""
    report = check_declarations(declarations(files, **known), Linter())
    return [f"{each.rule.id} {each.severity}" for each in report.findings]


DOMAIN = """
    resource "aws_api_gateway_domain_name" "u" {{
      {inside}
      domain_name     = "brightharbor.io"
      certificate_arn = {arn}
    }}
    """


# Unknown consumers --------------------------------------------------------------------------------

VALIDATION = """
    resource "aws_acm_certificate_validation" "v" {{
      certificate_arn = aws_acm_certificate.{}.arn
    }}
    """
VALIDATED = """
    output "arn" {
      value = aws_acm_certificate_validation.v.certificate_arn
    }
    """
OTHERS = [
    ("", True),
    ('output "arn" {\n value = aws_acm_certificate.c.arn\n}', False),
    ("locals {\n arn = aws_acm_certificate.c.arn\n}", False),
    ('module "m" {\n source = "x/y/z"\n arn = aws_acm_certificate.c.arn\n}', False),
    ('resource "a" "b" {\n arn = aws_acm_certificate.c.arn\n}', False),
    ('resource "a" "b" {\n arn = data.aws_acm_certificate.c.arn\n}', True),
    ('resource "a" "b" {\n arn = aws_acm_certificate.other.arn\n}', True),
    ("# like aws_acm_certificate.c.arn", True),
    ("/*\n aws_acm_certificate.c.arn */", True),
    ('locals {\n arn = "${aws_acm_certificate.c.arn}#" # x\n}', False),
    (VALIDATION.format("c"), True),
    (VALIDATION.format("c") + VALIDATED, False),
    (VALIDATION.format("other") + VALIDATED, True),
    ('resource "aws_route53_record" "r" {\n zone_id = aws_acm_certificate.c.id\n}', True),
]


@pytest.mark.parametrize(("other", "known"), OTHERS)
def test_all_consumers_are_known_unless_another_block_mentions_the_certificate(other, known):
    """A validation does not count as a consumer, but an output or a local may."""
    declaration, *_ = declarations(
        {
            "main.tf": CERTIFICATE + DOMAIN.format(inside="", arn="aws_acm_certificate.c.arn"),
            "other.tf": other,
        }
    )
    assert declaration.variants[0].all_consumers_known is known


# Lifecycle ----------------------------------------------------------------------------------------

FIRST = "lifecycle {\n create_before_destroy = true\n }"


@pytest.mark.parametrize(
    ("certificate", "consumer", "messages"),
    [
        ("", "", ["ACM603 warning"]),
        (FIRST, "", []),
        ("lifecycle {\n create_before_destroy = false\n }", "", ["ACM603 warning"]),
        ("lifecycle {\n prevent_destroy = true\n }", "", ["ACM603 warning"]),
        ("", FIRST, []),
        ("lifecycle {\n create_before_destroy = false\n }", FIRST, []),
    ],
)
def test_create_before_destroy_is_inherited_from_dependents(certificate, consumer, messages):
    """A certificate inherits `create_before_destroy` from a resource that depends on it."""
    text = CERTIFICATE.replace("domain_name ", f"{certificate}\n      domain_name ")
    text += DOMAIN.format(inside=consumer, arn="aws_acm_certificate.c.arn")
    region = 'provider "aws" {\n region = "us-east-1"\n}\n'
    others = found({"main.tf": text, "region.tf": region})
    assert [each for each in others if "ACM515" not in each] == messages


def test_create_before_destroy_is_inherited_from_the_validation():
    """A certificate inherits `create_before_destroy` from its validation."""
    text = CERTIFICATE + DOMAIN.format(
        inside="", arn="aws_acm_certificate_validation.v.certificate_arn"
    )
    validation = (
        'resource "aws_acm_certificate_validation" "v" {{\n'
        " certificate_arn = aws_acm_certificate.c.arn\n {}\n}}\n"
        'provider "aws" {{\n region = "us-east-1"\n}}\n'
    )
    assert found(text + validation.format("")) == ["ACM603 warning"]
    assert found(text + validation.format(FIRST)) == []


def test_lifecycle_in_json():
    """In JSON, `lifecycle` is an argument or a list of one item."""
    text = (
        '{"resource": {"aws_acm_certificate": {"c": {"domain_name": "a.io", "lifecycle": LIFE}}}}'
    )
    for written in ('{"create_before_destroy": true}', '[{"create_before_destroy": true}]'):
        declaration = only({"main.tf.json": text.replace("LIFE", written)})
        assert declaration.request.create_before_destroy is True
    declaration = only({"main.tf.json": text.replace("LIFE", '{"ignore_changes": []}')})
    assert declaration.request.create_before_destroy is None


# Imports, conditions, errors ----------------------------------------------------------------------


def test_an_import_has_its_consumers():
    """An imported certificate has consumers although it is not a request."""
    text = """
        resource "aws_acm_certificate" "c" {
          certificate_body = file("c.pem")
          private_key      = file("c.key")
        }
        provider "aws" {
          region = "us-east-1"
        }
        """ + DOMAIN.format(inside="", arn="aws_acm_certificate.c.arn")
    (declaration,) = declarations(text)
    assert declaration.request is None
    assert declaration.variants[0].imported is not None
    assert len(declaration.variants[0].consumers) == 1
    assert found(text) == []


def test_an_import_that_requests_is_reported():
    """A certificate that is both imported and requested is reported."""
    text = CERTIFICATE.replace("domain_name ", 'private_key = "x"\n      domain_name ')
    assert found(text) == ["ACM703 error"]


def test_a_certificate_with_conditions_that_exclude_each_other_is_read():
    """Its conditions may be a mistake, so it is checked, but it covers no host."""
    count = 'contains(["dev", "test"], var.env) && var.env == "prod" ? 1 : 0'
    text = 'variable "env" {}\n' + CERTIFICATE.replace(
        "domain_name ", f"count = {count}\n      domain_name "
    )
    [declaration] = declarations({"main.tf": text})
    assert declaration.variants[0].request is not None
    assert not declarations({"main.tf": text}, scope=ReadScope.EVERYTHING)
    call = f'variable "env" {{}}\nmodule "m" {{\n source = "./m"\n count = {count}\n}}'
    assert not declarations({"main.tf": call, "m/main.tf": CERTIFICATE})


def test_a_certificate_that_is_never_created_is_omitted():
    """A certificate with a `count` of 0, in the root or in a module, has no declaration."""
    text = CERTIFICATE.replace("domain_name ", "count = 0\n      domain_name ")
    assert declarations(text) == ()
    call = 'module "m" {\n source = "./m"\n count = 0\n}'
    assert declarations({"main.tf": call, "m/main.tf": CERTIFICATE}) == ()
    assert declarations('resource "aws_s3_bucket" "b" {}') == ()


def test_too_many_conditions_are_rejected():
    """A certificate that no examined branch creates is reported, not silently omitted."""
    variables = "".join(f'variable "v{n}" {{}}\n' for n in range(9))
    none = " || ".join(f'var.v{n} == "a"' for n in range(9))
    text = f"""{variables}
resource "aws_acm_certificate" "c" {{
  count = ({none}) ? 0 : 0
  domain_name = {" ".join(f"var.v{n} ? 1 :" for n in range(9))} "a.io"
}}
"""
    assert declarations(text) == ()
    nested = " + ".join(f"(var.v{n} ? 0 : 0.0)" for n in range(9))
    deep = text.replace(f"({none}) ? 0 : 0", nested)
    fault = "depends on too many combinations of conditions"
    assert refused(deep) == ([], [f"main.tf:11:1: `aws_acm_certificate.c` {fault}"])


def test_an_error_in_a_consumer_does_not_affect_the_certificate():
    """An error in a consumer is reported, and the certificate is still checked."""
    text = CERTIFICATE + DOMAIN.format(inside="= =", arn="aws_acm_certificate.c.arn")
    found_here, messages = refused(text)
    assert found_here == ["aws_acm_certificate.c"]
    assert len(messages) == 1


def test_a_chain_of_modules_that_is_too_long_is_reported():
    """A chain of modules that is too long is reported as an error, not as a bug."""
    chain = {f"{'m/' * n}main.tf": 'module "m" {\n source = "./m"\n}\n' for n in range(400)}
    found_here, messages = refused(chain | {f"{'m/' * 400}main.tf": CERTIFICATE})
    assert len(found_here) + len(messages) == 1
