"""Turns queries into answers: those of a recursive resolver, or of authoritative servers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from acmrules.diagnosis.answers import DnsAnswer, DnsQuery
from acmrules.network.dns.delegations import DelegatedZone, Delegations
from acmrules.network.dns.messages import answer, name_of
from acmrules.network.dns.resolver import PORT, Endpoint, RecursiveResolver
from acmrules.network.dns.transport import Transport
from acmrules.readers.account.records import MALFORMED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.network.dns.transport import Exchange


class Questions:
    """Answers queries within some seconds from its creation; it belongs to one event loop.

    It remembers every response, so no server has the same question twice. `port` is that of
    authoritative servers.
    """

    def __init__(
        self,
        endpoints: tuple[Endpoint, ...],
        seconds: float,
        transport: Exchange | None = None,
        port: int = PORT,
    ) -> None:
        transport = transport or Transport()
        end = asyncio.get_running_loop().time() + seconds
        self._resolver = RecursiveResolver(endpoints, transport, end)
        self._delegations = Delegations(self._resolver, transport, end, port)

    async def begin(self) -> None:
        """Raise `NoResolver` if the recursive resolver does not answer."""
        await self._resolver.check()

    async def answers(
        self, queries: Iterable[DnsQuery], count: Callable[[], None]
    ) -> list[DnsAnswer]:
        """Return the answers to queries, asked at the same time; `count` is called for each."""

        async def counted(query: DnsQuery) -> tuple[DnsAnswer, ...]:
            found = await self._answers(query)
            count()
            return found

        return [each for own in await asyncio.gather(*map(counted, queries)) for each in own]

    async def _answers(self, query: DnsQuery) -> tuple[DnsAnswer, ...]:
        try:
            name_of(query.name)
        except MALFORMED:
            return (answer(query, None, ""),)  # No server has such a name.
        if query.to_resolver:
            response, endpoint = await self._resolver.ask(
                query.name, query.type, checks=query.checks_dnssec
            )
            return (answer(query, response, endpoint.address),)
        if query.to_all:
            zone, replies = await self._delegations.ask_all(query.name, query.type)
            reachable = [each for each in replies if each.is_reachable]
        else:
            zone, reply = await self._delegations.ask(query.name, query.type)
            reachable = [reply] if reply and reply.is_reachable else []
        if not reachable:
            return (_no_answer(query, zone),)
        return tuple(
            answer(query, each.response, each.server, zone.name, zone.servers) for each in reachable
        )


def _no_answer(query: DnsQuery, zone: DelegatedZone) -> DnsAnswer:
    """Return the answer of a zone whose servers this computer cannot reach."""
    return answer(query, None, "", zone.name, zone.servers)
