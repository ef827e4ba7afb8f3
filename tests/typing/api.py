"""The public API as its users write it: type-checked, never run."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import assert_type

import acmrules as acm
from acmrules import lint
from acmrules.facts import acm as facts
from acmrules.lint import Finding, Report

DAY = date(2026, 11, 23)


# names

name = acm.parse_name("*.example.com")
assert_type(name, acm.DomainName | acm.WildcardDomainName)
if isinstance(name, acm.WildcardDomainName):
    assert_type(name.parent, acm.DomainName)
else:
    assert_type(name, acm.DomainName)
assert_type(name.labels, tuple[str, ...])
assert_type(name.octets, int)
assert_type(name.is_within(acm.DomainName("example.com")), bool)
assert_type(acm.DomainName.from_dict("example.com"), acm.DomainName)
assert_type(str(acm.WildcardDomainName(acm.DomainName("example.com"))), str)
assert_type(acm.WildcardDomainName("*.example.com").parent, acm.DomainName)
acm.WildcardDomainName(3)  # type: ignore[arg-type]
assert_type(acm.DomainName(acm.DomainName("example.com")), acm.DomainName)
assert_type(acm.is_name("example.com"), bool)
assert_type(acm.name_fault("localhost"), acm.NameFault | None)
acm.parse_name(b"example.com")  # type: ignore[arg-type]
name.octets = 3  # type: ignore[misc]


def faults(texts: list[str]) -> Iterator[tuple[str, acm.NameFault, tuple[int, int]]]:
    """Yield what is wrong with texts that are no names."""
    for text in texts:
        try:
            acm.parse_name(text)
        except acm.InvalidName as error:
            yield error.text, error.fault, error.span


names = acm.NameList(["example.com", acm.parse_name("www.example.com")])
assert_type(names.adding(["*.example.com"]), acm.NameList)
assert_type(names.domain_name, acm.Name)
assert_type(list(names), list[acm.DomainName | acm.WildcardDomainName])
assert_type(names[0], acm.Name)
assert_type("www.example.com" in names, bool)

# what they cover

assert_type(acm.covers("*.example.com", name), bool)
assert_type(acm.covers(host="a.example.com", name="*.example.com"), bool)
index = acm.CoverageIndex(names)
assert_type(index.covers("www.example.com"), bool)
assert_type(index.covering(name), acm.DomainName | acm.WildcardDomainName | None)
assert_type("www.example.com" in index, bool)
for missed in acm.uncovered(["*.example.com"], ["example.com"]):
    assert_type(missed, acm.Uncovered)
    assert_type(missed.host, acm.Name)
    assert_type(missed.nearest, acm.Name | None)
    assert_type(missed.reason.value, str)
assert_type(acm.redundant_names(names), tuple[acm.DomainName, ...])

suffixes = acm.default_suffixes()
assert_type(suffixes, acm.PublicSuffixes)
assert_type(suffixes.public_suffix("www.example.co.uk"), str)
assert_type(suffixes.icann.base_domain_name("www.example.co.uk"), acm.DomainName | None)
assert_type(suffixes.version, str)

# who approves them

whois = acm.WhoisContacts("owner@example.org", technical="ops@example.org")
for contact in acm.validation_contacts("www.example.com", whois=whois, as_of=date(2018, 1, 1)):
    assert_type(contact, acm.Contact)
    assert_type(contact.origin, acm.ContactOrigin)
    assert_type(contact.since, date | None)
    assert_type(contact.source, acm.Citation | None)
assert_type(acm.mail_domain("www.example.com"), acm.DomainName)
plan = acm.validation_plan(names, validation_method="EMAIL", as_of=DAY)
assert_type(plan, acm.ValidationPlan)
assert_type(plan.approvals, int)
assert_type(plan.mailboxes, tuple[str, ...])
assert_type(plan.at_renewal.mails, int)
assert_type(acm.zone_of("www.example.com", ["example.com"]), acm.DomainName | None)
match = acm.ZoneIndex([acm.DomainName("example.com")]).match(names[0])
assert_type(match, acm.ZoneMatch)
assert_type(match.locations, tuple[int, ...])
verdict = acm.may_issue(
    acm.parse_name("*.example.com"), {"example.com": [acm.CaaRecord(0, "issue", "amazon.com")]}
)
assert_type(verdict, acm.CaaVerdict)

# limits, places, services

assert_type(acm.Quotas(names=50).names, int)
acm.Quotas(hosts=50)  # type: ignore[call-arg]
assert_type(acm.quota_increase_request(50), str)
assert_type(acm.partition_of("eu-west-1"), str | None)
assert_type(acm.has_acm("eu-west-1"), bool)
assert_type(acm.near_regions("eu-wst-1"), tuple[str, ...])
assert_type(acm.required_region("cloudfront", "eu-west-1"), str | None)
assert_type(acm.key_algorithms("alb"), tuple[acm.KeyAlgorithm, ...] | None)
assert_type(acm.usable_outside_aws("imported"), bool)

# edits and renewals

change = acm.compare(issued=names, wanted=names.adding(["*.example.com"]), tool=acm.Tool.TERRAFORM)
assert_type(change, acm.Change)
assert_type(change.verdict, acm.Verdict)
if change.verdict >= acm.Verdict.REPLACEMENT:
    assert_type([str(name) for name in change.approve_again.by_hand], list[str])
assert_type(acm.validity_days(as_of=DAY), int)
assert_type(acm.max_validity_days(), int)
assert_type(acm.renewal_window(as_of=DAY), int)
assert_type(acm.foreseen_validity(as_of=DAY).days, int)
assert_type(acm.renewal_pace(as_of=DAY) + acm.Interval(1), acm.Interval)
assert_type(acm.renewal_pace().most, float | None)
assert_type(acm.yearly_workload(acm.CertificateRequest.of(["example.com"])), acm.Workload)

# plans

policy = acm.PlanPolicy(apart=[["example.com", "example.org"]], first=["example.com"])
demand = acm.Demand(["www.example.com"], "cloudfront", "eu-west-1", "Site")
planned = acm.plan(["example.com"], demands=[demand], policy=policy, quotas=acm.Quotas(names=50))
assert_type(planned, acm.Plan)
assert_type(planned.gap, int)
assert_type(planned.refused, tuple[acm.Unplannable, ...])
for certificate in planned.certificates:
    assert_type(certificate, acm.PlannedCertificate)
    assert_type(certificate.names, acm.NameList)
    assert_type(certificate.key_algorithm, acm.KeyAlgorithm)

# requests and their judgement

request = acm.CertificateRequest.of(["example.com", name], validation_method="DNS")
acm.CertificateRequest.of(["example.com"], validation_metod="DNS")  # type: ignore[call-arg]
acm.CertificateRequest.of(["example.com"], export=True)  # type: ignore[arg-type]
acm.CertificateRequest.of("example.com", "www.example.com")  # type: ignore[call-arg]
acm.NameList("example.com", "www.example.com")  # type: ignore[call-arg]
assert_type(request, acm.CertificateRequest)
assert_type(
    request.validation_method,
    acm.ValidationMethod | acm.Malformed | acm.Unresolved | None,
)
consumer = acm.Consumer("cloudfront", "Site", hosts=(acm.DomainName("example.com"),))
acm.Consumer("cloudfront")  # type: ignore[call-arg]
consumer.region = "us-east-1"  # type: ignore[misc]

report = lint.check(request, as_of=DAY, consumers=(consumer,), quotas=acm.Quotas(names=50))
assert_type(report, Report)
for finding in report.findings:
    assert_type(finding, Finding)
    assert_type(finding.rule.id, str)
    assert_type(finding.message, str)
lint.check(request, day=DAY)  # type: ignore[call-arg]
for finding in lint.check_text("", name="a.tf", kind="terraform", settings={"strict": True}):
    assert_type(finding, Finding)
assert_type(lint.check_paths([Path("infra"), "a.tf"], settings=Path("a.toml")).fails, bool)
assert_type(lint.check_params({}, operation="RenewCertificate", as_of=DAY).exit_code, int)
assert_type(report.worst(), acm.lint.Severity | None)
lint.check_text("")  # type: ignore[call-arg]
lint.check_text(b"", name="a.tf")  # type: ignore[arg-type]

# facts

assert_type(facts.VALIDITY_DAYS.value, int)
assert_type(facts.VALIDITY_DAYS.era(DAY), acm.Era[int])
assert_type(facts.VALIDITY_DAYS.history, acm.Timeline[int])
assert_type(facts.VALIDITY_DAYS.history.at(DAY), int | None)

# names that do not exist

acm.parse_nam("")  # type: ignore[attr-defined]
lint.check_txt("")  # type: ignore[attr-defined]
