"""The servers of a world of DNS as messages, for tests that replace the network."""

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
from tests.support.dns_world import MOST_HOPS, RESOLVER, World, _look_up

from acmrules.diagnosis import AnswerStatus, DnsQuery, DnsRecord

_NAMES = {"CNAME": (0,), "MX": (1,), "NS": (0,), "SOA": (0, 1)}


class WorldTransport:
    """Answers the queries that the servers of a world receive, and keeps them in `sent`.

    `silent` are addresses that never respond. With `glue`, delegations have the addresses of all
    servers within the zone that delegates.
    """

    is_busy = False

    def __init__(self, world: World, *, silent=(), glue=True):
        self.world = world
        self.sent = []
        names = {server for zone in world.zones for server in zone.servers}
        names |= {r.value for zone in world.zones for r in zone.records if r.type == "NS"}
        self.addresses = {
            name: f"198.51.100.{number}" for number, name in enumerate(sorted(names), 1)
        }
        self._silent = silent
        self._glue = glue

    async def exchange(self, query, address, port, seconds, end):
        """Return the response of a server, or fail as one that does not respond."""
        del port, seconds, end
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower().removesuffix(".")
        kind = dns.rdatatype.to_text(question.rdtype)
        self.sent.append((address, name, kind, bool(query.flags & dns.flags.CD)))
        if address in self._silent:
            raise TimeoutError
        response = dns.message.make_response(query)
        if address == RESOLVER:
            self._resolve(response, name, kind, checks=not query.flags & dns.flags.CD)
        else:
            server = next(n for n, own in self.addresses.items() if own == address)
            self._answer(response, server, name, kind)
        # Through octets, as over the network.
        return dns.message.from_wire(response.to_wire())

    def _resolve(self, response, name, kind, *, checks):
        if name in self.addresses and kind in {"A", "AAAA"}:
            if kind == "A":
                response.answer.append(_rrset([DnsRecord(name, "A", self.addresses[name])]))
            return
        query = DnsQuery(name, kind, to_resolver=True, checks_dnssec=checks)
        (found,) = self.world.ask(query)
        if found.status is AnswerStatus.NO_ANSWER:
            raise TimeoutError
        if found.is_authenticated:
            response.flags |= dns.flags.AD
        _fill(response, found.status, found.records, found.authority)

    def _answer(self, response, server, name, kind):
        fault = dict(self.world.failing).get(server)
        if fault is AnswerStatus.NO_ANSWER:
            raise TimeoutError
        zones = [
            zone
            for zone in self.world.zones
            if server in zone.servers and _contains(zone.name, name)
        ]
        if kind == "DS":
            zones = [zone for zone in zones if zone.name != name] or zones
        if fault or not zones:
            response.set_rcode(dns.rcode.from_text(fault or "REFUSED"))
            return
        zone = max(zones, key=lambda each: len(each.name))
        cuts = {
            record.name
            for record in zone.served
            if record.type == "NS" and record.name != zone.name and _contains(record.name, name)
        }
        cut = min(cuts, key=len, default=None)
        if cut is None or (kind == "DS" and cut == name):
            response.flags |= dns.flags.AA
            _fill(response, *_look_up(zone.served, zone.name, name, kind))
            return
        servers = [r for r in zone.served if (r.name, r.type) == (cut, "NS")]
        response.authority.append(_rrset(servers))
        if self._glue:
            for each in servers:
                address = DnsRecord(each.value, "A", self.addresses[each.value])
                response.additional.append(_rrset([address]))


def _contains(zone, name):
    return not zone or name == zone or name.endswith(f".{zone}")


def _fill(response, status, records, authority):
    response.set_rcode(dns.rcode.from_text(status))
    for section, found in ((response.answer, records), (response.authority, authority)):
        sets = {}
        for record in found[: MOST_HOPS * 4]:
            sets.setdefault((record.name, record.type), []).append(record)
        section.extend(map(_rrset, sets.values()))


def _rrset(records):
    values = []
    for record in records:
        words = record.value.split(" ")
        for place in _NAMES.get(record.type, ()):
            words[place] += "."
        values.append(" ".join(words))
    first = records[0]
    return dns.rrset.from_text_list(f"{first.name}.", first.ttl or 300, "IN", first.type, values)
