"""What a Terraform module comes to: certificates with their consumers, and consumers alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import consumers, declarations, names, only, refused, text_at

from acmrules.lint.linter import Linter
from acmrules.resources import CertificateReference

CERTIFICATE = """
    resource "aws_acm_certificate" "c" {
      domain_name       = "brightharbor.io"
      validation_method = "DNS"
    }
    """
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/x"


def found(files, **known):
    """Return what is said of documents: rules with severities, in order."""
    report = Linter().report(declarations(files, **known))
    return [f"{each.rule.id} {each.severity}" for each in report.findings]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["a", "b", "x"])), max_size=6),
    st.booleans(),
)
def test_each_instance_has_the_consumers_that_name_it(drawn, swapped):
    """Whatever stands first, a consumer belongs to the instance whose key it has."""
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


# Ways to a certificate ----------------------------------------------------------------------------

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
def test_a_consumer_is_led_to_its_certificate(certificate, arn, address):
    """By a reference of any form, through a local or through the validation."""
    beside = """
        locals {
          arn = aws_acm_certificate.c.arn
        }
        resource "aws_acm_certificate_validation" "v" {
          certificate_arn = aws_acm_certificate.c.arn
        }
        """
    text = CERTIFICATE.replace("domain_name ", f"{certificate}\n      domain_name ")
    uses = consumers(text + DOMAIN.format(inside="", arn=arn) + beside)
    wanted = f"aws_acm_certificate.c{address}"
    assert uses == {("aws_api_gateway_domain_name.u", wanted): "brightharbor.io"}


def test_an_output_leads_a_certificate_to_its_consumers():
    """In the root, and in another module by an argument."""
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
def test_a_consumer_of_a_certificate_of_elsewhere_stands_alone(arn):
    """It is a document of its own, with the text that names the certificate."""
    declaration = only(DOMAIN.format(inside="", arn=arn))
    (consumer,) = declaration.variants[0].consumers
    assert declaration.address == "aws_api_gateway_domain_name.u"
    assert not isinstance(consumer.certificate, CertificateReference)
    assert text_at(declaration, "consumers", 0, "certificate")[0] == arn.strip('"')


def test_a_consumer_of_one_among_several_serves_no_host_with_any_of_them():
    """Which one it is depends on a key that is not known, so the others are not to cover it."""
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
    assert found(text) == []


def test_a_consumer_by_number_uses_one_of_an_unknown_number():
    """It serves its hosts with the certificate that all instances are alike."""
    text = CERTIFICATE.replace("domain_name ", "count = var.n\n      domain_name ")
    uses = consumers(text + DOMAIN.format(inside="", arn="aws_acm_certificate.c[0].arn"))
    assert uses == {("aws_api_gateway_domain_name.u", "aws_acm_certificate.c"): "brightharbor.io"}


def test_a_use_in_one_branch_is_one_of_its_variants():
    """In the other the certificate has no consumer, and the consumer another certificate."""
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


def test_a_consumer_that_makes_no_sense_is_left_to_others():
    """Its certificate is judged."""
    text = CERTIFICATE + DOMAIN.format(inside="", arn="[aws_acm_certificate.c.arn]")
    assert names(text) == {"aws_acm_certificate.c": "brightharbor.io"}
    assert consumers(text) == {}


# What is known of all uses ------------------------------------------------------------------------

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
    ("# like aws_acm_certificate.c.arn", False),
    (VALIDATION.format("c"), True),
    (VALIDATION.format("c") + VALIDATED, False),
    (VALIDATION.format("other") + VALIDATED, True),
    ('resource "aws_route53_record" "r" {\n zone_id = aws_acm_certificate.c.id\n}', True),
]


@pytest.mark.parametrize(("other", "known"), OTHERS)
def test_all_consumers_are_known_where_nobody_else_names_the_certificate(other, known):
    """What validates it is no use; an output, a local or a comment may be one."""
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
    ("certificate", "consumer", "said"),
    [
        ("", "", ["ACM603 warning"]),
        (FIRST, "", []),
        ("lifecycle {\n create_before_destroy = false\n }", "", ["ACM603 warning"]),
        ("lifecycle {\n prevent_destroy = true\n }", "", ["ACM603 warning"]),
        ("", FIRST, []),
        ("lifecycle {\n create_before_destroy = false\n }", FIRST, []),
    ],
)
def test_whoever_needs_a_certificate_has_its_successor_made_first(certificate, consumer, said):
    """Terraform hands `create_before_destroy` on to what a resource needs."""
    text = CERTIFICATE.replace("domain_name ", f"{certificate}\n      domain_name ")
    text += DOMAIN.format(inside=consumer, arn="aws_acm_certificate.c.arn")
    region = 'provider "aws" {\n region = "us-east-1"\n}\n'
    assert found({"main.tf": text, "region.tf": region}) == said


def test_so_may_what_validates_it():
    """The validation of a certificate needs it too."""
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


def test_the_json_spelling_has_a_lifecycle_too():
    """There it is an argument like others, or a list of one."""
    text = (
        '{"resource": {"aws_acm_certificate": {"c": {"domain_name": "a.io", "lifecycle": LIFE}}}}'
    )
    for written in ('{"create_before_destroy": true}', '[{"create_before_destroy": true}]'):
        declaration = only({"main.tf.json": text.replace("LIFE", written)})
        assert declaration.request.create_before_destroy is True
    declaration = only({"main.tf.json": text.replace("LIFE", '{"ignore_changes": []}')})
    assert declaration.request.create_before_destroy is None


# Imports, conditions, mistakes --------------------------------------------------------------------


def test_an_import_has_its_consumers():
    """It is no request, and may be in use all the same."""
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
    assert found(text) == ["ACM603 warning"]


def test_an_import_that_requests_is_told():
    """A resource does one or the other."""
    text = CERTIFICATE.replace("domain_name ", 'private_key = "x"\n      domain_name ')
    assert found(text) == ["ACM703 error"]


def test_a_certificate_that_is_never_made_is_none():
    """`count` says so, here and in a module."""
    text = CERTIFICATE.replace("domain_name ", "count = 0\n      domain_name ")
    assert declarations(text) == ()
    call = 'module "m" {\n source = "./m"\n count = 0\n}'
    assert declarations({"main.tf": call, "m/main.tf": CERTIFICATE}) == ()
    assert declarations('resource "aws_s3_bucket" "b" {}') == ()


def test_conditions_without_end_are_refused():
    """A certificate that is made in none of a great many branches is not left out silently."""
    variables = "".join(f'variable "v{n}" {{}}\n' for n in range(9))
    none = " || ".join(f'var.v{n} == "a"' for n in range(9))
    text = f"""{variables}
resource "aws_acm_certificate" "c" {{
  count = ({none}) ? 0 : 0
  domain_name = {" ".join(f"var.v{n} ? 1 :" for n in range(9))} "a.io"
}}
"""
    assert declarations(text) == ()
    asked = " + ".join(f"(var.v{n} ? 0 : 0.0)" for n in range(9))
    deep = text.replace(f"({none}) ? 0 : 0", asked)
    fault = "depends on more combinations of conditions than can be told apart"
    assert refused(deep) == ([], [f"main.tf:11:1: `aws_acm_certificate.c` {fault}"])


def test_a_mistake_in_a_consumer_leaves_the_certificate():
    """It is told, and the rest is judged."""
    text = CERTIFICATE + DOMAIN.format(inside="= =", arn="aws_acm_certificate.c.arn")
    found_here, said = refused(text)
    assert found_here == ["aws_acm_certificate.c"]
    assert len(said) == 1


def test_depth_is_told_where_there_is_no_end_to_it():
    """A chain of modules that is too long to follow is no defect."""
    chain = {f"{'m/' * n}main.tf": 'module "m" {\n source = "./m"\n}\n' for n in range(400)}
    found_here, said = refused(chain | {f"{'m/' * 400}main.tf": CERTIFICATE})
    assert len(found_here) + len(said) == 1


# Records, and what they lead to

SERVED = """
    resource "aws_lb" "front" {}
    resource "aws_lb_listener" "tls" {
      load_balancer_arn = aws_lb.front.arn
      certificate_arn   = aws_acm_certificate.c.arn
    }
    """
RECORDS = """
    variable "extra" { default = true }
    locals { a = local.a }
    resource "aws_route53_zone" "z" { name = "brightharbor.io" }
    resource "aws_route53_record" "www" {
      for_each = toset(["www", "app"])
      zone_id  = aws_route53_zone.z.zone_id
      name     = each.key
      type     = "A"
      alias {
        name    = aws_lb.front.dns_name
        zone_id = aws_lb.front.zone_id
      }
    }
    resource "aws_route53_record" "extra" {
      count   = var.extra ? 1 : 0
      zone_id = aws_route53_zone.z.zone_id
      name    = "extra"
      type    = "CNAME"
      records = ["x.example.net"]
    }
    resource "aws_route53_record" "validation" {
      for_each = { for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o }
      zone_id  = aws_route53_zone.z.zone_id
      name     = each.value.resource_record_name
      type     = "CNAME"
      records  = [each.value.resource_record_value]
    }
    resource "aws_route53_record" "odd" {
      zone_id = aws_route53_zone.z.zone_id
      name    = local.a
      type    = "CNAME"
      records = ["x.example.net"]
    }
    """


def test_records_lead_to_hosts():
    """Those that are there by default, with the balancer as the listener has it."""
    files = {"main.tf": CERTIFICATE + SERVED, "dns.tf": RECORDS}
    [declaration] = declarations(files, around=True)
    [variant] = declaration.variants
    assert [(str(r.name), r.endpoint) for r in variant.records] == [
        ("app.brightharbor.io", "aws_lb.front"),
        ("www.brightharbor.io", "aws_lb.front"),
        ("extra.brightharbor.io", "x.example.net."),
    ]
    assert variant.consumers[0].endpoints == ("aws_lb.front",)
    assert variant.location(("records", 2)).source.name == "dns.tf"
    assert text_at(declaration, "records", 2) == ["extra"]
    [declaration] = declarations(files)
    assert declaration.variants[0].records == ()
    assert declaration.variants[0].consumers[0].endpoints == ()


def test_a_module_of_records_alone_is_what_stands_around():
    """There is a document of it for who asks, and none for who judges."""
    [declaration] = declarations({"dns.tf": RECORDS}, around=True)
    [variant] = declaration.variants
    assert (declaration.address, variant.request, variant.consumers) == ("", None, ())
    assert [str(zone.name) for zone in variant.zones] == ["brightharbor.io"]
    assert len(variant.records) == 3
    assert declarations({"dns.tf": RECORDS}) == ()
    assert declarations({"main.tf": 'resource "aws_route53_x" "x" {}'}, around=True) == ()


def test_a_consumer_without_a_certificate_hides_no_record():
    """What is read of it comes to no document."""
    files = {"dns.tf": RECORDS + 'resource "aws_cloudfront_distribution" "d" {}'}
    [declaration] = declarations(files, around=True)
    assert len(declaration.variants[0].records) == 3
