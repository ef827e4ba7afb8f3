"""The diagnoses of the certificates in files."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from tests.support.diagnoses import ARN, NOW, existing, run_of
from tests.support.diagnoses import diagnoses as runs
from tests.support.shown_accounts import account_of, arn_of, asked, detail, listed
from tests.support.shown_accounts import declared as declared_ones

from acmrules.analysis.diagnoses import certificates_in, diagnoses
from acmrules.diagnosis.certificate import CertificateEvent, CertificateStatus
from acmrules.diagnosis.model import State
from acmrules.model.account import Account, Refusal
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import Inventory
from acmrules.model.placed import Location
from acmrules.request import Tool
from acmrules.syntax.source import Source

ISSUED = CertificateStatus.ISSUED


def declared(certificate, line, file="account.json"):
    """Return the declaration of a certificate on a line of a file."""
    source = Source(file, "\n" * 20)
    locations = {(): Location(source, line - 1, line)}
    variant = Variant(None, (), locations, existing=certificate)
    return Declaration(source, Tool.ACCOUNT, certificate.arn, (variant,))


def inventory(*certificates, **account):
    """Return an inventory with certificates, each on a line of its own."""
    declarations = (declared(each, line) for line, each in enumerate(certificates, 1))
    return Inventory(tuple(declarations), account=Account(certificates, **account))


def test_each_certificate_has_one_diagnosis_with_its_line():
    """The order is that of the states, so the pending one is first."""
    fine = existing("a.io", number=1, status=ISSUED, not_after=NOW + timedelta(days=100))
    found = diagnoses(inventory(fine, existing("b.io", number=2)), NOW).certificates
    assert [each.arn for each in found] == [ARN.format(2), ARN.format(1)]
    assert [each.file_and_line for each in found] == ["account.json:2", "account.json:1"]
    assert [each.diagnosis.as_of for each in found] == [NOW, NOW]


def test_a_description_has_the_location_even_if_a_list_is_read_first():
    """A list and a description of one certificate are joined by its ARN."""
    listed, described = existing("a.io", described=False), existing("a.io")
    files = (
        declared(listed, 3, "list.json"),
        declared(described, 5),
        declared(listed, 7, "z.json"),
    )
    both = Inventory(files, account=Account((described,)))
    [found] = diagnoses(both, NOW).certificates
    assert found.file_and_line == "account.json:5"


def test_an_event_names_a_certificate_that_no_file_describes():
    """Its state is unknown, and it has no location; one that a file describes is not repeated."""
    event = CertificateEvent(
        "ACM Certificate Approaching Expiration", (ARN.format(1), ARN.format(9))
    )
    found = inventory(existing("a.io"), events=(event,))
    assert [each.arn for each in certificates_in(found)] == [ARN.format(1), ARN.format(9)]
    last = next(each for each in diagnoses(found, NOW).certificates if each.arn == ARN.format(9))
    assert last.diagnosis.state is State.UNKNOWN
    assert last.location is None
    assert last.diagnosis.certificate.events == (event,)


def test_a_refused_call_leaves_the_state_unknown():
    """Certificates may be missing, so a run in which the others are fine is not fine."""
    fine = existing("a.io", status=ISSUED, not_after=NOW + timedelta(days=100), in_use=True)
    refusal = Refusal("ListCertificates", "AccessDeniedException")
    assert diagnoses(inventory(fine), NOW).state is State.FINE
    assert diagnoses(inventory(fine, refusals=(refusal,)), NOW).state is State.UNKNOWN
    gone = Refusal("DescribeCertificate", "ResourceNotFoundException")
    assert diagnoses(inventory(fine, refusals=(gone,)), NOW).state is State.FINE
    assert run_of().state is State.UNKNOWN


@settings(max_examples=25)
@given(runs())
def test_the_state_of_a_run_is_the_worst(run):
    """No certificate is in a worse state."""
    order = [*State]
    assert all(
        order.index(run.state) <= order.index(each.diagnosis.state) for each in run.certificates
    )


@settings(max_examples=25)
@given(runs())
def test_urgency_sorts_by_state_and_deadline(run):
    """A worse state is first, and of two in the same state the one with the earlier deadline."""
    found = sorted(run.certificates, key=lambda each: each.urgency)
    order = [*State]
    states = [order.index(each.diagnosis.state) for each in found]
    assert states == sorted(states)
    for one, other in pairwise(found):
        if one.diagnosis.state is other.diagnosis.state and other.diagnosis.deadline:
            assert one.diagnosis.deadline.at <= other.diagnosis.deadline.at


def test_a_diagnosis_does_not_repeat_its_certificate_in_a_drift():
    """Its names, state and place are above it."""
    details = [detail(), detail("a.io", number=2)]
    account = account_of(*details, listed=(listed(),))
    shown = Inventory((asked(), *declared_ones(*details)), account=account)
    found = {each.arn: each for each in diagnoses(shown, NOW).certificates}
    [drift] = found[arn_of(2)].drifts
    assert (drift.text, drift.location) == ("no file here declares this certificate", None)
    assert found[arn_of(1)].drifts == ()
