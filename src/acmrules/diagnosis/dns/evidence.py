"""What is known about DNS by name: the responses of servers, and the content of zones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acmrules.diagnosis.answers import (
    AnswerStatus,
    DnsAnswer,
    DnsAnswers,
    DnsQuery,
    DnsRecord,
)
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.domains import parents
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")

_PARTIAL = frozenset({"ANY", "DS", "DNSKEY", "NSEC", "NSEC3", "RRSIG", "AXFR", "IXFR"})
"""Types whose responses do not show whether there is a CNAME at the name."""


class Delegation(Value):
    """The zone of a name, and the servers that answer for it; empty if they are unknown.

    `by_parent` is whether they are those that the zone above lists.
    """

    zone: str
    servers: tuple[str, ...] = ()
    by_parent: bool = False


class Evidence:
    """An index of answers by name; the cost of a question does not depend on their number."""

    __slots__ = ("_aliases", "_answers", "_delegations", "_remembered", "_zones")

    def __init__(self, known: DnsAnswers) -> None:
        self._answers: dict[str, list[DnsAnswer]] = {}
        self._aliases: dict[str, str] = {}
        self._delegations: dict[str, Delegation] = {}
        # What authoritative servers say counts first.
        for answer in sorted(known.answers, key=is_authoritative, reverse=True):
            self._answers.setdefault(answer.name, []).append(answer)
            for found in _delegations(answer):
                known_one = self._delegations.setdefault(found.zone, found)
                if _rank(found) > _rank(known_one):
                    self._delegations[found.zone] = found
            for record in answer.records:
                if record.type == "CNAME":
                    self._aliases.setdefault(record.name, record.value)
        self._zones: dict[str, list[ZoneContent]] = {}
        for zone in known.zones:
            self._zones.setdefault(zone.name, []).append(ZoneContent(zone))
        self._remembered: dict[object, object] = {}

    def with_answers(self, answers: Iterable[DnsAnswer]) -> Evidence:
        """Return the evidence of other answers and the same zones."""
        other = Evidence(DnsAnswers(tuple(answers)))
        other._zones = self._zones
        return other

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made for a key before, or make it; the result must only depend on it."""
        if key not in self._remembered:
            self._remembered[key] = make()
        return self._remembered[key]  # type: ignore[return-value]

    def about(self, name: str, *types: str) -> tuple[DnsAnswer, ...]:
        """Return the answers about a name to queries of some types."""
        return tuple(each for each in self._answers.get(name, ()) if each.type in types)

    def of_aliases(self, name: str) -> tuple[DnsAnswer, ...]:
        """Return the answers that show whether there is a CNAME record at a name.

        A CNAME is part of the response to almost every type.
        """
        found = self._answers.get(name, ())
        return tuple(e for e in found if e.type not in _PARTIAL and not is_referral(e))

    def chain(self, name: str, most: int = 8) -> tuple[str, ...]:
        """Return the targets of the CNAME record at a name, at most so many and each once."""
        found: dict[str, None] = {}
        while len(found) < most and (target := self._aliases.get(name)) and target not in found:
            found[target] = None
            name = target
        return tuple(found)

    def zones_of(self, name: str) -> tuple[ZoneContent, ...]:
        """Return the hosted zones that may contain a name, the most specific ones first."""
        return tuple(
            zone for parent in (*parents(name), "") for zone in self._zones.get(parent, ())
        )

    def has(self, query: DnsQuery) -> bool:
        """Return whether there is an answer to a query."""
        return any(_is_answer(each, query) for each in self.about(query.name, query.type))

    def delegation(self, name: str) -> Delegation | None:
        """Return the deepest zone that contains a name, where answers show it."""
        found = (self._delegations.get(parent) for parent in parents(name))
        return next(filter(None, found), None)


def _delegations(answer: DnsAnswer) -> Iterator[Delegation]:
    """Yield the zones whose servers an answer shows, or whose name alone."""
    if answer.zone and answer.zone_servers:
        yield Delegation(answer.zone, answer.zone_servers, by_parent=True)
    if is_referral(answer):
        zone = next(each.name for each in answer.authority if each.type == "NS")
        yield Delegation(zone, _values(answer.authority, zone), by_parent=True)
    elif answer.type == "NS" and (servers := _values(answer.records, answer.name)):
        yield Delegation(answer.name, servers)
    yield from (Delegation(each.name) for each in answer.authority if each.type == "SOA")


def _values(records: Iterable[DnsRecord], name: str) -> tuple[str, ...]:
    return tuple(each.value for each in records if (each.name, each.type) == (name, "NS"))


def _rank(delegation: Delegation) -> tuple[bool, bool]:
    return delegation.by_parent, bool(delegation.servers)


def _is_answer(answer: DnsAnswer, query: DnsQuery) -> bool:
    """Return whether an answer about the name and type of a query is from whom it asks."""
    if query.to_resolver:
        same = answer.checks_dnssec == query.checks_dnssec
        return same and not follows_delegation(answer)
    return follows_delegation(answer) or answer.status is AnswerStatus.NO_ANSWER


def follows_delegation(answer: DnsAnswer) -> bool:
    """Return whether the server was asked because the delegation from above names it."""
    return bool(answer.zone or answer.zone_servers)


def is_authoritative(answer: DnsAnswer) -> bool:
    """Return whether an answer is that of an authoritative server, and no recursive resolver."""
    return follows_delegation(answer) or bool(answer.is_authoritative)


def is_referral(answer: DnsAnswer) -> bool:
    """Return whether an answer only names the servers of a zone below, and so proves nothing."""
    kinds = {each.type for each in answer.authority}
    is_empty = not answer.records and answer.status is AnswerStatus.NOERROR
    return is_empty and not answer.is_authoritative and "NS" in kinds and "SOA" not in kinds


def records_at(answer: DnsAnswer, name: str, kind: str) -> tuple[DnsRecord, ...]:
    """Return the records of one name and type in the answer section."""
    return tuple(each for each in answer.records if each.name == name and each.type == kind)
