"""The content of a hosted zone, as an index of its records by name."""

from __future__ import annotations

from acmrules.diagnosis.answers import DnsRecord, HostedZone
from acmrules.diagnosis.dns.domains import parents


class ZoneContent:
    """A hosted zone whose cost of a question does not depend on the number of its records.

    `name_servers` are those of its delegation set, or else of the NS records at its top; they are
    empty if they are unknown.
    """

    __slots__ = ("_by_name", "_inner", "id", "is_complete", "is_private", "name", "name_servers")

    def __init__(self, zone: HostedZone) -> None:
        self.name = zone.name
        self.id = zone.id
        self.is_private = zone.is_private
        self.is_complete = zone.is_complete
        self._by_name: dict[str, list[DnsRecord]] = {}
        self._inner: set[str] = set()
        for record in zone.records:
            own = self._by_name.setdefault(record.name, [])
            if not own:
                self._inner.update(parents(record.name.partition(".")[2]))
            own.append(record)
        apex = (each.value for each in self.at(zone.name) if each.type == "NS")
        self.name_servers = frozenset(apex if zone.name_servers is None else zone.name_servers)

    def at(self, name: str) -> tuple[DnsRecord, ...]:
        """Return the records that are written at a name."""
        return tuple(self._by_name.get(name, ()))

    def exists(self, name: str) -> bool:
        """Return whether a name has records, or a name below it has."""
        return name in self._by_name or name in self._inner or name == self.name

    def cut(self, name: str) -> str:
        """Return the deepest name with a delegation above a name, empty if there is none."""
        for parent in parents(name):
            if parent == self.name:
                break
            if any(each.type == "NS" for each in self.at(parent)):
                return parent
        return ""

    def answer(self, name: str) -> tuple[DnsRecord, ...]:
        """Return the records of a name, or those of the wildcard that answers for it (RFC 4592)."""
        if self.exists(name) or self.cut(name):
            return self.at(name)
        encloser = next(filter(self.exists, parents(name)), self.name)
        return tuple(each.__replace__(name=name) for each in self.at(f"*.{encloser}"))
