"""The answers of hosted zones, as if their servers were queried."""

from __future__ import annotations

from acmrules.diagnosis.answers import (
    AnswerStatus,
    DnsAnswer,
    DnsAnswers,
    DnsQuery,
    DnsRecord,
    HostedZone,
)
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.dns.case import cut_in, serves
from acmrules.diagnosis.dns.evidence import Evidence, is_within
from acmrules.diagnosis.dns.queries import next_queries
from acmrules.diagnosis.dns.wording import zone_called

_MOST_ROUNDS = 8
_MOST_ALIASES = 8


def written_answers(certificate: CertificateDetail, evidence: Evidence, name: str) -> DnsAnswers:
    """Return what the most specific complete public zone of a name says about a certificate.

    The zone is the only source, so the result shows what is written, and not what resolvers see. A
    zone that the parent zone certainly does not delegate to is left out.
    """
    zone = _zone(evidence, name)
    known = DnsAnswers((), evidence.zones_of(name))
    for _ in range(_MOST_ROUNDS if zone else 0):
        queries = next_queries([certificate], known)
        found = tuple(
            answer_of(zone, query)
            for query in queries
            if zone and is_within(query.name, zone.name) and not query.to_resolver
        )
        if not found:
            break
        known = known.__replace__(answers=known.answers + found)
    return known


def _zone(evidence: Evidence, name: str) -> HostedZone | None:
    """Return the zone that answers; of several with the same name, the one that has the name."""
    delegated = evidence.delegation(name)
    usable = [
        each
        for each in evidence.zones_of(name)
        if each.is_complete and not each.is_private and (not delegated or serves(each, delegated))
    ]
    alike = (each for each in usable if each.name == usable[0].name and _has(each, name))
    return next(alike, usable[0] if usable else None)


def answer_of(zone: HostedZone, query: DnsQuery) -> DnsAnswer:
    """Return the response of a server that has exactly the records of a zone (RFC 1034)."""
    name = query.name
    found: tuple[DnsRecord, ...] = ()
    status = AnswerStatus.NOERROR
    for _ in range(_MOST_ALIASES):
        here = _records(zone, name)
        own = tuple(each for each in here if each.type == query.type)
        alias = next((each for each in here if each.type == "CNAME"), None)
        found += own or ((alias,) if alias else ())
        if not here and name != zone.name and not _is_above(zone, name):
            status = AnswerStatus.NXDOMAIN
        if own or alias is None or not is_within(alias.value, zone.name):
            break
        name = alias.value
    return DnsAnswer(
        query.name,
        query.type,
        status,
        found,
        server=zone_called(zone).removeprefix("the ").replace("`", ""),
        is_authoritative=True,
        zone=zone.name,
        zone_servers=zone.name_servers or (zone_called(zone),),
    )


def _records(zone: HostedZone, name: str) -> tuple[DnsRecord, ...]:
    """Return the records of a name, or those of the wildcard that answers for it (RFC 4592)."""
    own = tuple(each for each in zone.records if each.name == name)
    if own or _is_above(zone, name) or cut_in(zone, name):
        return own
    encloser = name
    while encloser != zone.name:
        encloser = encloser.partition(".")[2]
        if encloser == zone.name or _is_above(zone, encloser) or _has(zone, encloser):
            break
    wildcard = f"*.{encloser}"
    return tuple(each.__replace__(name=name) for each in zone.records if each.name == wildcard)


def _has(zone: HostedZone, name: str) -> bool:
    return any(each.name == name for each in zone.records)


def _is_above(zone: HostedZone, name: str) -> bool:
    """Return whether a name exists because there are records below it."""
    return any(each.name.endswith(f".{name}") for each in zone.records)
