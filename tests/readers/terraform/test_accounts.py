"""The accounts that providers reveal."""

import pytest
from tests.support import terraform

OURS, THEIRS = "210987654320", "310987654321"
ROLE = f'assume_role {{\n role_arn = "arn:aws:iam::{THEIRS}:role/x"\n }}'
BODY = 'domain_name = "a.io"\n validation_method = "DNS"'


def module(provider="", dns="", listener="", rest=""):
    """Return a module with a listener of the provider `aws`, and a certificate of `aws.dns`."""
    return f"""
        provider "aws" {{
          {provider}
        }}
        provider "aws" {{
          alias = "dns"
          {dns}
        }}
        resource "aws_acm_certificate" "c" {{
          provider = aws.dns
          {BODY}
        }}
        resource "aws_lb_listener" "l" {{
          certificate_arn = aws_acm_certificate.c.arn
          {listener}
        }}
        {rest}
    """


def accounts(*args, **kwargs):
    """Return the accounts of the consumer and of its certificate."""
    files = kwargs.pop("files", {})
    found = terraform.declarations({"main.tf": module(*args, **kwargs)} | files)
    [consumer] = [c for d in found for c in d.variants[0].consumers]
    return consumer.account, consumer.certificate_account


ONE = f'allowed_account_ids = ["{OURS}"]'


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ("", None),
        (ONE, OURS),
        (f"allowed_account_ids = [{OURS}]", OURS),
        (f'allowed_account_ids = ["{OURS}", "{THEIRS}"]', None),
        ("allowed_account_ids = var.accounts", None),
        (ROLE, THEIRS),
        (f"{ROLE}\n{ONE}", OURS),
        ('assume_role {\n role_arn = "arn:aws:iam::${var.account}:role/x"\n }', None),
        ("assume_role {\n role_arn = var.account\n }", None),
        (f'assume_role {{\n role_arn = var.x ? "a" : "arn:aws:iam::{THEIRS}:role/x"\n }}', None),
    ],
)
def test_the_account_of_a_provider(provider, expected):
    """One allowed account is certain, then that of the role; conditions are not followed."""
    rest = 'variable "accounts" {}\n variable "account" {}\n variable "x" { type = bool }'
    assert accounts(provider, rest=rest) == (expected, None)
    assert accounts(dns=provider, rest=rest) == (None, expected)


def test_the_arn_of_the_load_balancer_comes_first():
    """The listener is where its load balancer is."""
    arn = f"arn:aws:elasticloadbalancing:eu-west-1:{THEIRS}:loadbalancer/app/x/1"
    assert accounts(ONE, listener=f'load_balancer_arn = "{arn}"') == (THEIRS, None)


def test_a_provider_is_passed_to_a_module():
    """The module has the account of the provider that it gets."""
    files = {
        "main.tf": f"""
            provider "aws" {{
              {ONE}
            }}
            provider "aws" {{
              alias = "dns"
              {ROLE}
            }}
            module "cert" {{
              source    = "./cert"
              providers = {{ aws = aws.dns }}
            }}
        """,
        "cert/main.tf": f"""
            resource "aws_acm_certificate" "c" {{
              {BODY}
            }}
            resource "aws_lb_listener" "l" {{
              certificate_arn = aws_acm_certificate.c.arn
            }}
        """,
    }
    found = terraform.declarations(files)
    [consumer] = [c for d in found for c in d.variants[0].consumers]
    assert (consumer.account, consumer.certificate_account) == (THEIRS, THEIRS)


@pytest.mark.parametrize(
    ("reference", "account"),
    [
        ("data.aws_acm_certificate.d.arn", THEIRS),
        ("data.aws_acm_certificate.d[0].arn", THEIRS),
        ("data.aws_acm_certificate.other.arn", OURS),
        ("data.aws_acm_certificate.missing.arn", None),
        ("module.cert.arn", None),
        ('"arn:aws:acm:eu-west-1:210987654320:certificate/2f1c"', None),
    ],
)
def test_a_data_source_looks_in_the_account_of_its_provider(reference, account):
    """The provider of the data source may be that of another account."""
    found = terraform.declarations(
        f"""
        provider "aws" {{
          {ONE}
        }}
        provider "aws" {{
          alias = "dns"
          {ROLE}
        }}
        data "aws_acm_certificate" "d" {{
          provider = aws.dns
          domain   = "a.io"
        }}
        data "aws_acm_certificate" "other" {{
          domain = "a.io"
        }}
        resource "aws_lb_listener" "l" {{
          certificate_arn = {reference}
        }}
        """
    )
    [consumer] = [c for d in found for c in d.variants[0].consumers]
    assert (consumer.account, consumer.certificate_account) == (OURS, account)
