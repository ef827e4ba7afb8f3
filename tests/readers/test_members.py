"""The members of requests: none goes missing or is misspelled without a word in the report."""

import pytest
from tests.support.members import (
    FORMATS,
    errors_in,
    members_of,
    misspelled,
    report_on,
    without,
)

CASES = [
    pytest.param(write, data, path, kind, id=f"{kind}, {which}: {'.'.join(map(str, path))}")
    for kind, (write, requests) in FORMATS.items()
    for which, data in requests.items()
    for path in members_of(data)
]

WITHOUT_UNKNOWN_MEMBERS = {"change set", "plan", "Ingress", "consumer"}
"""The formats that a tool writes, and objects whose other members are not about certificates."""


CANNOT_MATTER = {
    # ACM accepts a tag without a value; only CloudFormation requires one.
    "Tags.0.Value",
    "tags.0.value",
    # ACM treats requests with a different token, or without one, in the same way.
    "IdempotencyToken",
    "idempotencyToken",
    # The zone of the records; a plugin finds it by the names too.
    "hostedZoneIds",
    # Amazon CloudFront, the only service that may set it, is also the only one that uses HTTP.
    "ManagedBy",
    # Without it, the certificate is for clients and servers, which is valid too.
    "CertificateUsage",
    # Where the controller stores the certificate, not what it requests.
    "exportTo.key",
    "exportTo.name",
    "exportTo.namespace",
}
"""The members whose absence is no mistake and has no effect on anything that a rule checks."""


def is_free(path):
    """Return whether the member is a key of the user's own."""
    return path[0] == "tags" and path[-1] == "Owner"


@pytest.mark.parametrize(
    ("write", "data"), {c.id.partition(":")[0]: c.values[:2] for c in CASES}.values()
)
def test_the_requests_are_valid(write, data):
    """Without a mistake, there is no error, and every request is found."""
    report = report_on(*write(data))
    assert errors_in(report) == []
    assert max(report[:2]) == 1


def matters(kind, path):
    """Return whether the absence of a member is a mistake or has an effect."""
    member = ".".join(map(str, path))
    is_stack = kind.startswith("CloudFormation") or kind == "change set"
    return member not in CANNOT_MATTER or (is_stack and member == "Tags.0.Value")


MATTERING = [each for each in CASES if matters(each.values[3], each.values[2])]


@pytest.mark.parametrize(("write", "data", "path", "_"), MATTERING)
def test_a_deleted_member_changes_the_report(write, data, path, _):
    """The report on a request changes with any one member that is missing."""
    assert report_on(*write(without(data, path))) != report_on(*write(data))


@pytest.mark.parametrize(("write", "data", "path", "kind"), CASES)
def test_a_misspelled_member_changes_the_report(write, data, path, kind):
    """A request with any one member misspelled is an error, with one more finding."""
    wrong = report_on(*write(misspelled(data, path)))
    assert wrong != report_on(*write(data))
    if kind not in WITHOUT_UNKNOWN_MEMBERS and not is_free(path):
        assert any(line[0] == "ACM309" for line in wrong if isinstance(line, tuple))
