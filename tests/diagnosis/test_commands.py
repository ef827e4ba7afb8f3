"""Commands of the AWS CLI: quoted for a shell, with ARN and Region."""

import pytest
from tests.support.existing import NAME, OF_CERTIFICATE, REQUEST, certificate

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

IN_REGION = "--region eu-west-1"
CA = "arn:aws:acm-pca:eu-central-1:210987654321:certificate-authority/a"


def test_the_region_is_that_of_the_arn():
    """A command has the ARN and its Region; without an ARN, there is none."""
    known = certificate()
    assert describe(known) == (
        f"aws acm describe-certificate {OF_CERTIFICATE} {IN_REGION} --output json",
    )
    (listing,) = list_validations(known)
    operation = "list-certificate-domain-validations"
    assert listing == f"aws acm {operation} {OF_CERTIFICATE} --region eu-west-1 --output json"
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


def test_the_commands_are_those_of_the_models():
    """Each operation and option exists in the models of the SDK."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    acm = ServiceModel(Loader().load_service_model("acm", "service-2"))
    shape = acm.operation_model("UpdateCertificateOptions").input_shape
    assert "ValidationMethod" in shape.members["Options"].members
    assert {"ListCertificateDomainValidations", "ResendValidationEmail"} <= {*acm.operation_names}
    pca = ServiceModel(Loader().load_service_model("acm-pca", "service-2"))
    assert "ResourceArn" in pca.operation_model("GetPolicy").input_shape.members
    assert {"Principal", "Actions"} <= {
        *pca.operation_model("CreatePermission").input_shape.members
    }
