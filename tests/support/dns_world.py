"""A world of DNS in memory: zones, their servers and delegations, and a recursive resolver.

It answers a `DnsQuery` as the real one does, and a `RecordChange` edits it.
"""

from acmrules.diagnosis import (
    AnswerStatus,
    DnsAnswer,
    DnsAnswers,
    DnsQuery,
    DnsRecord,
    HostedZone,
    RecordAction,
)
from acmrules.diagnosis.dns.queries import next_queries
from acmrules.values import Value

ROOT_SERVERS = ("a.root.example",)
RESOLVER = "192.0.2.53"
MOST_ROUNDS = 24
MOST_HOPS = 12
FAILURES = {AnswerStatus.SERVFAIL, AnswerStatus.REFUSED, AnswerStatus.NO_ANSWER}


class ServedZone(Value):
    """A zone, the servers that have it, and its records without SOA and NS at its top.

    `dnssec` is empty, `signed` or `broken`: a resolver that checks rejects a broken zone. At a
    name in `flattened`, the servers answer with addresses instead of the CNAME record that the
    owner wrote. `id` is the id of the hosted zone in Route 53.
    """

    name: str
    servers: tuple[str, ...]
    records: tuple[DnsRecord, ...] = ()
    id: str = ""
    dnssec: str = ""
    flattened: tuple[str, ...] = ()

    @property
    def served(self):
        """All records that the servers answer with."""
        soa = DnsRecord(
            self.name, "SOA", f"{self.servers[0]} hostmaster.example 1 7200 900 1209600 300"
        )
        apex = tuple(DnsRecord(self.name, "NS", server) for server in self.servers)
        own = (
            DnsRecord(each.name, "A", "203.0.113.80", each.ttl)
            if each.name in self.flattened and each.type == "CNAME"
            else each
            for each in self.records
        )
        return (soa, *apex, *own)

    def hosted(self, *, is_complete=True, is_private=False):
        """Return the zone as its owner sees it in Route 53."""
        return HostedZone(self.name, self.id, is_private, self.servers, self.records, is_complete)


class World(Value):
    """Zones that delegate to each other, from the root on.

    `failing` are servers that never respond properly, and how they fail. `cached` are answers that
    the recursive resolver still remembers.
    """

    zones: tuple[ServedZone, ...]
    failing: tuple[tuple[str, AnswerStatus], ...] = ()
    cached: tuple[DnsAnswer, ...] = ()

    def answers(self, certificates, zones=()):
        """Return what a diagnosis learns about certificates if it asks until nothing is open."""
        known = DnsAnswers((), tuple(zones))
        for _ in range(MOST_ROUNDS):
            queries = next_queries(certificates, known)
            if not queries:
                return known
            found = tuple(answer for query in queries for answer in self.ask(query))
            known = known.__replace__(answers=known.answers + found)
        raise AssertionError(queries)

    def ask(self, query):
        """Return the answers to a query, from one server, from all, or from the resolver."""
        if query.to_resolver:
            return (self._resolve(query),)
        zone, servers = self._delegation(query.name, query.type)
        found = [self._of_server(query, server, zone, servers) for server in servers]
        if query.to_all:
            return tuple(found)
        good = [each for each in found if each.status not in FAILURES]
        return tuple((good or found)[:1])

    def apply(self, change):
        """Return the world after a change of records was made where it belongs."""
        edited = self._edited(change)
        zones = tuple(_edit(each, change) if each in edited else each for each in self.zones)
        return self.__replace__(zones=zones, cached=())

    def _edited(self, change):
        """Return the zones that a change edits: several if servers have different copies."""
        if change.zone_id:
            return [zone for zone in self.zones if zone.id == change.zone_id]
        if change.zone_name:
            _, servers = self._delegation(f"-.{change.zone_name}", "A")
            named = [zone for zone in self.zones if zone.name == change.zone_name]
            return [zone for zone in named if {*zone.servers} & {*servers}] or named
        name, servers = self._delegation(change.name, "DS" if change.type == "NS" else "A")
        return [self._zone(name, servers[0])]

    def _zone(self, name, server):
        found = (z for z in self.zones if z.name == name and server in z.servers)
        return next(found, None)

    def _delegation(self, name, kind):
        """Return the deepest zone that contains a name, and its servers as its parent lists them.

        DS records are in the zone above.
        """
        zone, servers = "", ROOT_SERVERS
        while True:
            content = next(filter(None, (self._zone(zone, server) for server in servers)), None)
            if content is None:
                return zone, servers
            cuts = {
                record.name
                for record in content.records
                if record.type == "NS" and (name == record.name or name.endswith(f".{record.name}"))
            }
            cut = min(cuts, key=len, default=None)
            if cut is None or (kind == "DS" and cut == name):
                return zone, servers
            zone = cut
            servers = tuple(r.value for r in content.records if (r.name, r.type) == (cut, "NS"))

    def _of_server(self, query, server, zone, servers):
        blank = DnsAnswer(
            query.name,
            query.type,
            AnswerStatus.REFUSED,
            server=server,
            is_authoritative=False,
            zone=zone,
            zone_servers=servers,
        )
        fault, content = dict(self.failing).get(server), self._zone(zone, server)
        if fault or content is None:
            return blank.__replace__(status=fault or AnswerStatus.REFUSED)
        status, found, authority = _look_up(content.served, zone, query.name, query.type)
        return blank.__replace__(
            status=status, records=found, authority=authority, is_authoritative=True
        )

    def _resolve(self, query):
        for each in self.cached:
            if (each.name, each.type) == (query.name, query.type):
                return each
        answer = DnsAnswer(
            query.name,
            query.type,
            AnswerStatus.SERVFAIL,
            server=RESOLVER,
            is_authoritative=False,
            checks_dnssec=query.checks_dnssec,
        )
        name, found, is_signed = query.name, (), True
        for _ in range(MOST_HOPS):
            (here,) = self.ask(DnsQuery(name, query.type))
            zone = self._zone(here.zone, here.server)
            is_broken = zone is not None and zone.dnssec == "broken"
            if here.status in FAILURES or (query.checks_dnssec and is_broken):
                return answer
            is_signed = is_signed and zone.dnssec == "signed"
            found += here.records
            last = here.records[-1] if here.records else None
            if last is None or last.type != "CNAME" or query.type == "CNAME":
                return answer.__replace__(
                    status=here.status,
                    records=found,
                    authority=here.authority,
                    is_authenticated=is_signed and query.checks_dnssec,
                )
            name = last.value
        return answer


def _edit(zone, change):
    """Return a zone after a change of one set of records."""
    others = [
        each
        for each in zone.records
        if (each.name, each.type) != (change.name, change.type)
        or (change.action is RecordAction.REMOVE and each.value not in change.values)
    ]
    if change.action is not RecordAction.REMOVE:
        others += [DnsRecord(change.name, change.type, each) for each in change.values]
    flattened = tuple(each for each in zone.flattened if each != change.name)
    return zone.__replace__(records=tuple(others), flattened=flattened)


def _look_up(records, zone, name, kind):
    """Return status, answer section and authority section of a server that has a zone."""
    found = ()
    authority = tuple(each for each in records if each.type == "SOA")
    for _ in range(MOST_HOPS):
        here = _at(records, zone, name)
        own = tuple(each for each in here if each.type == kind)
        alias = next((each for each in here if each.type == "CNAME"), None)
        if own or alias is None:
            status = AnswerStatus.NOERROR
            if not here and not any(each.name.endswith(f".{name}") for each in records):
                status = AnswerStatus.NXDOMAIN
            return status, found + own, () if own else authority
        found += (alias,)
        name = alias.value
        if not name.endswith(f".{zone}") or _is_delegated(records, zone, name):
            return AnswerStatus.NOERROR, found, ()
    return AnswerStatus.SERVFAIL, (), ()


def _is_delegated(records, zone, name):
    cuts = {each.name for each in records if each.type == "NS" and each.name != zone}
    return any(name == cut or name.endswith(f".{cut}") for cut in cuts)


def _at(records, zone, name):
    """Return the records of a name, or those of the wildcard that answers for it."""
    owners = {each.name for each in records}
    if name in owners or any(owner.endswith(f".{name}") for owner in owners):
        return [each for each in records if each.name == name]
    encloser = name
    while encloser != zone and encloser:
        encloser = encloser.partition(".")[2]
        if encloser in owners or any(owner.endswith(f".{encloser}") for owner in owners):
            break
    wildcard = f"*.{encloser}"
    return [each.__replace__(name=name) for each in records if each.name == wildcard]


def internet(*zones, delegations=None, failing=(), cached=()):
    """Return a world with these zones, the zones of their top-level domains, and the root.

    Each zone is delegated from the one above it, to its own servers or to those that `delegations`
    has; `None` there means that it is not delegated.
    """
    servers = {zone.name: zone.servers for zone in zones} | (delegations or {})
    tops = {zone.name.rpartition(".")[2] for zone in zones} - {zone.name for zone in zones}
    all_zones = [
        ServedZone("", ROOT_SERVERS),
        *(ServedZone(top, (f"ns.{top}.example",)) for top in sorted(tops)),
        *zones,
    ]
    servers |= {zone.name: zone.servers for zone in all_zones if zone.name in tops}
    above = {zone.name for zone in all_zones}
    added = {name: [] for name in above}
    for name, names_of in servers.items():
        parent = name
        while names_of and parent:
            parent = parent.partition(".")[2]
            if parent in above:
                added[parent] += [DnsRecord(name, "NS", each) for each in names_of]
                break
    return World(
        tuple(each.__replace__(records=(*each.records, *added[each.name])) for each in all_zones),
        tuple(failing),
        tuple(cached),
    )
