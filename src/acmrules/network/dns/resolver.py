"""The recursive resolver: which one it is, and what it answers."""

from __future__ import annotations

import asyncio

import dns.exception
import dns.resolver

from acmrules.diagnosis.answers import AnswerStatus
from acmrules.errors import AcmRulesError, InvalidArgument
from acmrules.messages import quoted
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
_SECONDS = (1.0, 2.0, 3.0)
"""How long to wait for the response to each try."""

_NO_RESOLVER = "name one with `--resolver HOST:PORT`, such as `--resolver 1.1.1.1:53`"


class NoResolver(AcmRulesError):  # noqa: N818  (named after what is missing)
    """The error if no recursive resolver answers; `fault` is what is wrong."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.fault}; {_NO_RESOLVER}"


class Endpoint(Value):
    """The address and the port of a server."""

    address: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{host}:{self.port}"


def endpoint_of(text: str) -> Endpoint:
    """Return the resolver that a user names: an address, with or without a port.

    Raises `InvalidArgument` if it is something else.

    >>> str(endpoint_of("[2001:db8::1]:53")), str(endpoint_of("192.0.2.1"))
    ('[2001:db8::1]:53', '192.0.2.1:53')
    """
    from ipaddress import ip_address

    host, port = text, str(PORT)
    if text[:1] == "[":
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":") if rest else port
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    is_number = port.isascii() and port.isdecimal()
    try:
        address = str(ip_address(host))
    except ValueError:
        address = ""
    if not address or not is_number or not 0 < int(port) <= _MOST_PORT:
        raise InvalidArgument(
            f"{quoted(text)} must be the address of a resolver, such as `192.0.2.1:53`"
        )
    return Endpoint(address, int(port))


def endpoints_of_system() -> tuple[Endpoint, ...]:
    """Return the resolvers of this computer; raises `NoResolver` if there are none."""
    try:
        found = dns.resolver.Resolver()
    except (dns.exception.DNSException, OSError):
        raise NoResolver("this computer has no DNS resolver") from None
    return tuple(Endpoint(str(each), found.port) for each in found.nameservers)


class Resolver:
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
        return tuple(
            sorted({name for each in found if each.name == owner for name in targets(each)})
        )

    async def addresses(self, name: str) -> tuple[str, ...]:
        """Return the addresses of a server, those of IPv4 first; none if it has none."""
        both = await asyncio.gather(self.ask(name, "A"), self.ask(name, "AAAA"))
        return in_order({each for found, _ in both if found for each in addresses(found.answer)})
