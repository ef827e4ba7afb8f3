"""Sends a query to an address, over UDP, or over TCP if the response does not fit."""

from __future__ import annotations

import asyncio
from typing import Protocol

import dns.exception
import dns.flags
import dns.message
import dns.rcode

from acmrules.errors import AcmRulesError
from acmrules.network.dns.messages import of_internet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dns.message import Message

MOST_SOCKETS = 100
"""The maximum number of queries that wait for a response at one time."""

_REJECT_EDNS = frozenset({dns.rcode.BADVERS, dns.rcode.FORMERR, dns.rcode.NOTIMP})


class Unreachable(AcmRulesError):  # noqa: N818  (a state of the network)
    """The error for an address that this computer has no route to, such as IPv6 without IPv6."""


class Exchange(Protocol):
    """Whatever sends queries: the network, or what a test has instead."""

    @property
    def is_busy(self) -> bool:
        """Whether queries wait before they are sent."""

    async def exchange(
        self, query: Message, address: str, port: int, seconds: float, end: float
    ) -> Message:
        """Return the response, as `Transport` does."""


class Transport:
    """Sends queries, a bounded number at one time; it belongs to one event loop."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(MOST_SOCKETS)

    @property
    def is_busy(self) -> bool:
        """Whether queries wait before they are sent, because too many wait for a response."""
        return self._free.locked()

    async def exchange(
        self, query: Message, address: str, port: int, seconds: float, end: float
    ) -> Message:
        """Return the response of a server within some seconds; `end` is a time of the event loop.

        What is no response to this query is ignored. Raises `OSError` if the server refuses or
        breaks the connection, or does not respond in time, and `Unreachable`.
        """
        now = asyncio.get_running_loop().time
        if now() >= end:
            raise TimeoutError
        async with self._free, asyncio.timeout_at(min(now() + seconds, end)):
            response = await _over_udp(query, address, port)
            if query.edns >= 0 and response.rcode() in _REJECT_EDNS:
                query.use_edns(False)
                response = await _over_udp(query, address, port)
            if response.flags & dns.flags.TC:
                response = await _over_tcp(query, address, port)
            return response


class _Datagrams(asyncio.DatagramProtocol):
    """Waits for the response to a query; the system discards what other addresses send."""

    def __init__(self, query: Message, response: asyncio.Future[Message]) -> None:
        self._query = query
        self._response = response

    def datagram_received(self, data: bytes, addr: object) -> None:
        del addr
        response = parsed(self._query, data)
        if response is not None and not self._response.done():
            self._response.set_result(response)

    def error_received(self, exc: Exception) -> None:
        if not self._response.done():
            self._response.set_exception(exc)


async def _over_udp(query: Message, address: str, port: int) -> Message:
    loop = asyncio.get_running_loop()
    response: asyncio.Future[Message] = loop.create_future()
    try:
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(query, response), remote_addr=(address, port)
        )
    except OSError as error:
        raise Unreachable(str(error)) from error
    try:
        transport.sendto(query.to_wire())
        return await response
    finally:
        transport.close()


async def _over_tcp(query: Message, address: str, port: int) -> Message:
    reader, writer = await asyncio.open_connection(address, port)
    try:
        wire = query.to_wire()
        writer.write(len(wire).to_bytes(2, "big") + wire)
        try:
            size = int.from_bytes(await reader.readexactly(2), "big")
            response = parsed(query, await reader.readexactly(size))
        except EOFError as error:
            raise ConnectionError("the response is incomplete") from error
        if response is None:
            raise ConnectionError("the response is broken")
        return response
    finally:
        writer.close()


def parsed(query: Message, data: bytes) -> Message | None:
    """Return the response to a query in octets, `None` if it is broken or about another query."""
    try:
        response = dns.message.from_wire(data, ignore_trailing=True)
        return of_internet(response) if query.is_response(response) else None
    except (dns.exception.DNSException, ValueError):
        return None
