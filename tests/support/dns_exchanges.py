"""Exchanges with a server on loopback, because tests may not open connections.

Standard output is a JSON object: for each way in which the server responds, the text of the answer
section, or the name of the exception; and for `bounded`, the largest number of queries at one time.
"""

import asyncio
import json
import socket
import sys

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from acmrules.network.dns import transport
from acmrules.network.dns.messages import message, name_of

ADDRESS = "127.0.0.1"
SECONDS = 0.3
FOREVER = 1e12
BOUND = 3


class Behavior(asyncio.DatagramProtocol):
    """A server that responds in the way that the name of each query says."""

    def __init__(self):
        self.waiting = self.most = 0

    def connection_made(self, own):
        """Keep what responses are sent with."""
        self.own = own

    def datagram_received(self, data, addr):
        """Send what the first label of the name says."""
        query = dns.message.from_wire(data)
        way = query.question[0].name.labels[0].decode()
        response = answered(query)
        if way == "truncated":
            response.answer.clear()
            response.flags |= dns.flags.TC
        elif way == "old" and query.edns >= 0:
            response = dns.message.make_response(query)
            response.use_edns(False)
            response.set_rcode(dns.rcode.FORMERR)
        elif way == "silent":
            return
        elif way == "noise":
            other = answered(query)
            other.id ^= 1
            about = answered(message(name_of("other.test"), "A"))
            about.id = query.id
            for wire in (b"", b"\0", data, data[:5], other.to_wire(), about.to_wire()):
                self.own.sendto(wire, addr)
        elif way.startswith("wait"):
            self.waiting += 1
            self.most = max(self.most, self.waiting)
            loop = asyncio.get_running_loop()
            loop.call_later(0.02, self._late, response.to_wire(), addr)
            return
        self.own.sendto(response.to_wire(), addr)

    def _late(self, wire, addr):
        self.waiting -= 1
        self.own.sendto(wire, addr)


def answered(query):
    """Return a response with one address."""
    response = dns.message.make_response(query)
    name = query.question[0].name
    response.answer.append(dns.rrset.from_text(name, 5, "IN", "A", "192.0.2.1"))
    return response


async def stream(reader, writer):
    """Respond over TCP, or end the connection in the middle of a response."""
    size = int.from_bytes(await reader.readexactly(2), "big")
    wire = answered(dns.message.from_wire(await reader.readexactly(size))).to_wire()
    cut = wire.lower().startswith(b"\x09truncated\x03cut", 12)
    writer.write(len(wire).to_bytes(2, "big") + (wire[:20] if cut else wire))
    await writer.drain()
    writer.close()


async def tried(sender, name, port, address=ADDRESS, seconds=SECONDS):
    """Return the answer section of the response, or the name of the exception."""
    try:
        query = message(name_of(name), "A")
        response = await sender.exchange(query, address, port, seconds, FOREVER)
    except (OSError, transport.Unreachable) as error:
        return type(error).__name__
    return [each.to_text() for each in response.answer]


async def main():
    """Print what each way results in."""
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(stream, ADDRESS, 0)
    port = server.sockets[0].getsockname()[1]
    _, behavior = await loop.create_datagram_endpoint(Behavior, (ADDRESS, port))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
        unused.bind((ADDRESS, 0))
        closed = unused.getsockname()[1]
    sender = transport.Transport()
    ways = ("plain.test", "truncated.test", "truncated.cut.test", "old.test", "silent.test")
    found = {way: await tried(sender, way, port) for way in (*ways, "noise.test")}
    found["closed"] = await tried(sender, "plain.test", closed)
    found["late"] = await tried(sender, "plain.test", port, seconds=-FOREVER)
    # No computer has a route from a loopback address to the world without a scope.
    found["unreachable"] = await tried(sender, "plain.test", port, "fe80::1")
    transport.MOST_SOCKETS = BOUND
    bounded = transport.Transport()
    names = [f"wait{number}.test" for number in range(4 * BOUND)]
    results = await asyncio.gather(*(tried(bounded, name, port) for name in names))
    found["bounded"] = behavior.most, sum(type(each) is list for each in results)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
