"""Which certificate of an account a declaration has become."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import (
    ACCOUNT,
    REGION,
    account_of,
    arn_of,
    asked,
    declared,
    detail,
    drift_of,
    listed,
)

from acmrules.analysis.drift import DriftKind, drift_report, drifts
from acmrules.diagnosis.certificate import CertificateStatus
from acmrules.model.inventory import Inventory


def test_an_arn_decides_before_the_names():
    """A state contains the ARN, so names in common with another certificate do not matter."""
    state = asked("brightharbor.io", arn=arn_of(2))
    drift = drift_of([state], [detail("brightharbor.io"), detail("lighthouse.io", number=2)])
    assert [(each.kind, each.arn) for each in drift if each.address] == [
        (DriftKind.DIFFERS, arn_of(2)),
        (DriftKind.DIFFERS, arn_of(2)),
    ]


def test_an_issued_certificate_is_preferred_to_one_that_failed():
    """The other one is left over from an earlier request."""
    failed = detail(status=CertificateStatus.FAILED, number=1, in_use=False)
    drift = drift_of([asked()], [failed, detail(number=2)])
    assert [(each.kind, each.arn) for each in drift] == [(DriftKind.NOT_DECLARED, arn_of(1))]
    assert drift[0].text == (
        "no file here declares the certificate for `brightharbor.io`, status `FAILED`,"
        " and no resource uses it"
    )


def test_a_certificate_in_another_region_is_found_there():
    """Its own Region has to be listed, because it may be there too."""
    there = detail(region="us-east-1")
    [drift] = drift_of([asked()], [there])
    assert (drift.field, drift.declared, drift.existing) == ("region", REGION, "us-east-1")
    [drift, _] = sorted(drift_of([asked()], [there], listed=()), key=lambda each: not each.address)
    assert (drift.kind, drift.is_certain) == (DriftKind.NOT_LISTED, False)


def test_another_account_does_not_match():
    """The account of the file is an argument, because settings determine it."""
    inventory = Inventory(
        (asked(), *declared(detail())), account=account_of(detail(), listed=(listed(),))
    )
    assert [each.kind for each in drifts(inventory, lambda _: "210987654321")] == [
        DriftKind.NOT_DECLARED,
        DriftKind.NOT_LISTED,
    ]
    assert drifts(inventory, lambda _: ACCOUNT) == ()


def test_a_certificate_that_two_files_declare_is_reported():
    """The second one names the first; with unknown Regions that is not certain."""
    first, second = asked(address="One"), asked(address="Two")
    [drift] = drift_of([first, second], [detail()])
    assert (drift.kind, drift.address, drift.is_certain) == (
        DriftKind.DECLARED_TWICE,
        "Two",
        True,
    )
    assert drift.text.startswith("main.tf:1: One declares a certificate with the same names")
    [drift] = drift_of([asked(address="One", region=None), second], [detail()])
    assert (drift.kind, drift.is_certain) == (DriftKind.DECLARED_TWICE, False)
    assert drift_of([first, second], [detail(), detail(number=2)]) == ()


def test_a_certificate_whose_names_are_all_known_is_preferred():
    """An entry of a list may have more names, so it matches less well."""
    entry, whole = detail(number=1, names_known=False), detail(number=2)
    inventory = Inventory(
        (asked(), *declared(entry, whole)), account=account_of(entry, whole, listed=(listed(),))
    )
    [pair] = drift_report(inventory).pairs
    assert pair.existing.arn == arn_of(2)


def test_a_state_and_its_configuration_declare_one_certificate():
    """A file with the ARN describes what the other declares."""
    assert drift_of([asked(), asked(arn=arn_of(1))], [detail()]) == ()


NAMES = [f"{label}.brightharbor.io" for label in "abcd"]


@given(st.lists(st.sets(st.sampled_from(NAMES), min_size=1), max_size=4), st.randoms())
def test_certificates_in_any_order_have_the_same_drift(sets, random):
    """What was requested and issued as declared has none."""
    templates = [asked(*sorted(names), address=f"C{i}") for i, names in enumerate(sets)]
    details = [detail(*sorted(names), number=i) for i, names in enumerate(sets)]
    random.shuffle(details)
    assert drift_of(templates, details) == ()


@given(st.lists(st.sets(st.sampled_from(NAMES), min_size=1), max_size=4), st.booleans())
def test_each_existing_certificate_is_matched_at_most_once(sets, is_twice):
    """Each declaration is matched, or it has a drift that says why not."""
    templates = [asked(*sorted(names), address=f"C{i}") for i, names in enumerate(sets)]
    details = [detail(*sorted(names), number=i) for i, names in enumerate(sets[1:])]
    if is_twice:
        templates *= 2
    inventory = Inventory(
        (*templates, *declared(*details)), account=account_of(*details, listed=(listed(),))
    )
    report = drift_report(inventory)
    matched = {each.address: each.existing.arn for each in report.pairs if each.existing}
    assert len({*matched.values()}) == len(matched)
    unmatched = {each.address for each in report.pairs if not each.existing}
    explained = {
        each.address
        for each in report.drifts
        if each.kind in {DriftKind.NOT_FOUND, DriftKind.DECLARED_TWICE}
    }
    assert unmatched == explained
