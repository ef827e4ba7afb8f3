"""Names that are about certificates of ACM, as public repositories use them."""

import pytest

from acmrules.readers.words import are_about_certificates


@pytest.mark.parametrize(
    "name",
    [
        "terraform-aws-modules/acm/aws",
        "cloudposse/acm-request-certificate/aws",
        "git::https://github.com/cloudposse/terraform-aws-acm-request-certificate.git?ref=0.4.0",
        "github.com/champ-oss/terraform-aws-acm.git?ref=v1.0.114-1c756c3",
        "tls_certificate",
        "acmCertStack",
        "ACM",
        "SslCertificateArn",
        "wildcard_cert",
    ],
)
def test_names_about_certificates(name):
    """The word may be any part of a source, a label or a logical ID."""
    assert are_about_certificates("vpc", name)


@pytest.mark.parametrize(
    "name",
    [
        "terraform-aws-modules/vpc/aws",
        "terraform-iaac/cert-manager/kubernetes",
        "terraform-google-modules/certificate-map/google",
        "cloudposse/private-certificate-authority/aws",
        "placement",
        "certain",
        "acme-corp/network/aws",
        "",
    ],
)
def test_names_about_other_things(name):
    """Other certificate services, and words that only contain such a word, do not count."""
    assert not are_about_certificates(name)
