"""Declarations of Terraform modules: certificates with their consumers, and other consumers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import consumers, declarations, names, only, refused, text_at

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.readers.options import ReadScope
from acmrules.resources import CertificateReference

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


# References to a certificate ----------------------------------------------------------------------

DOMAIN = """
    resource "aws_api_gateway_domain_name" "u" {{
      {inside}
      domain_name     = "brightharbor.io"
      certificate_arn = {arn}
    }}
    """


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
    (declaration,) = declarations(text)
    assert [len(variant.consumers) for variant in declaration.variants] == [1, 1]
    assert "ACM205 error" not in found(text)


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
