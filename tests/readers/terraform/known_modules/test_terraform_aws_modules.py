"""The tables of terraform-aws-modules."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.readers.terraform.test_external import downloaded
from tests.support.terraform import consumers, declarations, names, only, text_at

from acmrules.readers.options import ReadScope

CORPUS = Path(__file__).parents[3] / "corpus/terraform/terraform-aws-modules__terraform-aws-acm"
OUTPUT = """
output "acm_certificate_arn" {
  value = try(
    aws_acm_certificate_validation.this[0].certificate_arn, aws_acm_certificate.this[0].arn, ""
  )
}
"""
USER = """
provider "aws" {
  region = "eu-west-1"
}
resource "aws_apigatewayv2_domain_name" "d" {
  domain_name = "www.brightharbor.io"
  domain_name_configuration {
    certificate_arn = module.acm.acm_certificate_arn
  }
}
"""


def acm(version="6.0.0", **arguments):
    """Return a call of the module `acm`, with arguments as expressions."""
    lines = "".join(f"  {name} = {value}\n" for name, value in arguments.items())
    return (
        f'module "acm" {{\n  source = "terraform-aws-modules/acm/aws"\n'
        f'  version = "{version}"\n{lines}}}\n'
    )


ARGUMENTS = st.fixed_dictionaries(
    {"domain_name": st.sampled_from(['"brightharbor.io"', "var.name", '"*.${var.name}"'])},
    optional={
        "subject_alternative_names": st.sampled_from(
            ["[]", '["*.brightharbor.io"]', '["a_b.io", var.name]', "var.names"]
        ),
        "validation_method": st.sampled_from(['"DNS"', '"EMAIL"', "null", "var.method"]),
        "validation_option": st.just('{ "brightharbor.io" = { validation_domain = "io" } }'),
        "certificate_transparency_logging_preference": st.sampled_from(["false", "true"]),
        "key_algorithm": st.sampled_from(['"EC_prime256v1"', "null"]),
        "private_authority_arn": st.just('"arn:aws:acm-pca:eu-west-1:1:certificate-authority/x"'),
        "export": st.just('"ENABLED"'),
        "region": st.just('"us-east-1"'),
        "tags": st.just('{ Name = "a*" }'),
        "create_certificate": st.sampled_from(["false", "true"]),
        "create_route53_records": st.sampled_from(["false", "true"]),
        "validate_certificate": st.sampled_from(["false", "true"]),
        "wait_for_validation": st.sampled_from(["false", "true"]),
        "validation_allow_overwrite_records": st.just("false"),
    },
)


def summary(found):
    """Return what declarations say about certificates and their use, without locations."""
    return {
        (
            declaration.address,
            variant.request,
            tuple((each.address, each.certificate, each.hosts) for each in variant.consumers),
        )
        for declaration in found
        for variant in declaration.variants
    }


@given(ARGUMENTS)
def test_the_table_says_what_the_code_does(arguments):
    """A call has the same requests and consumers whether its module is downloaded or not."""
    code = {each.name: each.read_text() for each in CORPUS.glob("*.tf")} | {"outputs.tf": OUTPUT}
    variables = 'variable "name" {}\nvariable "names" {}\nvariable "method" {}\n'
    text = acm(**arguments) + USER + variables
    assert summary(downloaded(text, code, version="6.0.0")) == summary(declarations(text))


@pytest.mark.parametrize(
    ("version", "output"),
    [("~> 2.8", "this_acm_certificate_arn"), ("~> 4.0", "acm_certificate_arn")],
)
def test_outputs_are_the_certificate(version, output):
    """A consumer of the output uses the certificate that the call requests."""
    text = acm(version, domain_name='"brightharbor.io"') + USER
    text = text.replace("module.acm.acm_certificate_arn", f"module.acm.{output}")
    declaration = only(text)
    assert declaration.address == "module.acm.aws_acm_certificate.this"
    (consumer,) = declaration.variants[0].consumers
    assert consumer.address == "aws_apigatewayv2_domain_name.d"


def test_values_are_located_in_the_call():
    """A literal is located where the call has it, and the request at the call."""
    text = acm(domain_name='"brightharbor.io"', subject_alternative_names='["a.io", local.b]')
    declaration = only(text + 'locals {\n  b = "b.io"\n}\n')
    assert text_at(declaration) == ['module "acm"']
    assert text_at(declaration, "names", 0) == ["brightharbor.io"]
    assert text_at(declaration, "names", 1) == ["a.io"]
    assert text_at(declaration, "names", 2) == ["local.b", "b.io"]


def test_instances_of_a_call():
    """A call with `for_each` has a variant for each instance."""
    text = acm(for_each='toset(["a.io", "b.io"])', domain_name="each.key")
    address = 'module.acm["{0}"].aws_acm_certificate.this[0]'
    assert names(text) == {
        f"module.acm.aws_acm_certificate.this for `{address.format(name)}`": name
        for name in ("a.io", "b.io")
    }


@pytest.mark.parametrize(
    ("arguments", "providers", "region"),
    [
        ({}, "", "eu-west-1"),
        ({"providers": "{ aws = aws.use1 }"}, "", "us-east-1"),
        ({"region": '"eu-north-1"'}, "", "eu-north-1"),
    ],
)
def test_the_region_of_a_call(arguments, providers, region):
    """The call passes a provider, or its `region` argument."""
    text = acm(domain_name='"a.io"', **arguments) + providers
    text += 'provider "aws" {\n  region = "eu-west-1"\n}\n'
    text += 'provider "aws" {\n  alias = "use1"\n  region = "us-east-1"\n}\n'
    assert only(text).request.region == region


def test_the_module_creates_the_new_certificate_first():
    """The module sets `create_before_destroy`."""
    assert only(acm(domain_name='"a.io"')).request.create_before_destroy is True


@pytest.mark.parametrize(
    ("arguments", "records"),
    [
        ({}, {"brightharbor.io", "b.io"}),
        ({"create_route53_records": "false"}, set()),
        ({"validate_certificate": "false"}, set()),
    ],
)
def test_the_module_creates_validation_records(arguments, records):
    """A domain and the wildcard over it share one record."""
    text = acm(
        domain_name='"brightharbor.io"',
        subject_alternative_names='["*.brightharbor.io", "b.io"]',
        validation_method='"DNS"',
        zone_id='"Z123"',
        **arguments,
    )
    variant = only(text, scope=ReadScope.EVERYTHING).variants[0]
    assert {str(each.name) for each in variant.created} == records
    assert {each.zone_id for each in variant.created} <= {"Z123"}
    assert not variant.may_create_more


def listeners(text):
    """Return the hosts of the consumers of a file, by address and certificate."""
    return consumers(CERTIFICATE + text)


CERTIFICATE = """
resource "aws_acm_certificate" "c" {
  domain_name = "brightharbor.io"
}
"""
NINE = """
module "lb" {
  source  = "terraform-aws-modules/alb/aws"
  version = "~> 9.0"
  listeners = {
    https = {
      protocol        = "HTTPS"
      certificate_arn = aws_acm_certificate.c.arn
      MORE
      rules = { site = { conditions = [{ host_header = { values = ["a.brightharbor.io"] } }] } }
    }
    plain = { port = 80 }
  }
}
"""
EIGHT = """
module "lb" {
  source          = "terraform-aws-modules/alb/aws"
  version         = "8.7.0"
  https_listeners = [{ port = 443, certificate_arn = aws_acm_certificate.c.arn }]
  https_listener_rules = [
    { https_listener_index = 0, conditions = [{ host_headers = ["a.brightharbor.io"] }] },
  ]
}
"""


@pytest.mark.parametrize(
    ("text", "name"), [(NINE.replace("MORE", ""), "this"), (EIGHT, "frontend_https")]
)
def test_listeners_of_a_load_balancer(text, name):
    """A listener with a certificate is a consumer, with the hosts of its rules."""
    found = listeners(text)
    assert [key[0] for key in found] == [f"module.lb.aws_lb_listener.{name}"]
    assert [*found.values()] == ["a.brightharbor.io"]


def test_further_certificates_of_a_listener():
    """Each further certificate has a use of its own, without the hosts of the rules."""
    more = "additional_certificate_arns = [aws_acm_certificate.c.arn]"
    found = listeners(NINE.replace("MORE", more))
    assert {key[0].rpartition(".")[0]: hosts for key, hosts in found.items()} == {
        "module.lb.aws_lb_listener": "",
        "module.lb.aws_lb_listener_certificate": "",
    }


def test_a_distribution():
    """The aliases and the certificate are those of the call."""
    text = """
module "cdn" {
  source             = "terraform-aws-modules/cloudfront/aws"
  aliases            = ["a.brightharbor.io"]
  viewer_certificate = { acm_certificate_arn = aws_acm_certificate.c.arn }
}
"""
    (hosts,) = listeners(text).values()
    assert hosts == "a.brightharbor.io"


def test_the_certificate_of_a_gateway():
    """From version 5.0 on, the module requests the certificate of its domain."""
    text = """
module "api" {
  source      = "terraform-aws-modules/apigateway-v2/aws"
  version     = "VERSION"
  domain_name = "api.brightharbor.io"
  MORE
}
"""
    new = names(text.replace("VERSION", "5.2.0").replace("MORE", 'subdomains = ["a"]'))
    inner = "module.api.module.acm.aws_acm_certificate.this"
    assert new == {inner: "api.brightharbor.io a.api.brightharbor.io"}
    more = "domain_name_certificate_arn = aws_acm_certificate.c.arn"
    (hosts,) = listeners(text.replace("VERSION", "~> 4.0").replace("MORE", more)).values()
    assert hosts == "api.brightharbor.io"


def test_a_domain_of_appsync():
    """The domain exists only if the call enables it."""
    text = """
module "api" {
  source          = "terraform-aws-modules/appsync/aws"
  version         = "2.0.0"
  domain_name     = "api.brightharbor.io"
  certificate_arn = aws_acm_certificate.c.arn
  MORE
}
"""
    more = "domain_name_association_enabled = true"
    assert [*listeners(text.replace("MORE", more)).values()] == ["api.brightharbor.io"]
    assert listeners(text.replace("MORE", "")) == {}


def test_a_classic_load_balancer():
    """Each listener with a certificate is a use."""
    text = """
module "elb" {
  source   = "terraform-aws-modules/elb/aws"
  version  = "~> 4.0"
  listener = [{ lb_protocol = "HTTPS", ssl_certificate_id = aws_acm_certificate.c.arn }]
}
"""
    assert [key[0] for key in listeners(text)] == ["module.elb.aws_elb.this"]
