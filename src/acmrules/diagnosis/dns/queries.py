"""What to ask DNS next, until nothing is open that an answer could settle."""

from __future__ import annotations

from collections.abc import Iterable

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswers, DnsQuery
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    DomainValidation,
    FailureReason,
    ResourceRecord,
)
from acmrules.diagnosis.dns.domains import is_within, parents
from acmrules.diagnosis.dns.evidence import Evidence, records_at
from acmrules.diagnosis.dns.outcomes import ACM_DOMAIN
from acmrules.diagnosis.dns.pending import domain_of_mail, method_of, pending, plain_name
from acmrules.diagnosis.dns.slips import slips
from acmrules.facts import acm, dns
from acmrules.names import Name
from acmrules.request import ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ANSWERED = (AnswerStatus.NOERROR, AnswerStatus.NXDOMAIN)


def next_queries(
    certificates: Iterable[CertificateDetail], answers: DnsAnswers
) -> tuple[DnsQuery, ...]:
    """Return the queries that no answer is for yet and whose answer matters, each once.

    Ask them, add the answers, and call it again, until it returns nothing. It does after a few
    rounds, whatever the answers are, if each query has an answer and the answers have the zones
    that `DnsAnswer` describes. No query is about a name whose validation succeeded.
    """
    evidence = Evidence(answers)
    found = (
        query
        for certificate in certificates
        for validation in pending(certificate)
        for query in wanted(validation, certificate, evidence)
    )
    return tuple(query for query in dict.fromkeys(found) if not evidence.has(query))


def wanted(
    validation: DomainValidation, certificate: CertificateDetail, evidence: Evidence
) -> Iterator[DnsQuery]:
    """Yield what to ask about a name, also what has been asked already."""
    if not isinstance(validation.name, Name):
        return
    name = str(plain_name(validation.name))
    method = method_of(validation, certificate)
    if certificate.failure_reason is FailureReason.CAA_ERROR:
        pass  # ACM checks CAA after all names are validated.
    elif method is ValidationMethod.DNS and validation.record:
        yield from _of_record(validation.record, name, evidence)
    elif method is ValidationMethod.EMAIL and (domain := domain_of_mail(validation)):
        yield from _through_aliases(domain, "MX", evidence)
    elif method is ValidationMethod.HTTP:
        for kind in ("A", "AAAA"):
            yield from _through_aliases(name, kind, evidence, dns.HTTP_NEEDS_CLOUDFRONT.value)
    if method:
        yield from _of_caa(name, evidence)


def _of_record(record: ResourceRecord, name: str, evidence: Evidence) -> Iterator[DnsQuery]:
    """Yield what to ask about a validation record: first what it is, then why it is not there."""
    checked = DnsQuery(record.name, "CNAME", to_resolver=True)
    yield DnsQuery(record.name, "CNAME", to_all=True)
    yield checked
    found = evidence.of_aliases(record.name)
    if any(each.status not in _ANSWERED for each in found):
        yield checked.__replace__(checks_dnssec=False)
    chain = evidence.chain(record.name)
    if chain and not any(is_within(target, ACM_DOMAIN) for target in chain):
        yield from _through_aliases(record.name, "CNAME", evidence, ACM_DOMAIN)
        yield from (DnsQuery(f"*.{parent}", "CNAME") for parent in _above(name))
    is_absent = any(
        each.status in _ANSWERED and not records_at(each, record.name, "CNAME") for each in found
    )
    if is_absent:
        yield from _in_place_of(record.name, name, evidence)
    delegated = evidence.delegation(record.name)
    own = delegated.zone if delegated and "." in delegated.zone else ""
    if is_absent and not chain:
        zones = [zone.name for zone in evidence.zones_of(record.name)]
        for slip in slips(record.name, name, (*zones, own)):
            if len(slip) <= acm.MAX_NAME_OCTETS.value:
                yield DnsQuery(slip, "CNAME")
    if own:
        yield DnsQuery(own, "NS", to_all=True)
        yield DnsQuery(own, "DS", to_resolver=True, checks_dnssec=False)


def _in_place_of(record: str, name: str, evidence: Evidence) -> Iterator[DnsQuery]:
    """Yield what may be at the name of a record instead of its alias, or in a wildcard above."""
    for kind in ("A", "AAAA", "TXT"):
        yield DnsQuery(record, kind)
        if any(records_at(each, record, kind) for each in evidence.about(record, kind)):
            yield from (DnsQuery(f"*.{parent}", kind) for parent in _above(name))


def _above(name: str) -> Iterator[str]:
    """Yield a name and the names above it whose wildcard may answer for a record at the name."""
    return (parent for parent in parents(name) if "." in parent)


def _of_caa(name: str, evidence: Evidence) -> Iterator[DnsQuery]:
    """Yield the climb from a name to its top-level domain, through the alias of each (RFC 8659)."""
    checked = DnsQuery(name, "CAA", to_resolver=True)
    yield checked
    if any(each.status not in _ANSWERED for each in evidence.about(name, "CAA")):
        yield checked.__replace__(checks_dnssec=False)
    for parent in parents(name):
        yield from _through_aliases(parent, "CAA", evidence)


def _through_aliases(name: str, kind: str, evidence: Evidence, end: str = "") -> Iterator[DnsQuery]:
    """Yield the query about a name and about the targets of its alias, up to those of a domain."""
    yield DnsQuery(name, kind)
    for target in evidence.chain(name):
        if end and is_within(target, end):
            return
        yield DnsQuery(target, kind)
