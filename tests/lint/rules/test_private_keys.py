"""ACM704: the key of a request and the key of its private CA in the same files."""

import pytest
from tests.support.rules import check_rule, outcomes, part

from acmrules.resources import Authority

CA = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
KEY = "key_algorithm"


def found(requested, own, **fields):
    """Return the outcomes for the key of a request, with a CA that has a key."""
    ca = Authority((CA,), "CA", may_renew=True, key_algorithm=own)
    key = {} if requested is None else {KEY: requested}
    return outcomes(
        "ACM704", "a.io", certificate_authority_arn=CA, authorities=(ca,), **key, **fields
    )


@pytest.mark.parametrize(
    ("requested", "own", "expected"),
    [
        ("RSA_2048", "RSA_4096", set()),
        ("EC_secp384r1", "EC_prime256v1", set()),
        (None, "RSA_2048", set()),
        (None, "EC_prime256v1", {f"{KEY}: note"}),
        ("RSA_2048", "EC_prime256v1", {f"{KEY}: note"}),
        ("EC_prime256v1", "RSA_2048", {f"{KEY}: note"}),
        ("EC_prime256v1", "SM2", {f"{KEY}: note"}),
        ("RSA_2048", "ML_DSA_65", {f"{KEY}: note"}),
        ("RSA_2048", None, {f"{KEY}: skipped"}),
        (None, None, set()),
        (part("$Key"), "RSA_2048", {f"{KEY}: skipped"}),
        (part("$Key"), "EC_prime256v1", {f"{KEY}: skipped"}),
        ("rsa", "EC_prime256v1", set()),
    ],
)
def test_the_families_of_the_keys(requested, own, expected):
    """Another family is a note, because ACM chooses the signing algorithm itself."""
    assert found(requested, own) == expected


def test_the_message_has_both_keys():
    """Without a key algorithm, ACM uses `RSA_2048`."""
    ca = Authority((CA,), "CA", may_renew=True, key_algorithm="EC_prime256v1")
    [finding], _ = check_rule("ACM704", "a.io", certificate_authority_arn=CA, authorities=(ca,))
    assert finding.message.startswith(
        "the key is `RSA_2048`, but the key of the private CA `CA` is"
    )


def test_the_reason_is_what_is_unknown():
    """That is the CA if its ARN is unknown, and its key otherwise."""
    key = {KEY: "RSA_2048"}
    _, skips = check_rule("ACM704", "a.io", certificate_authority_arn=part("${Ca}"), **key)
    assert "`${Ca}`" in {skip.path: skip.detail for skip in skips}[(KEY,)]
    arn = part("${Ca}")
    ca = Authority((arn,), "CA", may_renew=True)
    for fields in ({"certificate_authority_arn": CA}, {"certificate_authority_arn": arn}):
        authorities = () if fields["certificate_authority_arn"] == CA else (ca,)
        _, skips = check_rule("ACM704", "a.io", authorities=authorities, **fields, **key)
        reasons = {skip.path: skip.detail for skip in skips}
        assert reasons[(KEY,)] == "it is unknown whether the private CA has an RSA key"
