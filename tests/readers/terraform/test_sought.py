"""Where validations and data sources of Terraform look for certificates, and for which ones."""

import pytest
from tests.support.fixes import fixed_text
from tests.support.terraform import configuration, declarations

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations

PROVIDERS = """
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
"""
CERTIFICATE = """
resource "aws_acm_certificate" "{name}" {{
  domain_name       = "{domain}"
  validation_method = "DNS"
  {more}
}}
"""
RECORDS = """
resource "aws_route53_record" "{name}" {{
  for_each = {{
    for o in aws_acm_certificate.{name}.domain_validation_options : o.domain_name => o
  }}
  name     = each.value.resource_record_name
  type     = "CNAME"
  records  = [each.value.resource_record_value]
  zone_id  = data.aws_route53_zone.z.zone_id
}}
data "aws_route53_zone" "z" {{
  name = "a.io"
}}
"""


def certificate(name="c", domain="a.io", more=""):
    """Return a certificate."""
    return CERTIFICATE.format(name=name, domain=domain, more=more)


def validation(more="", arn="aws_acm_certificate.c.arn"):
    """Return a resource that waits for a certificate."""
    return (
        'resource "aws_acm_certificate_validation" "v" {\n'
        f"  certificate_arn = {arn}\n  {more}\n}}\n"
    )


def source(more="", domain='"a.io"'):
    """Return a data source that looks for a certificate."""
    return f'data "aws_acm_certificate" "d" {{\n  domain = {domain}\n  {more}\n}}\n'


def found(files, *rules, **known):
    """Return the rule ids and severities of findings, and of undecided checks."""
    report = check_declarations(declarations(files, **known), Linter())
    return [
        f"{each.rule.id} {getattr(each, 'severity', 'skipped')}"
        for each in (*report.findings, *report.skips)
        if each.rule and each.rule.id in rules
    ]


# Regions of validations


@pytest.mark.parametrize(
    ("own", "theirs", "expected"),
    [
        ("", "", []),
        ("provider = aws.us", "provider = aws.us", []),
        ("provider = aws.us", "", ["ACM516 error"]),
        ("", "provider = aws.us", ["ACM516 error"]),
        ('region = "us-east-1"', "provider = aws.us", []),
        ('region = "us-east-1"', "", ["ACM516 error"]),
        ("region = var.region", "region = var.region", []),
        ("region = var.region", "", ["ACM516 skipped"]),
        ("region = var.us ? local.us : local.eu", "", ["ACM516 error"]),
    ],
)
def test_a_validation_has_a_region_of_its_own(own, theirs, expected):
    """It is that of its `region`, or of its provider."""
    text = (
        PROVIDERS
        + 'variable "region" {}\nvariable "us" {\n  default = true\n}\n'
        + 'locals {\n  us = "us-east-1"\n  eu = "eu-west-1"\n}\n'
        + certificate(more=own)
        + validation(theirs)
    )
    assert found(text, "ACM516")[:1] == expected


def test_without_a_region_both_have_the_same():
    """Both use the default provider, wherever it is."""
    assert found(certificate() + validation(), "ACM516") == []


@pytest.mark.parametrize(
    ("providers", "expected"),
    [("aws = aws.us", []), ("aws = aws", ["ACM516 error"])],
)
def test_providers_are_passed_to_modules(providers, expected):
    """A validation in a module has the provider that the module gets."""
    files = {
        "main.tf": PROVIDERS
        + certificate(more="provider = aws.us")
        + 'module "m" {\n  source = "./m"\n  arn = aws_acm_certificate.c.arn\n'
        + f"  providers = {{\n    {providers}\n  }}\n}}\n",
        "m/main.tf": 'variable "arn" {}\n' + validation(arn="var.arn"),
    }
    assert found(files, "ACM516") == expected


def test_each_instance_waits_in_its_region():
    """A validation for each certificate of a map has the Region of its certificate."""
    regions = 'locals {\n  all = { a = "us-east-1", b = "eu-west-1" }\n}\n'
    each = "for_each = local.all\n  region = each.value"
    text = regions + certificate(more=each)
    both = validation(each, "aws_acm_certificate.c[each.key].arn")
    assert found(text + both, "ACM516") == []
    fixed = validation(
        'for_each = local.all\n  region = "eu-west-1"', "aws_acm_certificate.c[each.key].arn"
    )
    assert found(text + fixed, "ACM516") == ["ACM516 error"]


# Records of another certificate

OPTIONS_OF_D = "aws_acm_certificate.d.domain_validation_options"


def fqdns(*names, each="[for r in aws_route53_record.{} : r.fqdn]"):
    """Return an argument with the records of certificates."""
    listed = ", ".join(each.format(name) for name in names)
    return f"validation_record_fqdns = concat({listed})"


@pytest.mark.parametrize(
    ("domain", "records", "expected"),
    [
        ("b.io", fqdns("c"), []),
        ("b.io", fqdns("d"), ["ACM516 error"]),
        ("b.io", fqdns("c", "d"), []),
        ("a.io", fqdns("d"), []),
        ("*.a.io", fqdns("d"), []),
        ("${var.x}", fqdns("d"), ["ACM516 skipped"]),
        ("b.io", fqdns("d", each="values(aws_route53_record.{})[*].fqdn"), ["ACM516 error"]),
        (
            "b.io",
            f"validation_record_fqdns = [for o in {OPTIONS_OF_D} : o.resource_record_name]",
            ["ACM516 error"],
        ),
        ("b.io", "validation_record_fqdns = local.fqdns", ["ACM516 error"]),
        ("b.io", 'validation_record_fqdns = concat(["_x.a.io"], local.fqdns)', []),
        ("b.io", "validation_record_fqdns = concat(var.more, local.fqdns)", []),
        ("b.io", "validation_record_fqdns = concat(module.m.fqdns, local.fqdns)", []),
        ("b.io", "validation_record_fqdns = [cloudflare_record.r.hostname]", []),
        ("b.io", "depends_on = [aws_route53_record.d]", []),
        ("b.io", "", []),
    ],
)
def test_the_records_are_those_of_the_certificate(domain, records, expected):
    """Records of other certificates are correct for the names that both list."""
    text = (
        certificate()
        + certificate("d", domain)
        + RECORDS.format(name="c")
        + RECORDS.format(name="d").partition("data ")[0]
        + 'variable "x" {}\nvariable "more" {}\n'
        + "locals {\n  fqdns = [for r in aws_route53_record.d : r.fqdn]\n}\n"
        + 'resource "cloudflare_record" "r" {\n  name = "x"\n}\n'
        + 'module "m" {\n  source = "acme/records/aws"\n}\n'
        + validation(records)
    )
    assert found(text, "ACM516") == expected


def test_a_validation_for_each_certificate_of_a_map():
    """The records are those of the same map, whatever the key."""
    text = (
        certificate(more='for_each = toset(["a", "b"])').replace('"a.io"', '"${each.key}.io"')
        + certificate("d", "d.io")
        + RECORDS.format(name="d")
    )
    own = "for_each = aws_acm_certificate.c\n  validation_record_fqdns = [for o in each.value"
    own += ".domain_validation_options : o.resource_record_name]"
    assert found(text + validation(own, "each.value.arn"), "ACM516") == []
    other = f"for_each = aws_acm_certificate.c\n  {fqdns('d')}"
    assert "ACM516 error" in found(text + validation(other, "each.value.arn"), "ACM516")


def test_records_of_a_certificate_that_no_resource_declares():
    """The message names it, because its records cannot exist."""
    text = certificate() + RECORDS.format(name="old") + validation(fqdns("old"))
    report = check_declarations(declarations(text), Linter())
    [finding] = [each for each in report.findings if each.rule.id == "ACM516"]
    assert "`aws_acm_certificate.old`, which no resource declares" in finding.message


# Data sources


@pytest.mark.parametrize(
    ("looks", "service", "expected"),
    [
        ("", "cloudfront", ["ACM508 error"]),
        ("provider = aws.us", "cloudfront", []),
        ('region = "us-east-1"', "cloudfront", []),
        ("", "alb", []),
        ("provider = aws.us", "alb", ["ACM508 error"]),
        ("region = var.region", "alb", ["ACM508 skipped"]),
    ],
)
@pytest.mark.parametrize("arn", ["data.aws_acm_certificate.d.arn", "local.arn", "module.m.arn"])
def test_the_provider_of_a_data_source_decides_its_region(looks, service, expected, arn):
    """ACM508 checks the Region in which a data source finds a certificate."""
    user = {
        "cloudfront": 'resource "aws_cloudfront_distribution" "u" {\n  viewer_certificate {\n'
        f"    acm_certificate_arn = {arn}\n  }}\n}}\n",
        "alb": f'resource "aws_lb_listener" "u" {{\n  certificate_arn = {arn}\n}}\n',
    }
    inside = 'variable "region" {}\n' + source(looks)
    files = {
        "main.tf": PROVIDERS
        + inside
        + user[service]
        + "locals {\n  arn = data.aws_acm_certificate.d.arn\n}\n"
        + 'module "m" {\n  source = "./m"\n  region = var.region\n'
        + "  providers = {\n    aws = aws\n    aws.us = aws.us\n  }\n}\n",
        "m/main.tf": inside + 'output "arn" {\n  value = data.aws_acm_certificate.d.arn\n}\n',
    }
    assert found(files, "ACM508") == expected


def test_each_instance_of_a_data_source_has_a_region():
    """A key determines the Region; without a key, all instances must agree."""
    looks = 'for_each = toset(["us-east-1", "eu-west-1"])\n  region = each.key'
    arn = 'data.aws_acm_certificate.d["eu-west-1"].arn'
    user = 'resource "aws_lb_listener" "u" {{\n  certificate_arn = {}\n}}\n'
    text = PROVIDERS + source(looks)
    assert found(text + user.format(arn), "ACM508") == []
    other = user.format(arn.replace("eu-west-1", "us-east-1"))
    assert found(text + other, "ACM508") == ["ACM508 error"]


EC = 'key_algorithm = "EC_prime256v1"'


@pytest.mark.parametrize(
    ("own", "looks", "domain", "expected"),
    [
        ("", "", '"a.io"', []),
        (EC, "", '"a.io"', ["ACM517 warning"]),
        (EC, 'key_types = ["EC_prime256v1"]', '"a.io"', []),
        (EC, "", "aws_acm_certificate.c.domain_name", ["ACM517 error"]),
        (EC, "depends_on = [aws_acm_certificate.c]", '"a.io"', ["ACM517 error"]),
        (EC, "", '"b.io"', []),
        (EC, 'types = ["IMPORTED"]', '"a.io"', []),
        (EC, 'types = ["AMAZON_ISSUED"]', '"a.io"', ["ACM517 warning"]),
        ("", "provider = aws.us", '"a.io"', ["ACM517 note"]),
        ("", "provider = aws.us", "aws_acm_certificate.c.domain_name", ["ACM517 error"]),
        ("region = var.region", "", '"a.io"', ["ACM517 skipped"]),
        (EC, "key_types = var.types", '"a.io"', ["ACM517 skipped"]),
    ],
)
def test_a_data_source_finds_the_certificate_of_the_same_files(own, looks, domain, expected):
    """It looks in one Region, for the key algorithms that it lists or that ACM lists by default."""
    variables = 'variable "region" {}\nvariable "types" {\n  type = list(string)\n}\n'
    looks += '\n  statuses = ["ISSUED", "PENDING_VALIDATION"]'
    text = PROVIDERS + variables + certificate(more=own) + source(looks, domain)
    assert found(text, "ACM517") == expected


@pytest.mark.parametrize(
    ("looks", "more", "expected"),
    [
        ("", validation(), ["ACM517 error"]),
        ("", "", ["ACM517 warning"]),
        ('statuses = ["ISSUED"]', validation(), ["ACM517 error"]),
        ('statuses = ["PENDING_VALIDATION"]', validation(), []),
        ("depends_on = [aws_acm_certificate_validation.v]", validation(), []),
        ("", 'import {\n  to = aws_acm_certificate.c\n  id = "arn"\n}\n', []),
        ("", 'module "m" {\n  source = "acme/x/aws"\n  a = aws_acm_certificate.c.arn\n}\n', []),
    ],
)
def test_a_data_source_finds_only_issued_certificates(looks, more, expected):
    """One that refers to the certificate looks for it as soon as Terraform has requested it."""
    text = certificate() + source(looks, "aws_acm_certificate.c.domain_name") + more
    assert found(text, "ACM517") == expected


@pytest.mark.parametrize(
    ("arn", "remedy"),
    [
        (
            "aws_acm_certificate.c.arn",
            "add `aws_acm_certificate_validation.v` to its `depends_on`",
        ),
        (
            "data.aws_acm_certificate.d.arn",
            (
                "give `aws_acm_certificate_validation.v` the ARN of the certificate itself, and"
                " add it to `depends_on`"
            ),
        ),
    ],
)
def test_the_help_for_an_early_data_source_makes_no_cycle(arn, remedy):
    """A resource that needs the data source cannot come before it."""
    text = certificate() + source("depends_on = [aws_acm_certificate.c]") + validation(arn=arn)
    findings = check_declarations(declarations(text), Linter()).findings
    assert [each.help for each in findings if each.rule and each.rule.id == "ACM517"] == [remedy]


def test_a_data_source_with_a_consumer_may_look_in_another_region():
    """It may look for another certificate, and ACM508 checks the Region of the consumer."""
    user = (
        'resource "aws_lb_listener" "l" {\n  certificate_arn = data.aws_acm_certificate.d.arn\n}\n'
    )
    text = PROVIDERS + certificate(more="provider = aws.us") + source() + user
    assert found(text, "ACM508", "ACM517") == []
    wrong = text.replace(source(), source("provider = aws.us")).replace(
        "  provider = aws.us", "", 1
    )
    assert found(wrong, "ACM508", "ACM517") == ["ACM508 error"]
    refers = source(
        'provider = aws.us\n  statuses = ["PENDING_VALIDATION"]',
        "aws_acm_certificate.c.domain_name",
    )
    assert "ACM517 error" in found(PROVIDERS + certificate() + refers + user, "ACM517")


def test_one_of_several_certificates_with_the_name():
    """Without a reference, it is unknown which of them the data source looks for."""
    text = PROVIDERS + certificate(more="provider = aws.us") + certificate("d", more=EC) + source()
    assert found(text, "ACM517") == []
    refers = source("statuses = [var.s]", "aws_acm_certificate.d.domain_name")
    assert found(text.replace(source(), refers), "ACM517") == ["ACM517 error"]


def test_the_fix_adds_key_types():
    """It is safe if the data source refers to the certificate."""
    looks = source("depends_on = [aws_acm_certificate_validation.v]")
    text = PROVIDERS + certificate(more=EC) + looks + validation()
    line = "depends_on = [aws_acm_certificate_validation.v]\n"
    expected = text.replace(line, f'{line}  key_types = ["EC_prime256v1"]\n')
    assert fixed_text(text, "main.tf", rules=["ACM517"]) == expected
    assert found(expected, "ACM517") == []
    text = PROVIDERS + certificate(more=EC) + source()
    assert fixed_text(text, "main.tf", rules=["ACM517"]) == text
    unsafe = fixed_text(text, "main.tf", rules=["ACM517"], unsafe=True)
    assert unsafe == text.replace(
        'domain = "a.io"\n', 'domain = "a.io"\n  key_types = ["EC_prime256v1"]\n'
    )


APP = """
provider "aws" {{
  region = "{region}"
}}
data "aws_acm_certificate" "site" {{
  domain = "a.io"
  {more}
}}
resource "aws_lb_listener" "https" {{
  certificate_arn = data.aws_acm_certificate.site.arn
}}
"""


@pytest.mark.parametrize(
    ("key", "region", "more", "expected"),
    [
        (EC, "eu-west-1", "", ["app/main.tf:5 warning"]),
        (EC, "eu-west-1", 'key_types = ["EC_prime256v1"]', []),
        (EC, "us-east-1", "", []),
        ("", "eu-west-1", "", []),
    ],
)
def test_a_data_source_of_another_root_module(key, region, more, expected):
    """It may look for a certificate of this root module, if it is in the same Region."""
    made = configuration(
        {
            "site/main.tf": PROVIDERS + certificate(more=key),
            "app/main.tf": APP.format(region=region, more=more),
        }
    )
    roots = made.roots({"site", "app"})
    report = [each for root in roots for each in made.declarations(root)]
    found = check_declarations(report, Linter()).findings
    where = [
        f"{each.file}:{each.range.start.line} {each.severity}"
        for each in found
        if each.rule.id == "ACM517"
    ]
    assert where == expected
