"""References to certificates, directly or through their validation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_plans import ARN, fields, unknown

from acmrules.readers.terraform.resources.references import (
    CertificateAddress,
    instance_key,
    referenced_certificate,
    steps,
    validated_certificates,
)
from acmrules.unresolved import Unknown, Unresolved

VALIDATED = "aws_acm_certificate_validation"


MODULES = st.lists(st.sampled_from(["m", 'm["a.b"]', "m[0]", 'n["]"]', 'n["\\"["]']), max_size=2)


KEYS = st.sampled_from(["", "0", '"a"', '"*.a.io"', '"a]"', '"a[0].arn"', '"\\"].b"'])


@given(MODULES, KEYS, st.sampled_from(["arn", "id"]))
def test_references(modules, key, attribute):
    """A reference has the address that it was made from, and fits only that instance."""
    module = "".join(f"module.{name}." for name in modules)
    address = f"{module}aws_acm_certificate.y"
    found = referenced_certificate(unknown(f"{address}{f'[{key}]' * bool(key)}.{attribute}"))
    assert found == CertificateAddress(address, key)
    assert str(found) == f"{address}[{key}]" if key else address
    assert found.fits(str(found))
    assert found.fits(f'{address}["other"]') is not bool(key)
    assert not found.fits(f"{address}z")
    assert not found.fits(f"module.other.{address}")


@given(st.text(alphabet='a.[]"\\0', max_size=12))
def test_any_label(label):
    """Any label is a reference to a certificate or is rejected."""
    assert referenced_certificate(unknown(label)) is None
    assert referenced_certificate(unknown(f"{label}.aws_acm_certificate.y.domain_name")) is None
    assert "".join(name for name, _ in steps(label)).count(".") == 0
    assert instance_key(label) in label


@pytest.mark.parametrize(
    ("label", "address"),
    [
        ("aws_acm_certificate.x.arn", "aws_acm_certificate.x"),
        ("aws_acm_certificate.x[each.key].arn", "aws_acm_certificate.x"),
        ("aws_acm_certificate.x[*].arn", "aws_acm_certificate.x"),
        ("data.aws_acm_certificate.x.arn", None),
        ("module.m.data.aws_acm_certificate.x.arn", None),
        ("aws_acm_certificate.x.domain_name", None),
        ("aws_acm_certificate.arn", None),
        ("aws_acm_certificate_validation.v.id", None),
        ("one(aws_acm_certificate.x[*].arn)", None),
        ("var.arn", None),
    ],
)
def test_labels(label, address):
    """A label is a reference to a certificate if it refers to its ARN."""
    found = referenced_certificate(unknown(label))
    assert (found and str(found)) == address


@pytest.mark.parametrize("text", [ARN, Unresolved((Unknown("aws_acm_certificate.x.arn"), "x"))])
def test_strings_that_are_not_references(text):
    """A known string, or one with more than a reference, is not a reference."""
    assert referenced_certificate(text) is None


def test_validations():
    """A reference to a validation means its certificate."""

    def validation(address, arn):
        return VALIDATED, f"{VALIDATED}.{address}", fields({"certificate_arn": arn})

    certificate = "aws_acm_certificate.x"
    validated = validated_certificates(
        [
            validation("one", Unknown(f"{certificate}.arn")),
            validation('several["a"]', Unknown(f'{certificate}["a"].arn')),
            validation('several["b"]', Unknown(f'{certificate}["b"].arn')),
            validation("literal", ARN),
            validation("odd", [ARN]),
            validation("without", None),
            ("aws_acm_certificate", certificate, fields({})),
        ]
    )

    def through(label):
        found = referenced_certificate(unknown(f"{VALIDATED}.{label}.certificate_arn"), validated)
        return found and str(found)

    assert through("one") == certificate
    assert through("one[0]") == certificate
    assert through('several["b"]') == f'{certificate}["b"]'
    assert through("several[each.key]") == certificate
    assert [through(name) for name in ("literal", "odd", "without", "other")] == [None] * 4


@pytest.mark.parametrize("unit", ["a[", 'a["', "a[a.", 'a["\\'])
def test_an_unclosed_bracket_ends_with_the_address(unit):
    """An address with unclosed brackets has one part, so that no part is searched twice."""
    assert len(steps(unit * 5_000)) == 1
