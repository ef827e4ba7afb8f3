"""A helper for tests of programs that make requests."""

import pytest
from tests.support.programs import program

from acmrules import CertificateRequest

assert_accepted = program("pytest_helper").assert_accepted


def test_a_correct_request_passes():
    """Nothing happens for a request that ACM accepts."""
    assert_accepted(
        CertificateRequest.of(["brightharbor.io"], validation_method="DNS"), region="us-east-1"
    )


def test_all_errors_of_all_requests_are_listed():
    """The failure of a test shows each error with its rule."""
    wrong = [CertificateRequest.of([n], validation_method="DNS") for n in ("localhost", "*.co.uk")]
    with pytest.raises(AssertionError) as failure:
        assert_accepted(*wrong, region="us-east-1")
    assert [line.partition(":")[0] for line in str(failure.value).splitlines()] == [
        "ACM101",
        "ACM202",
    ]
