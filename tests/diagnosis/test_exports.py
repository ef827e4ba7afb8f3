"""An exported certificate has to be exported again after its renewal."""

import pytest
from tests.support.existing import NOW, OF_CERTIFICATE, issued, renewal

from acmrules.diagnosis import Cause, Certainty, State, diagnose
from acmrules.diagnosis.exports import export_aspect

EXPORTED = {"was_exported": True, "can_export": True, "renewal": renewal("SUCCESS")}


@pytest.mark.parametrize(
    ("in_use", "is_renewable", "state", "certainties"),
    [
        (False, False, State.WAITING_FOR_YOU, [Certainty.LIKELY]),
        (False, True, None, []),
        (True, True, None, [Certainty.OPEN]),
        (None, None, None, [Certainty.OPEN]),
    ],
)
def test_eligibility_shows_whether_the_export_is_outdated(in_use, is_renewable, state, certainties):
    """An unused certificate is eligible only if it was exported since its renewal."""
    found = export_aspect(issued(in_use=in_use, is_renewable=is_renewable, **EXPORTED))
    assert found.state is state
    assert [each.certainty for each in found.obstacles] == certainties


def test_the_commands():
    """An outdated export is repeated; otherwise, CloudTrail has the last exports."""
    (again,) = export_aspect(issued(in_use=False, is_renewable=False, **EXPORTED)).obstacles
    assert again.commands == (
        (
            f"aws acm export-certificate {OF_CERTIFICATE} --passphrase fileb://passphrase.txt"
            " --region eu-west-1"
        ),
    )
    found = diagnose(issued(**EXPORTED), as_of=NOW)
    assert found.state is State.FINE
    assert [each.cause for each in found.obstacles] == [Cause.EXPORT_AGAIN]
    assert found.commands == (
        (
            "aws cloudtrail lookup-events --lookup-attributes"
            " AttributeKey=EventName,AttributeValue=ExportCertificate --region eu-west-1"
        ),
    )


@pytest.mark.parametrize(
    "fields",
    [{"was_exported": False}, {"renewal": None}, {"renewal": renewal("PENDING_AUTO_RENEWAL")}],
)
def test_other_certificates_need_no_export(fields):
    """Without an export or a renewal, nothing is outdated."""
    assert export_aspect(issued(**(EXPORTED | fields))).obstacles == ()
