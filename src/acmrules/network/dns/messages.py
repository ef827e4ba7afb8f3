"""Queries and responses of DNS: messages of dnspython, and the answers that they are."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer, DnsQuery, DnsRecord
from acmrules.readers.account.records import canonical_name, record_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dns.message import Message
    from dns.name import Name
    from dns.rrset import RRset

PAYLOAD = 1232
"""The largest response over UDP in octets, which no network fragments."""

_ADDRESSES = (dns.rdatatype.A, dns.rdatatype.AAAA)


def name_of(text: str) -> Name:
    """Return the name of dnspython of a canonical name; raises an exception of dnspython."""
    return dns.name.from_text(text, dns.name.root)


def message(name: Name, kind: str, *, to_resolver: bool = False, checks: bool = True) -> Message:
    """Return a query; one to a resolver desires recursion, and asks whether it validated."""
    query = dns.message.make_query(name, kind, use_edns=0, payload=PAYLOAD)
    query.flags = dns.flags.RD | dns.flags.AD if to_resolver else dns.flags.Flag(0)
    if not checks:
        query.flags |= dns.flags.CD
    return query


def answer(
    query: DnsQuery,
    response: Message | None,
    server: str,
    zone: str = "",
    zone_servers: tuple[str, ...] = (),
) -> DnsAnswer:
    """Return what a server answered to a query; `None` is no response.

    Records whose owner is neither the name nor the target of its alias are left out.
    """
    found = DnsAnswer(
        query.name,
        query.type,
        AnswerStatus.NO_ANSWER,
        server=server,
        checks_dnssec=query.checks_dnssec,
        zone=zone,
        zone_servers=zone_servers,
    )
    if response is None:
        return found
    name = name_of(query.name)
    return found.__replace__(
        status=status_of(response),
        records=tuple(_records(_chain(name, response.answer))),
        authority=tuple(_records(_above(name, response.authority))),
        is_authoritative=bool(response.flags & dns.flags.AA),
        is_authenticated=bool(response.flags & dns.flags.AD),
    )


def of_internet(response: Message) -> Message:
    """Return a response without the records of other classes, which are not about this DNS."""
    for section in (response.answer, response.authority, response.additional):
        section[:] = [each for each in section if each.rdclass == dns.rdataclass.IN]
    return response


def status_of(response: Message) -> AnswerStatus:
    """Return the status of a response by its code."""
    code = dns.rcode.to_text(response.rcode())
    return AnswerStatus(code) if code in AnswerStatus.__members__ else AnswerStatus.OTHER


def delegation(response: Message, above: Name, name: Name) -> RRset | None:
    """Return the NS records by which a server delegates a name to a zone below `above`.

    It is a referral, or the NS records of the zone itself, if the server has that zone too.
    """
    if response.rcode() != dns.rcode.NOERROR:
        return None
    is_own = bool(response.flags & dns.flags.AA)
    found = [each for each in response.answer if is_own and each.name == name]
    if not response.answer:
        found += response.authority
    for each in found:
        is_below = each.name != above and each.name.is_subdomain(above)
        if each.rdtype == dns.rdatatype.NS and is_below and name.is_subdomain(each.name):
            return each
    return None


def targets(records: RRset) -> tuple[str, ...]:
    """Return the names of the servers in NS records, sorted, each once."""
    return tuple(sorted({canonical_name(each.target) for each in records}))


def glue(response: Message, above: Name) -> dict[str, tuple[str, ...]]:
    """Return the addresses in a referral by the name of the server, if it is within a zone.

    A server knows nothing about names outside the zone that it answers for.
    """
    found: dict[str, set[str]] = {}
    for each in response.additional:
        if each.rdtype in _ADDRESSES and each.name.is_subdomain(above):
            found.setdefault(canonical_name(each.name), set()).update(addresses([each]))
    return {name: in_order(own) for name, own in found.items()}


def addresses(records: list[RRset]) -> set[str]:
    """Return the addresses in records."""
    return {each.address for rrset in records if rrset.rdtype in _ADDRESSES for each in rrset}


def in_order(found: set[str]) -> tuple[str, ...]:
    """Return addresses in order, those of IPv4 first, because more computers reach them."""
    return tuple(sorted(found, key=lambda address: (":" in address, address)))


def _chain(name: Name, answers: list[RRset]) -> Iterator[RRset]:
    """Yield the records of a name and of the targets of its alias, each owner once."""
    by_owner: dict[Name, list[RRset]] = {}
    for each in answers:
        by_owner.setdefault(each.name, []).append(each)
    owner: Name | None = name
    while owner is not None:
        here = by_owner.pop(owner, [])
        yield from here
        aliases = (each for each in here if each.rdtype == dns.rdatatype.CNAME)
        owner = next((each[0].target for each in aliases), None)


def _above(name: Name, authority: list[RRset]) -> Iterator[RRset]:
    """Yield the SOA and NS records of the zones that contain a name."""
    for each in authority:
        if each.rdtype in {dns.rdatatype.NS, dns.rdatatype.SOA} and name.is_subdomain(each.name):
            yield each


def _records(rrsets: Iterator[RRset]) -> Iterator[DnsRecord]:
    """Yield the records of sets; those of a set are in order, as servers rotate them."""
    for each in rrsets:
        found = (record_of(each.name, data, each.ttl) for data in each)
        yield from sorted(found, key=lambda record: record.value)
