"""Commands of the AWS CLI: quoted for a shell, with ARN and Region."""

from datetime import date
from json import loads
from pathlib import Path

import pytest
from tests.support.aws_commands import faults
from tests.support.existing import NAME, OF_CERTIFICATE, REQUEST, certificate

from acmrules.diagnosis import diagnose
from acmrules.diagnosis.certificate import CertificateDetail, CertificateType
from acmrules.diagnosis.commands import (
    change_to_dns,
    describe,
    list_validations,
    of_authority,
    request_again,
)
from acmrules.names import WildcardDomainName
from acmrules.request import KeyAlgorithm
from acmrules.unresolved import Malformed

FILES = sorted(
    path
    for path in (Path(__file__).parent.parent / "readers" / "account" / "files").glob("*.json")
    if "Certificate" in loads(path.read_text())
)
IN_REGION = "--region eu-west-1"
CA = "arn:aws:acm-pca:eu-central-1:210987654321:certificate-authority/a"


def test_the_region_is_that_of_the_arn():
    """A command has the ARN and its Region; without an ARN, there is none."""
    known = certificate()
    assert describe(known) == (
        f"aws acm describe-certificate {OF_CERTIFICATE} {IN_REGION} --output json",
    )
    assert list_validations(known) == (
        f"aws acm list-certificate-domain-validations {OF_CERTIFICATE} {IN_REGION} --output json",
    )
    assert change_to_dns(known) == (
        (
            f"aws acm update-certificate-options {OF_CERTIFICATE}"
            " --options ValidationMethod=DNS --region eu-west-1"
        ),
    )
    assert describe(CertificateDetail("")) == ()
    assert describe(CertificateDetail("x")) == (
        "aws acm describe-certificate --certificate-arn x --output json",
    )


def test_a_certificate_is_requested_again_with_dns():
    """The new request has the names and the key of the old one, and DNS validation."""
    assert request_again(certificate()) == (REQUEST,)
    other = certificate(key_algorithm=KeyAlgorithm.EC_PRIME256V1, can_export=True)
    options = " --key-algorithm EC_prime256v1 --options Export=ENABLED --region"
    assert request_again(other) == (REQUEST.replace(" --region", options),)
    wildcard = certificate(names=(WildcardDomainName("*.brightharbor.io"),))
    assert request_again(wildcard) == (
        (
            "aws acm request-certificate --domain-name '*.brightharbor.io' --validation-method DNS"
            " --region eu-west-1"
        ),
    )


def test_a_private_certificate_is_requested_from_its_ca():
    """A private certificate has the ARN of its CA, and no validation."""
    private = certificate(type=CertificateType.PRIVATE, certificate_authority_arn=CA)
    assert request_again(private) == (
        REQUEST.replace("--validation-method DNS", f"--certificate-authority-arn {CA}"),
    )
    assert of_authority(CA, "get-policy", member="--resource-arn") == (
        f"aws acm-pca get-policy --resource-arn {CA} --region eu-central-1",
    )
    assert of_authority(None, "get-policy") == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"names": ()},
        {"names_known": False},
        {"names": (Malformed("a_b.io"),)},
        {"names": (NAME, Malformed("a_b.io"))},
        {"type": CertificateType.PRIVATE},
        {"managed_by": "CLOUDFRONT"},
    ],
)
def test_nothing_is_requested_that_is_not_known(fields):
    """Without all names, or without the CA, there is no command."""
    assert request_again(certificate(**fields)) == ()


def test_the_check_of_commands_finds_faults():
    """It finds an operation, an option, a value and a missing option that are wrong."""
    assert faults("aws acm describe-certificates") == ["unknown operation describe-certificates"]
    found = faults("aws acm update-certificate-options --arn x --options Method=DNS")
    assert found == [
        "unknown option arn",
        "missing option certificate-arn",
        "unknown member Method of options",
    ]
    wrong = "aws acm request-certificate --domain-name a.io --validation-method FAX"
    assert faults(wrong) == ["FAX is not a value of validation-method"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("day", [date(2026, 9, 2), date(2026, 11, 30), date(2028, 4, 1)])
def test_the_aws_cli_accepts_each_command(path, day):
    """Each operation, option and value is one of the models of the SDK."""
    response = loads(path.read_text())
    found = diagnose(response, as_of=day)
    commands = {each for one in found.all_obstacles for each in one.commands}
    assert {
        each: faults(each) for each in commands if each.startswith("aws ") and faults(each)
    } == {}


@pytest.mark.parametrize(
    "command",
    [
        *describe(certificate()),
        *list_validations(certificate()),
        *change_to_dns(certificate()),
        *request_again(certificate(key_algorithm=KeyAlgorithm.EC_PRIME256V1, can_export=True)),
        *of_authority(CA, "get-policy", member="--resource-arn"),
    ],
)
def test_the_aws_cli_accepts_the_commands_without_a_file(command):
    """Those that no file of the tests needs are checked too."""
    assert faults(command) == []
