"""Finds the zone of a name and its servers by following the delegation, and asks them."""

from __future__ import annotations

import asyncio

import dns.flags

from acmrules.diagnosis.answers import AnswerStatus
from acmrules.network.dns.messages import delegation, glue, message, name_of, status_of, targets
from acmrules.network.dns.transport import Unreachable
from acmrules.readers.account.records import canonical_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dns.message import Message

    from acmrules.network.dns.resolver import RecursiveResolver
    from acmrules.network.dns.transport import Exchange

_SECONDS = (0.8, 1.6)
"""How long to wait for the response of a server to each try."""

_AHEAD = 0.25
"""After how many seconds without a response the next server is asked too."""

_LABELS_OF_TOP = 2
"""The number of labels of a top-level domain: its own, and that of the root."""

_MOST_ADDRESSES = 4
_MOST_SERVERS = 16
"""How many servers of a zone are asked; the root and the largest zones have 13."""


class DelegatedZone(Value):
    """A zone, its servers as the zone above lists them, and the addresses that it has for them."""

    name: str
    servers: tuple[str, ...] = ()
    glue: tuple[tuple[str, tuple[str, ...]], ...] = ()


class ServerReply(Value):
    """What a server of a zone responded; `None` is nothing.

    `is_reachable` is false if this computer has no route to any of its addresses.
    """

    server: str
    response: Message | None = None
    is_reachable: bool = True

    @property
    def is_good(self) -> bool:
        """Whether it settles a question: an authoritative answer, or a delegation."""
        if self.response is None:
            return False
        answered = status_of(self.response) in {AnswerStatus.NOERROR, AnswerStatus.NXDOMAIN}
        return answered and bool(self.response.flags & dns.flags.AA)


class Delegations:
    """The zones that were found so far, and the servers that do not respond."""

    def __init__(
        self, resolver: RecursiveResolver, transport: Exchange, end: float, port: int
    ) -> None:
        self._resolver = resolver
        self._transport = transport
        self._end = end
        self._port = port
        self._zones: dict[str, asyncio.Task[DelegatedZone]] = {}
        self._replies: dict[tuple[DelegatedZone, str, str, str], asyncio.Task[ServerReply]] = {}
        self._silent: dict[str, ServerReply] = {}

    async def ask(self, name: str, kind: str) -> tuple[DelegatedZone, ServerReply | None]:
        """Return the zone of a name, and the first good reply of its servers, or else any."""
        at_cut = kind != "DS" and name[:1] not in {"_", "*"}
        zone = await self.zone_of(name if at_cut else _parent(name))
        while True:
            reply = await self._first(zone, name, kind)
            below = self._below(zone, name, kind, reply)
            if below is None:
                return zone, reply
            zone = below

    async def ask_all(self, name: str, kind: str) -> tuple[DelegatedZone, tuple[ServerReply, ...]]:
        """Return the zone of a name, and the reply of each of its servers, in their order."""
        zone, _ = await self.ask(name, kind)
        asked = (self._task(zone, each, name, kind) for each in zone.servers[:_MOST_SERVERS])
        return zone, tuple(await asyncio.gather(*asked))

    async def zone_of(self, name: str) -> DelegatedZone:
        """Return the zone that contains a name: that at the name itself, or the one above it."""
        if name not in self._zones:
            self._zones[name] = asyncio.create_task(self._find_zone(name))
        return await self._zones[name]

    async def _find_zone(self, name: str) -> DelegatedZone:
        if _parent(name) == name:
            servers = await self._resolver.name_servers(name)
            return DelegatedZone(name, servers) if servers or not name else await self.zone_of("")
        above = await self.zone_of(_parent(name))
        reply = await self._first(above, name, "NS")
        return self._below(above, name, "NS", reply) or above

    def _below(
        self, zone: DelegatedZone, name: str, kind: str, reply: ServerReply | None
    ) -> DelegatedZone | None:
        """Return the zone that a reply delegates to, `None` if it is none."""
        if reply is None or reply.response is None:
            return None
        above = name_of(zone.name)
        found = delegation(reply.response, above, name_of(name))
        if found is None or (kind == "DS" and found.name == name_of(name)):
            return None
        known = glue(reply.response, above)
        return DelegatedZone(
            canonical_name(found.name), targets(found), tuple(sorted(known.items()))
        )

    async def _first(self, zone: DelegatedZone, name: str, kind: str) -> ServerReply | None:
        """Return the first good reply; the next server is asked if the one before is slow.

        It may seem slow only because its query has not been sent yet.
        """
        waiting: list[asyncio.Task[ServerReply]] = []
        servers = [*zone.servers[:_MOST_SERVERS]]
        asked: list[asyncio.Task[ServerReply]] = []
        while servers or waiting:
            if servers and not (waiting and self._transport.is_busy):
                task = self._task(zone, servers.pop(0), name, kind)
                waiting.append(task)
                asked.append(task)
            done, _ = await asyncio.wait(
                waiting,
                timeout=_AHEAD if servers else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in [each for each in waiting if each in done]:
                waiting.remove(task)
                reply = task.result()
                if reply.is_good or self._below(zone, name, kind, reply):
                    return reply
        replies = [task.result() for task in asked]
        return min(replies, key=_faults, default=None)

    def _task(
        self, zone: DelegatedZone, server: str, name: str, kind: str
    ) -> asyncio.Task[ServerReply]:
        key = zone, server, name, kind
        if key not in self._replies:
            self._replies[key] = asyncio.create_task(self._exchange(zone, server, name, kind))
        return self._replies[key]

    async def _exchange(
        self, zone: DelegatedZone, server: str, name: str, kind: str
    ) -> ServerReply:
        """Ask a server; one that has not responded to any question is not asked again."""
        if server in self._silent:
            return self._silent[server]
        known = dict(zone.glue).get(server) or await self._resolver.addresses(server)
        reachable = [*known[:_MOST_ADDRESSES]]
        for seconds in _SECONDS:
            for address in [*reachable]:
                try:
                    response = await self._transport.exchange(
                        message(name_of(name), kind), address, self._port, seconds, self._end
                    )
                except Unreachable:
                    reachable.remove(address)
                except OSError:
                    continue
                else:
                    return ServerReply(server, response)
        self._silent[server] = ServerReply(server, None, not known or bool(reachable))
        return self._silent[server]


def _faults(reply: ServerReply) -> tuple[bool, bool]:
    """Return an order in which a response comes first, then a server that has a route."""
    return reply.response is None, not reply.is_reachable


def _parent(name: str) -> str:
    """Return the name above a name; that of a top-level domain is itself.

    >>> _parent("www.example.com"), _parent("com")
    ('example.com', 'com')
    """
    found = name_of(name)
    # A dot within a label is escaped, so the string cannot be split.
    return canonical_name(found.parent()) if len(found.labels) > _LABELS_OF_TOP else name
