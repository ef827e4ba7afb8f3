"""A name server in Python: what it serves no other would, or it responds late, or never.

Argument: a JSON file with `address`, `zones` (files by origin, next to it), and the rules:
`delay` in seconds before each response, `mute` for no response at all, and `rcodes`: response codes
by name and type, such as `{"example.com CAA": "SERVFAIL"}`; a type of `*` means all.
Each query is a line of the file `queries`.
"""

import asyncio
import json
import sys
from pathlib import Path

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

MOST_HOPS = 12


class Content:
    """The sets of records of some zones; a name may have others next to a CNAME."""

    def __init__(self, files):
        self.origins = sorted(map(dns.name.from_text, files), key=len, reverse=True)
        self.sets = {}
        for path in files.values():
            for line in path.read_text().splitlines():
                name, ttl, _, kind, data = line.split(maxsplit=4)
                name, kind = dns.name.from_text(name), dns.rdatatype.from_text(kind)
                found = self.sets.setdefault(name, {})
                record = dns.rrset.from_text(name, int(ttl), "IN", kind, data)
                found.setdefault(kind, record).update(record)

    def answer(self, response, name, kind):
        """Add the records of a name to a response, and those of the targets of its aliases."""
        origin = next((each for each in self.origins if name.is_subdomain(each)), None)
        if origin is None:
            response.set_rcode(dns.rcode.REFUSED)
            return
        response.flags |= dns.flags.AA
        for _ in range(MOST_HOPS):
            here = self.sets.get(name, {})
            alias = here.get(dns.rdatatype.CNAME)
            if kind in here or alias is None or not name.is_subdomain(origin):
                break
            response.answer.append(alias)
            name = alias[0].target
        if kind in here:
            response.answer.append(here[kind])
            return
        if not here and not any(each.is_subdomain(name) for each in self.sets):
            response.set_rcode(dns.rcode.NXDOMAIN)
        response.authority.append(self.sets[origin][dns.rdatatype.SOA])


class Liar:
    """The rules, and what they let through."""

    def __init__(self, config):
        rules = json.loads(config.read_text())
        files = {origin: config.parent / file for origin, file in rules["zones"].items()}
        self.address = rules["address"]
        self.delay = rules.get("delay", 0)
        self.is_mute = rules.get("mute", False)
        self.rcodes = rules.get("rcodes", {})
        self.content = Content(files)
        self.seen = open(config.parent / "queries", "a", buffering=1)  # noqa: SIM115

    async def respond(self, wire):
        """Return the response to a query, `None` for none."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name, kind = question.name.canonicalize(), question.rdtype
        key = name.to_text(omit_final_dot=True), dns.rdatatype.to_text(kind)
        print(*key, file=self.seen)
        if self.is_mute:
            return None
        await asyncio.sleep(self.delay)
        response = dns.message.make_response(query)
        rcode = self.rcodes.get(" ".join(key)) or self.rcodes.get(f"{key[0]} *")
        if rcode:
            response.set_rcode(dns.rcode.from_text(rcode))
        else:
            self.content.answer(response, name, kind)
        return response.to_wire()

    async def serve(self):
        """Respond until the process is ended."""
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: Datagrams(self), (self.address, 53))
        server = await asyncio.start_server(self.stream, self.address, 53)
        async with server:
            await server.serve_forever()

    async def stream(self, reader, writer):
        """Respond to one query over TCP."""
        length = int.from_bytes(await reader.readexactly(2), "big")
        response = await self.respond(await reader.readexactly(length))
        if response is not None:
            writer.write(len(response).to_bytes(2, "big") + response)
            await writer.drain()
            writer.close()


class Datagrams(asyncio.DatagramProtocol):
    """Queries over UDP."""

    def __init__(self, liar):
        self.liar = liar
        self.tasks = set()

    def connection_made(self, transport):
        """Keep what responses are sent with."""
        self.transport = transport

    def datagram_received(self, data, addr):
        """Respond in a task, so that a delay does not delay others."""
        task = asyncio.ensure_future(self.respond(data, addr))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def respond(self, data, addr):
        """Send the response to one query."""
        response = await self.liar.respond(data)
        if response is not None:
            self.transport.sendto(response, addr)


if __name__ == "__main__":
    asyncio.run(Liar(Path(sys.argv[1])).serve())
