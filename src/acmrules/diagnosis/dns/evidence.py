"""What is known about DNS by name: the responses of servers, and the content of zones."""

from __future__ import annotations

from collections.abc import Iterable

from acmrules.diagnosis.answers import (
    AnswerStatus,
    DnsAnswer,
    DnsAnswers,
    DnsQuery,
    DnsRecord,
    HostedZone,
)

_PARTIAL = frozenset({"ANY", "DS", "DNSKEY", "NSEC", "NSEC3", "RRSIG", "AXFR", "IXFR"})
"""Types whose responses do not show whether there is a CNAME at the name."""


class Evidence:
    """An index of answers by name; the cost of a question does not depend on their number."""

    __slots__ = ("_aliases", "_answers", "_zones")

    def __init__(self, known: DnsAnswers) -> None:
        self._answers: dict[str, list[DnsAnswer]] = {}
        self._aliases: dict[str, str] = {}
        # What authoritative servers say counts first.
        for answer in sorted(known.answers, key=is_authoritative, reverse=True):
            self._answers.setdefault(answer.name, []).append(answer)
            for record in answer.records:
                if record.type == "CNAME":
                    self._aliases.setdefault(record.name, record.value)
        self._zones: dict[str, list[HostedZone]] = {}
        for zone in known.zones:
            self._zones.setdefault(zone.name, []).append(zone)

    def about(self, name: str, *types: str) -> tuple[DnsAnswer, ...]:
        """Return the answers about a name to queries of some types."""
        return tuple(each for each in self._answers.get(name, ()) if each.type in types)

    def of_aliases(self, name: str) -> tuple[DnsAnswer, ...]:
        """Return the answers that show whether there is a CNAME record at a name.

        A CNAME is part of the response to almost every type.
        """
        return tuple(each for each in self._answers.get(name, ()) if each.type not in _PARTIAL)

    def chain(self, name: str, most: int = 8) -> tuple[str, ...]:
        """Return the targets of the CNAME record at a name, at most so many and each once."""
        found: dict[str, None] = {}
        while len(found) < most and (target := self._aliases.get(name)) and target not in found:
            found[target] = None
            name = target
        return tuple(found)

    def zones_of(self, name: str) -> tuple[HostedZone, ...]:
        """Return the hosted zones that may contain a name, the most specific ones first."""
        return tuple(
            zone for parent in (*parents(name), "") for zone in self._zones.get(parent, ())
        )

    def has(self, query: DnsQuery) -> bool:
        """Return whether there is an answer to a query."""
        return any(_is_answer(each, query) for each in self.about(query.name, query.type))

    def zone_of(self, name: str) -> DnsAnswer | None:
        """Return the first answer that names the zone of a name and its servers."""
        found = self._answers.get(name, ())
        return next((each for each in found if each.zone_servers and each.type != "DS"), None)


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


def parents(name: str) -> Iterable[str]:
    """Yield a name and the names above it, up to the top-level domain.

    >>> [*parents("www.example.com")]
    ['www.example.com', 'example.com', 'com']
    """
    while name:
        yield name
        name = name.partition(".")[2]


def is_within(name: str, domain: str) -> bool:
    """Return whether a name is a domain or below it; the root contains all names."""
    return not domain or name == domain or name.endswith(f".{domain}")


def records_at(answer: DnsAnswer, name: str, kind: str) -> tuple[DnsRecord, ...]:
    """Return the records of one name and type in the answer section."""
    return tuple(each for each in answer.records if each.name == name and each.type == kind)
