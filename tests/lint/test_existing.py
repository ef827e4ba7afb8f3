"""The rules for certificates that exist."""

import json
from datetime import date

import pytest
from tests.support.account import arn_of, described, listed
from tests.support.account_files import read, saved

from acmrules.facts.fact import CHECKED
from acmrules.lint.existing import (
    NOT_APPLIED,
    gaps_not_checked,
    hidden_not_checked,
    states_not_checked,
)
from acmrules.lint.linter import Linter
from acmrules.lint.rules import CATALOGUE
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import Tool

APPLIED = {
    "ACM101": "an invalid name explains why validation fails",
    "ACM103": "an invalid name explains why validation fails",
    "ACM104": "an invalid name explains why validation fails",
    "ACM105": "a public CA cannot validate the name",
    "ACM106": "no customer controls the name",
    "ACM107": "only Amazon controls the name",
    "ACM108": "CAs refuse the name",
    "ACM109": "CAs refuse the name",
    "ACM110": "no customer controls the name",
    "ACM201": "an invalid name explains why validation fails",
    "ACM202": "CAs refuse the name",
    "ACM203": "the parent domain is not covered",
    "ACM204": "the name costs a validation for nothing",
    "ACM205": "a linked consumer is not covered",
    "ACM206": "no linked consumer serves the name",
    "ACM207": "a linked consumer has a wrong alias",
    "ACM305": "the validation record is impossible",
    "ACM402": "email validation ends in 2028",
    "ACM413": "the next renewal fails",
    "ACM414": "no approver reads the mail",
    "ACM501": "a linked consumer needs another Region",
    "ACM502": "a linked consumer is in another Region",
    "ACM505": "a linked consumer does not accept the key",
    "ACM506": "a linked consumer does not accept certificates",
    "ACM507": "a linked consumer has a requirement",
    "ACM508": "a linked consumer needs another Region",
    "ACM523": "a linked consumer is in another account",
    "ACM701": "the option has no effect",
    "ACM702": "the export costs extra",
    "ACM801": "the policy is about all certificates",
    "ACM802": "the policy is about all certificates",
    "ACM803": "the policy is about all certificates",
    "ACM805": "the policy is about all certificates",
    "ACM806": "the policy is about all certificates",
    "ACM901": "a file in YAML may have suppressions",
    "ACM902": "a file in YAML may have suppressions",
    "ACM903": "a file in YAML may have suppressions",
}
"""The rules that apply to certificates that exist, and why."""

BY_ID = {rule.id: rule for rule in CATALOGUE}


def findings(rule, example):
    """Return what a rule reports of its example as a certificate that exists."""
    fields = dict(example.context)
    linter = Linter(
        as_of=example.as_of or CHECKED,
        quotas=fields.pop("quotas", None),
        issued=fields.pop("issued", None),
        policy=fields.pop("policy", None),
        rules=[rule],
    )
    fields.pop("tool", None)
    variant = Variant(example.request, locations={}, **{"consumers": (), **fields})
    return linter.check(Declaration(None, Tool.ACCOUNT, "arn", (variant,)))


def failing(rule):
    """Return the examples that fail a rule, without those for another tool."""
    return [each for each in rule.examples if each.at is not None and "tool" not in each.stated]


def test_each_rule_applies_or_does_not():
    """The two tables have every rule once, each with its reason."""
    assert NOT_APPLIED.keys() | APPLIED.keys() == BY_ID.keys()
    assert not NOT_APPLIED.keys() & APPLIED.keys()
    assert all(NOT_APPLIED.values())


@pytest.mark.parametrize("rule_id", sorted(NOT_APPLIED))
def test_a_rule_about_writing_requests_does_not_apply(rule_id):
    """Such a rule finds nothing and leaves nothing open, whatever the certificate is."""
    rule = BY_ID[rule_id]
    for example in rule.examples:
        found, skips = findings(rule, example)
        assert not found
        assert not [each for each in skips if each.rule == rule and "in force" not in each.detail]


@pytest.mark.parametrize(
    "rule_id", sorted(each for each in APPLIED if BY_ID[each].on != "suppression")
)
def test_a_rule_about_certificates_applies_without_a_fix(rule_id):
    """Such a rule reports its example, and no fix, because an edit of a response has no effect."""
    rule = BY_ID[rule_id]
    reported = [finding for example in failing(rule) for finding in findings(rule, example)[0]]
    assert reported
    for finding in reported:
        assert finding.fix is None
        assert finding.locations is None
        assert finding.help
        assert "{name}" not in finding.help


@pytest.mark.parametrize("rule_id", sorted(each for each in APPLIED if BY_ID[each].on == "request"))
def test_messages_are_right_for_a_certificate(rule_id):
    """No message or help speaks of a request that you could still edit."""
    rule = BY_ID[rule_id]
    for example in failing(rule):
        for finding in findings(rule, example)[0]:
            text = f"{finding.message} {finding.help}"
            assert "the request" not in text
            assert "now and" not in text
            # A CAA record is in DNS, where you can add it.
            is_of_request = finding.help.startswith(("add ", "remove ", "set ", "shorten "))
            assert not is_of_request or rule_id == "ACM413"


def test_a_wildcard_without_its_parent_is_reported():
    """The finding is at the certificate, with what to do about one that exists."""
    [declaration] = read(described("*.brightharbor.io"))
    [finding], skips = Linter().check(declaration)
    assert (finding.rule.id, finding.location.line) == ("ACM203", 1)
    assert (
        finding.help == "if you serve the parent domain too, request a certificate with both names"
    )
    assert not skips


def test_the_domain_of_the_mail_is_that_of_the_description():
    """A description has the validation domain, so nothing is said of a subdomain."""

    def mail(domain):
        return {
            "DomainName": "a.b.brightharbor.io",
            "ValidationDomain": domain,
            "ValidationMethod": "EMAIL",
            "ValidationStatus": "SUCCESS",
        }

    def ids(domain):
        [found] = read(described("a.b.brightharbor.io", DomainValidationOptions=[mail(domain)]))
        return [each.rule.id for each in Linter().check(found)[0]]

    assert ids("a.b.brightharbor.io") == ["ACM402", "ACM414"]
    assert ids("brightharbor.io") == ["ACM402"]


def test_caa_records_of_an_inventory_are_checked():
    """CAA records in the same file forbid the next renewal."""
    found = [f for each in read(saved("inventory")) for f in Linter().check(each)[0]]
    forbidden = [each for each in found if each.rule.id == "ACM413"]
    assert [each.address for each in forbidden] == [arn_of(1), arn_of(90)]


@pytest.mark.parametrize("name", ["imported", "private", "failed-slr-not-found"])
def test_imported_and_private_certificates_have_no_findings(name):
    """Rules for public requests do not apply to them."""
    assert [Linter().check(each) for each in read(saved(name))] == [([], [])]


def test_an_entry_of_a_list_leaves_open_what_it_does_not_contain():
    """The method is not in a list, and the names may not be complete."""
    complete, _ = read({"CertificateSummaryList": [listed()]})
    found, skips = Linter().check(complete)
    assert not found
    assert {each.detail for each in skips} == {"`ValidationMethod` is unknown"}
    entry = listed(HasAdditionalSubjectAlternativeNames=True)
    partial, _ = read({"CertificateSummaryList": [entry]})
    details = {each.detail for each in Linter().check(partial)[1]}
    assert "`SubjectAlternativeNames` is unknown" in details


STATES = [
    ("issued", ""),
    ("pending-validation", "1 PENDING_VALIDATION"),
    ("expired", "1 EXPIRED"),
    ("failed-caa-error", "1 FAILED"),
    ("revoked", "1 REVOKED"),
    ("renewal-pending", "1 not renewed"),
]


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_state_that_no_rule_checks_is_reported(name, state):
    """A certificate that is not fine does not look fine: the note has the command."""
    notes = [*states_not_checked(read(saved(name), f"{name}.json"), date(2026, 11, 30))]
    expected = f"the state of 1 certificate ({state}) has a cause that no rule checks"
    command = f"run `acmrules diagnose {name}.json`"
    assert [str(each) for each in notes] == ([f"{expected}: {command}"] if state else [])


def test_a_certificate_that_expired_by_the_date_is_reported():
    """A saved description gets old."""
    declarations = read(saved("issued"))
    assert not [*states_not_checked(declarations, date(2027, 3, 17))]
    [note] = states_not_checked(declarations, date(2027, 3, 18))
    assert "1 EXPIRED" in str(note)


def test_the_states_of_a_file_are_one_note():
    """The note counts the certificates by state."""
    data = [described(arn=arn_of(n), Status=s) for n, s in enumerate(("FAILED", "FAILED", "NEW"))]
    [note] = states_not_checked(read(json.dumps(data)), date(2026, 11, 30))
    assert "3 certificates (2 FAILED, 1 NEW)" in str(note)


def test_a_list_without_its_filters_may_leave_out_certificates():
    """ACM hides most kinds by default, so a list without its filters may not be complete."""
    declarations = read({"CertificateSummaryList": [listed()]})
    [note] = hidden_not_checked(declarations)
    assert "the list of certificates in `eu-west-1` may leave out some: key algorithms" in str(note)
    assert not [*hidden_not_checked(read(saved("inventory")))]
    assert not [*hidden_not_checked(read(saved("issued")))]


def test_a_refused_call_is_not_checked():
    """Certificates are missing; a deleted one is not."""
    refused = {"operation": "ListCertificates", "region": "sa-east-1"}
    gone = {"operation": "DescribeCertificate", "region": "eu-west-1"}
    calls = [
        refused | {"error": {"code": "AccessDeniedException", "message": "no"}},
        gone | {"error": {"code": "ResourceNotFoundException", "message": "no"}},
    ]
    declarations = read({"acmrules": "0.2.0", "inventory": 1, "responses": calls})
    [note] = gaps_not_checked(declarations)
    assert str(note) == (
        "the result of ListCertificates in sa-east-1 is missing (AccessDeniedException), so the"
        " certificates in sa-east-1 are unknown: correct the cause, and run `acmrules inventory`"
        " again"
    )
