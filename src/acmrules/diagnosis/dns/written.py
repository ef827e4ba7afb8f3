"""The answers of hosted zones, as if their servers were queried."""

from __future__ import annotations

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer, DnsQuery, DnsRecord
from acmrules.diagnosis.certificate import CertificateDetail, DomainValidation
from acmrules.diagnosis.dns.case import serves
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.domains import is_within
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.queries import wanted
from acmrules.diagnosis.dns.wording import zone_called

_MOST_ROUNDS = 8
_MOST_ALIASES = 8


def written(
    certificate: CertificateDetail, validation: DomainValidation, evidence: Evidence, name: str
) -> Evidence:
    """Return what the most specific complete public zone of a name says about a validation.

    The zone is the only source, so the result shows what is written, and not what resolvers see. A
    zone that the parent zone certainly does not delegate to is left out.
    """
    zone = _zone(evidence, name)
    answers: tuple[DnsAnswer, ...] = ()
    known = evidence.with_answers(answers)
    for _ in range(_MOST_ROUNDS if zone else 0):
        found = tuple(
            answer_of(zone, query)
            for query in dict.fromkeys(wanted(validation, certificate, known))
            if zone and is_within(query.name, zone.name)
            if not query.to_resolver and not known.has(query)
        )
        if not found:
            break
        answers += found
        known = evidence.with_answers(answers)
    return known


def _zone(evidence: Evidence, name: str) -> ZoneContent | None:
    """Return the zone that answers; of several with the same name, the one that has the name."""
    delegated = evidence.delegation(name)
    usable = [
        each
        for each in evidence.zones_of(name)
        if each.is_complete and not each.is_private and (not delegated or serves(each, delegated))
    ]
    alike = (each for each in usable if each.name == usable[0].name and each.at(name))
    return next(alike, usable[0] if usable else None)


def answer_of(zone: ZoneContent, query: DnsQuery) -> DnsAnswer:
    """Return the response of a server that has exactly the records of a zone (RFC 1034)."""
    name = query.name
    found: tuple[DnsRecord, ...] = ()
    status = AnswerStatus.NOERROR
    for _ in range(_MOST_ALIASES):
        here = zone.answer(name)
        own = tuple(each for each in here if each.type == query.type)
        alias = next((each for each in here if each.type == "CNAME"), None)
        found += own or ((alias,) if alias else ())
        if not here and not zone.exists(name):
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
        zone_servers=tuple(zone.name_servers) or (zone_called(zone),),
    )
