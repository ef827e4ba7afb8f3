"""Zone files for real name servers, from a world of DNS in memory.

The root and the top-level domains are signed. Worlds can be merged into one, which shares the root,
the top-level domains and the servers.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache

import dns.dnssec
import dns.name
import dns.zone
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.support.dns_servers import BIND_ADDRESS, Server
from tests.support.dns_world import ROOT_SERVERS, World

from acmrules.diagnosis import AnswerStatus, DnsRecord
from acmrules.names import Name, parse_name
from acmrules.values import Value

TTL = 300
NAMES_IN_DATA = {"CNAME": (0,), "NS": (0,), "MX": (1,), "SOA": (0, 1)}
"""Where the data of a record has names, by type."""

RESOLVER = "resolver"
SIGNED = "signed"
BROKEN = "broken"
WRONG_DS = "wrong-ds"
"""The states of DNSSEC: correct, expired signatures, and a DS record of another key."""


def renamed(value, parts, whole=None):
    """Return a value, or a tuple of them, with other parts of names in all names and strings.

    `whole` are the names that are replaced only as a whole.
    """
    if isinstance(value, tuple):
        return tuple(renamed(each, parts, whole) for each in value)
    if isinstance(value, Value):
        fields = {field: getattr(value, field) for field in type(value)._fields}
        changed = {field: renamed(each, parts, whole) for field, each in fields.items()}
        return value.__replace__(**changed)
    if isinstance(value, Name):
        return parse_name(renamed(str(value), parts))
    if type(value) is str:
        for old, new in parts.items():
            value = value.replace(old, new)
        return (whole or {}).get(value, value)
    return value


def merged(worlds):
    """Return one world of all these; a zone that several of them have is one with all records."""
    worlds, zones = tuple(worlds), {}
    for zone in (zone for world in worlds for zone in world.zones):
        same = zones.setdefault((zone.name, zone.servers), zone)
        records = tuple(dict.fromkeys((*same.records, *zone.records)))
        zones[zone.name, zone.servers] = same.__replace__(records=records)
    failing = dict.fromkeys(each for world in worlds for each in world.failing)
    cached = dict.fromkeys(each for world in worlds for each in world.cached)
    return World(tuple(zones.values()), tuple(failing), tuple(cached))


class Network:
    """The servers of a world, each with an address of its own."""

    def __init__(self, addresses, programs=None):
        self._free = iter(addresses)
        self._programs = programs or {}
        self._addresses = {RESOLVER: next(self._free)}

    @property
    def resolver(self):
        """The recursive resolver, as an address and a port."""
        return f"{self._addresses[RESOLVER]}:53"

    def address(self, server):
        """Return the address of a server, the same one every time."""
        if server not in self._addresses:
            is_bind = self._programs.get(server) == "bind"
            self._addresses[server] = BIND_ADDRESS if is_bind else next(self._free)
        return self._addresses[server]

    def servers(self, world, rules=None):
        """Return the servers that have the zones of a world, and a resolver that knows its root.

        `rules` are those of `dns_liar` by server, for servers that are to be one.
        """
        zones, states = _content(world)
        failing = dict(world.failing)
        names = {server for _, server in zones} | set(failing)
        for zone, server in [key for key in zones if key[0] == ""]:
            zones[zone, server] |= dict.fromkeys(
                DnsRecord(name, "A", self.address(name)) for name in sorted(names)
            )
        served = {name: {} for name in sorted(names)}
        for (zone, server), text in _texts(zones, states).items():
            served[server][zone] = text
        found = {
            name: self._server(name, texts, failing.get(name), (rules or {}).get(name))
            for name, texts in served.items()
        }
        return found | {RESOLVER: self._resolver()}

    def _server(self, name, zones, fault, rules):
        address = self.address(name)
        if fault is AnswerStatus.NO_ANSWER:
            return Server(address, "liar", {}, {"mute": True})
        if fault is AnswerStatus.REFUSED:
            return Server(address)
        if fault is AnswerStatus.SERVFAIL:
            return Server(address, "nsd", dict.fromkeys(zones, ""))
        if rules is not None or any(map(_has_data_beside_alias, zones.values())):
            return Server(address, "liar", zones, rules or {})
        return Server(address, self._programs.get(name, "nsd"), zones)

    def _resolver(self):
        hints = "".join(
            f". 3600 IN NS {root}.\n{root}. 3600 IN A {self.address(root)}\n"
            for root in ROOT_SERVERS
        )
        anchor = _signing_key("")[1].to_text()
        rules = {"hints": hints, "anchor": f". 3600 IN DNSKEY {anchor}\n"}
        return Server(self._addresses[RESOLVER], "unbound", {}, rules)


def _content(world):
    """Return the records by zone and server, each once, and the state of DNSSEC by zone."""
    found, states = defaultdict(dict), {}
    for zone in world.zones:
        states[zone.name] = zone.dnssec if "." in zone.name else SIGNED
        for server in zone.servers:
            found[zone.name, server] |= dict.fromkeys(zone.served)
    return found, states


def _texts(zones, states):
    """Return the zone files by zone and server, with the DS records of signed zones."""
    deepest_first = sorted(zones, key=lambda key: -len(dns.name.from_text(key[0])))
    texts = {}
    for zone, server in deepest_first:
        lines = [_line(record) for record in zones[zone, server]]
        cuts = {r.name for r in zones[zone, server] if r.type == "NS" and r.name != zone}
        if states[zone]:
            lines += [_ds_line(cut, states[cut]) for cut in sorted(cuts) if states.get(cut)]
        text = "\n".join(lines) + "\n"
        texts[zone, server] = _signed(zone, text, states[zone]) if states[zone] else text
    return texts


def _line(record):
    data = record.value.split(" ")
    for place in NAMES_IN_DATA.get(record.type, ()):
        data[place] += "."
    return f"{record.name}. {record.ttl or TTL} IN {record.type} {' '.join(data)}"


def _has_data_beside_alias(text):
    """Return whether a name has a CNAME record and others, which name servers refuse to load."""
    kinds = defaultdict(set)
    for line in text.splitlines():
        name, _, _, kind, _ = line.split(maxsplit=4)
        kinds[name].add(kind)
    return any("CNAME" in each and each - {"CNAME", "RRSIG", "NSEC"} for each in kinds.values())


@cache
def _signing_key(zone):
    """Return the private key of a zone and its DNSKEY record, the same ones every time."""
    del zone
    private = Ed25519PrivateKey.generate()
    public = dns.dnssec.make_dnskey(
        private.public_key(), dns.dnssec.Algorithm.ED25519, flags=dns.dnssec.Flag.ZONE | 1
    )
    return private, public


def _ds_line(zone, state):
    owner = f"other.{zone}" if state == WRONG_DS else zone
    record = dns.dnssec.make_ds(dns.name.from_text(zone), _signing_key(owner)[1], "SHA256")
    return f"{zone}. {TTL} IN DS {record.to_text()}"


def _signed(zone, text, state):
    """Return the text of a zone with signatures; those of a broken one have expired."""
    content = dns.zone.from_text(text, f"{zone}.", relativize=False)
    now = datetime.now(UTC)
    shift = timedelta(days=-30 if state == BROKEN else 0)
    dns.dnssec.sign_zone(
        content,
        keys=[_signing_key(zone)],
        inception=now + shift - timedelta(days=1),
        expiration=now + shift + timedelta(days=7),
        dnskey_ttl=TTL,
    )
    return content.to_text(relativize=False)
