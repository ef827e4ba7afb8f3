"""Private CAs in templates and modules: their mode, their permissions, and their end."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import terraform
from tests.support.cloudformation import at, only
from tests.support.terraform_plans import held, read_plan, state

from acmrules.resources import Authority

UNITS = {"DAYS": 1, "MONTHS": 31, "YEARS": 366}
MODE = "SHORT_LIVED_CERTIFICATE"
GRANTED = ["IssueCertificate", "GetCertificate", "ListPermissions"]
RENEWS = {"Actions": GRANTED, "Principal": "acm.amazonaws.com"}


def ca_template(mode=None, permissions=(), validity=None):
    """Return a template with a private CA, its permissions and its certificate, as JSON."""
    resources = {
        "CA": {
            "Type": "AWS::ACMPCA::CertificateAuthority",
            "Properties": {} if mode is None else {"UsageMode": mode},
        },
        "Site": {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": {"DomainName": "a.io", "CertificateAuthorityArn": {"Ref": "CA"}},
        },
    }
    owner = {"CertificateAuthorityArn": {"Fn::GetAtt": ["CA", "Arn"]}}
    for number, own in enumerate(permissions):
        resources[f"P{number}"] = {"Type": "AWS::ACMPCA::Permission", "Properties": owner | own}
    if validity:
        request = {"Fn::GetAtt": ["CA", "CertificateSigningRequest"]}
        resources["Root"] = {
            "Type": "AWS::ACMPCA::Certificate",
            "Properties": {"CertificateSigningRequest": request, "Validity": validity},
        }
    declared = {name: {"Type": "String"} for name in ("Mode", "Principal", "Owner")}
    return json.dumps({"Parameters": declared, "Resources": resources})


def in_template(*args, **kwargs):
    """Return the private CA in a template."""
    [found] = only(ca_template(*args, **kwargs)).variants[0].authorities
    return found


@pytest.mark.parametrize(
    ("mode", "is_short_lived"),
    [
        (None, False),
        ("GENERAL_PURPOSE", False),
        ("SHORT_LIVED_CERTIFICATE", True),
        ({"Ref": "Mode"}, None),
    ],
)
def test_the_mode(mode, is_short_lived):
    """A CA is in general-purpose mode unless it says otherwise."""
    assert in_template(mode).is_short_lived is is_short_lived


@pytest.mark.parametrize(
    ("permissions", "may_renew"),
    [
        ([], False),
        ([RENEWS], True),
        ([RENEWS | {"Actions": GRANTED[:2]}], False),
        ([RENEWS | {"Principal": "other.amazonaws.com"}], False),
        ([RENEWS | {"Principal": {"Ref": "Principal"}}], None),
        ([RENEWS | {"Principal": {"Ref": "Principal"}}, RENEWS], True),
        ([RENEWS | {"CertificateAuthorityArn": {"Ref": "Owner"}}], None),
        ([RENEWS | {"CertificateAuthorityArn": "arn:aws:acm-pca:x"}], False),
        ([RENEWS | {"Actions": [{"Ref": "Mode"}, *GRANTED[1:]]}], None),
        ([RENEWS | {"Actions": [{"Principal": "acm"}]}], None),
    ],
)
def test_the_permission(permissions, may_renew):
    """ACM may renew with all three actions, for itself, on this CA."""
    assert in_template(None, permissions).may_renew is may_renew


@given(st.sampled_from([*UNITS]), st.integers(1, 20))
def test_a_validity_in_units(unit, number):
    """A validity in units is at most so many days."""
    found = in_template(validity={"Type": unit, "Value": number})
    assert (found.days, found.last_day) == (number * UNITS[unit], None)


@pytest.mark.parametrize(
    ("validity", "last_day"),
    [
        ({"Type": "END_DATE", "Value": 20271231235959}, date(2027, 12, 31)),
        ({"Type": "ABSOLUTE", "Value": "1798761600"}, date(2027, 1, 1)),
        ({"Type": "END_DATE", "Value": 2027}, None),
        ({"Type": "ABSOLUTE", "Value": 10**30}, None),
        ({"Type": "WEEKS", "Value": 3}, None),
        ({"Type": {"Ref": "Mode"}, "Value": 3}, None),
        ({"Type": "YEARS", "Value": "ten"}, None),
        ("10 years", None),
    ],
)
def test_a_validity_with_a_date(validity, last_day):
    """A date ends the certificate of the CA; anything else leaves its end unknown."""
    found = in_template(validity=validity)
    assert (found.last_day, found.days) == (last_day, None)


@pytest.mark.parametrize("unit", ["DAYS", "YEARS", "ABSOLUTE", "END_DATE"])
def test_a_validity_with_thousands_of_digits(unit):
    """Python converts no number of this length, so the validity is unknown."""
    found = in_template(validity={"Type": unit, "Value": "9" * 5000})
    assert (found.last_day, found.days) == (None, None)


def test_a_template_locates_its_ca():
    """The CA has a location, for the finding that refers to it."""
    declaration = only(ca_template(permissions=[RENEWS]))
    assert declaration.request.certificate_authority_arn in (
        declaration.variants[0].authorities[0].arns
    )
    assert at(declaration, "authorities", 0) == "CA"


MODULE = """
resource "aws_acmpca_certificate_authority" "ca" {
  usage_mode = var.mode
}
resource "aws_acmpca_certificate" "root" {
  certificate_authority_arn   = aws_acmpca_certificate_authority.ca.arn
  certificate_signing_request = aws_acmpca_certificate_authority.ca.certificate_signing_request
  validity {
    type  = "END_DATE"
    value = "20280131000000"
  }
}
resource "aws_acmpca_permission" "renewal" {
  certificate_authority_arn = aws_acmpca_certificate_authority.ca.arn
  actions                   = ["IssueCertificate", "GetCertificate", "ListPermissions"]
  principal                 = "acm.amazonaws.com"
}
resource "aws_acm_certificate" "site" {
  domain_name               = "a.io"
  certificate_authority_arn = aws_acmpca_certificate_authority.ca.arn
}
variable "mode" {}
"""


def test_a_module():
    """A Terraform module declares the same, in its own words."""
    declaration = terraform.only({"main.tf": MODULE})
    [variant] = declaration.variants
    [found] = variant.authorities
    assert found == Authority(
        found.arns,
        "aws_acmpca_certificate_authority.ca",
        is_short_lived=None,
        may_renew=True,
        last_day=date(2028, 1, 31),
    )
    assert variant.request.certificate_authority_arn in found.arns


def test_a_plan():
    """A plan knows the same values, and a state also the ARN of the CA."""
    arn = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
    [declaration] = read_plan(
        state(
            held("aws_acmpca_certificate_authority.ca", {"arn": arn, "usage_mode": MODE}),
            held(
                "aws_acmpca_permission.renewal",
                {
                    "certificate_authority_arn": arn,
                    "actions": GRANTED,
                    "principal": "acm.amazonaws.com",
                },
            ),
            held(
                "aws_acm_certificate.site",
                {"domain_name": "a.io", "certificate_authority_arn": arn},
            ),
        )
    )
    [found] = declaration.variants[0].authorities
    assert arn in found.arns
    assert (found.is_short_lived, found.may_renew, found.last_day) == (True, True, None)


@pytest.mark.parametrize(
    ("written", "algorithm"),
    [({"KeyAlgorithm": "EC_prime256v1"}, "EC_prime256v1"), ({}, None)],
)
def test_the_key_of_a_ca(written, algorithm):
    """CloudFormation and Terraform have it in different places; a reference is unknown."""
    template = json.loads(ca_template())
    template["Resources"]["CA"]["Properties"] |= written
    [found] = only(json.dumps(template)).variants[0].authorities
    assert found.key_algorithm == algorithm
    block = "" if algorithm is None else f'key_algorithm = "{algorithm}"'
    module = f"""
        resource "aws_acmpca_certificate_authority" "ca" {{
          certificate_authority_configuration {{
            {block}
          }}
        }}
        resource "aws_acm_certificate" "c" {{
          domain_name               = "a.io"
          certificate_authority_arn = aws_acmpca_certificate_authority.ca.arn
        }}
    """
    [found] = terraform.only(module).variants[0].authorities
    assert found.key_algorithm == algorithm
    configuration = [{"key_algorithm": algorithm}]
    values = {"certificate_authority_configuration": configuration, "arn": "arn:aws:acm-pca:x"}
    requested = {"domain_name": "a.io", "certificate_authority_arn": "arn:aws:acm-pca:x"}
    data = state(
        held("aws_acmpca_certificate_authority.ca", values),
        held("aws_acm_certificate.c", requested),
    )
    [found] = read_plan(data)[0].variants[0].authorities
    assert found.key_algorithm == algorithm


def test_an_unknown_key_of_a_ca():
    """A parameter, or a configuration of another form, does not reveal the key."""
    for written in ({"KeyAlgorithm": {"Ref": "Mode"}}, {"KeyAlgorithm": ["RSA_2048"]}):
        template = json.loads(ca_template())
        template["Resources"]["CA"]["Properties"] |= written
        [found] = only(json.dumps(template)).variants[0].authorities
        assert found.key_algorithm is None
