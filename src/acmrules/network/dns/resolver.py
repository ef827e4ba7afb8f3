"""The recursive resolver: which one it is, and what it answers."""

from __future__ import annotations

import asyncio
import socket

import dns.exception
import dns.rdatatype
import dns.resolver

from acmrules.diagnosis.answers import AnswerStatus
from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.network.dns.errors import NoResolver
from acmrules.network.dns.messages import (
    addresses,
    in_order,
    message,
    name_of,
    status_of,
    targets,
)
from acmrules.network.dns.transport import Unreachable
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dns.message import Message

    from acmrules.network.dns.transport import Exchange

PORT = 53
_MOST_PORT = 65535
_HOST = r"\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9][A-Za-z0-9.-]{0,252})|([0-9A-Fa-f:.]+)"
_ENDPOINT = rf"(?:{_HOST})(?::([0-9]{{1,5}}))?"
_SECONDS = (1.0, 2.0, 3.0)
"""How long to wait for the response to each try."""


class Endpoint(Value):
    """The address and the port of a server."""

    address: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{host}:{self.port}"


def endpoint_of(text: str) -> Endpoint:
    """Return the resolver that a user names: an address or a host name, and a port or none.

    Raises `InvalidArgument` if it is something else.

    >>> str(endpoint_of("[2001:db8::1]:53")), str(endpoint_of("192.0.2.1"))
    ('[2001:db8::1]:53', '192.0.2.1:53')
    """
    import re

    match = re.fullmatch(_ENDPOINT, text)
    host, port = (match[1] or match[2] or match[3], int(match[4] or PORT)) if match else ("", 0)
    if not 0 < port <= _MOST_PORT or not (_is_address(host) if ":" in host else host):
        raise InvalidArgument(f"{quoted(text)} must be a resolver, such as `192.0.2.1:53`")
    return Endpoint(host, port)


def _is_address(host: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def located(endpoint: Endpoint) -> tuple[Endpoint, ...]:
    """Return the addresses of a resolver; raises `NoResolver` if its host name is unknown."""
    if _is_address(endpoint.address):
        return (endpoint,)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(endpoint.address, endpoint.port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise NoResolver(f"the address of the DNS resolver {endpoint} is unknown") from None
    return tuple(dict.fromkeys(Endpoint(str(own[0]), endpoint.port) for *_, own in found))


def endpoints_of_system() -> tuple[Endpoint, ...]:
    """Return the resolvers of this computer; raises `NoResolver` if there are none."""
    try:
        found = dns.resolver.Resolver()
    except (dns.exception.DNSException, OSError):
        raise NoResolver("this computer has no DNS resolver") from None
    return tuple(Endpoint(str(each), found.port) for each in found.nameservers)


class RecursiveResolver:
    """Asks recursive resolvers, the first one that responds; each question once."""

    def __init__(self, endpoints: tuple[Endpoint, ...], transport: Exchange, end: float) -> None:
        self._endpoints = endpoints
        self._transport = transport
        self._end = end
        self._responses: dict[object, asyncio.Task[tuple[Message | None, Endpoint]]] = {}

    async def check(self) -> None:
        """Raise `NoResolver` if no resolver knows the servers of the root."""
        response, endpoint = await self.ask("", "NS")
        if response is None:
            raise NoResolver(f"the DNS resolver {endpoint} does not respond")
        if status_of(response) is AnswerStatus.REFUSED:
            raise NoResolver(f"the DNS resolver {endpoint} refuses to answer")
        if not await self.name_servers(""):
            raise NoResolver(f"the DNS resolver {endpoint} does not know the servers of the root")

    async def ask(
        self, name: str, kind: str, *, checks: bool = True
    ) -> tuple[Message | None, Endpoint]:
        """Return the response, `None` if there is none, and the resolver that was asked."""
        key = name, kind, checks
        if key not in self._responses:
            self._responses[key] = asyncio.create_task(self._ask(name, kind, checks))
        return await self._responses[key]

    async def _ask(self, name: str, kind: str, checks: bool) -> tuple[Message | None, Endpoint]:
        for seconds in _SECONDS:
            for endpoint in self._endpoints:
                query = message(name_of(name), kind, to_resolver=True, checks=checks)
                try:
                    found = await self._transport.exchange(
                        query, endpoint.address, endpoint.port, seconds, self._end
                    )
                except (OSError, Unreachable):
                    continue
                return found, endpoint
        return None, self._endpoints[0]

    async def name_servers(self, zone: str) -> tuple[str, ...]:
        """Return the names of the servers of a zone, sorted; none if it does not exist."""
        response, _ = await self.ask(zone, "NS")
        found = response.answer if response else []
        owner = name_of(zone)
        lists = [e for e in found if e.name == owner and e.rdtype == dns.rdatatype.NS]
        return tuple(sorted({name for each in lists for name in targets(each)}))

    async def addresses(self, name: str) -> tuple[str, ...]:
        """Return the addresses of a server, those of IPv4 first; none if it has none."""
        both = await asyncio.gather(self.ask(name, "A"), self.ask(name, "AAAA"))
        return in_order({each for found, _ in both if found for each in addresses(found.answer)})
