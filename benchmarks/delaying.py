"""Name servers on loopback that respond after a delay, for `asking`.

`python -m benchmarks.delaying PORT SECONDS` serves until standard input ends: a recursive resolver
at 127.0.0.1, the servers of `io` at 127.0.0.2, and those of all zones below at 127.0.0.3 and
127.0.0.4. It prints a line when it is ready, and the number of queries at the end.
"""

from __future__ import annotations

import asyncio
import struct
import sys

RESOLVER, TOP, *ZONE = (f"127.0.0.{number}" for number in range(1, 5))
A, NS, CNAME, SOA = 1, 2, 5, 6
ANSWER, AUTHORITATIVE, NAME_ERROR = 0x8000, 0x0400, 3
TTL = 300
TARGET = "_y.mhbtsbpdnt.acm-validations.aws"
QUESTION_AT = 12


def packed(name: str) -> bytes:
    """Return a name in wire format."""
    labels = [label.encode() for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(name: str, kind: int, data: bytes) -> bytes:
    """Return a record in wire format."""
    return packed(name) + struct.pack("!HHIH", kind, 1, TTL, len(data)) + data


def address(name: str, own: str) -> bytes:
    """Return the address record of a server."""
    return record(name, A, bytes(map(int, own.split("."))))


def question(query: bytes) -> tuple[str, int, int]:
    """Return the name and type that a query asks for, and where the question ends."""
    labels, at = [], QUESTION_AT
    while size := query[at]:
        labels.append(query[at + 1 : at + 1 + size].decode().lower())
        at += size + 1
    return ".".join(labels), int.from_bytes(query[at + 1 : at + 3], "big"), at + 5


def response(server: str, query: bytes) -> bytes:
    """Return the response of a server."""
    name, kind, end = question(query)
    flags, sections = respond(server, name, kind)
    counts = [len(section) for section in sections]
    head = query[:2] + struct.pack("!HHHHH", ANSWER | flags, 1, *counts)
    return head + query[QUESTION_AT:end] + b"".join(map(b"".join, sections))


def respond(server: str, name: str, kind: int) -> tuple[int, tuple[list[bytes], ...]]:
    """Return the flags and the sections of a response."""
    labels = name.split(".") if name else []
    zone = ".".join(labels[-2:])
    servers = {f"ns{number}.{zone}": own for number, own in enumerate(ZONE, 1)}
    if server == RESOLVER and kind == NS and len(labels) < 2:
        return 0, ([record(name, NS, packed("ns.io"))], [], [])
    if server == RESOLVER and kind == A and labels[:1] == ["ns"]:
        return 0, ([address(name, TOP)], [], [])
    if server == TOP and len(labels) > 1:
        delegation = [record(zone, NS, packed(each)) for each in servers]
        return 0, ([], delegation, [address(*each) for each in servers.items()])
    flags = 0 if server == RESOLVER else AUTHORITATIVE
    if kind == CNAME and labels[:1] == ["_x"]:
        return flags, ([record(name, CNAME, packed(TARGET))], [], [])
    if kind == NS and name == zone:
        return flags, ([record(name, NS, packed(each)) for each in servers], [], [])
    soa = packed("ns") + packed("hostmaster") + struct.pack("!IIIII", 1, 2, 3, 4, 5)
    absent = NAME_ERROR if labels[:1] and labels[0][:1] in {"_", "x"} else 0
    return flags | absent, ([], [record(zone, SOA, soa)], [])


class Server(asyncio.DatagramProtocol):
    """A server at one address."""

    queries = 0

    def __init__(self, own: str, delay: float) -> None:
        self._own = own
        self._delay = delay

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        Server.queries += 1
        loop = asyncio.get_running_loop()
        loop.call_later(self._delay, self._transport.sendto, response(self._own, data), addr)


async def main(port: int, delay: float) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    for own in (RESOLVER, TOP, *ZONE):
        await loop.create_datagram_endpoint(
            lambda own=own: Server(own, delay), local_addr=(own, port)
        )
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(Server.queries, flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
