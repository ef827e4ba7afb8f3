"""Sends queries to name servers, because tests may not open connections.

Standard input is a JSON list of queries: server, name, type, whether recursion is desired, whether
the flag CD is set, and how many seconds to wait. Standard output has the response to each: its
status, the flags AA and AD, and its answers as lists of name, type and data.
"""

import asyncio
import json
import sys

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype

MOST_WAITING = 50
TRY_SECONDS = 4
"""On a busy machine, servers lose queries if many arrive at the same time."""


async def response(free, server, name, kind, recursion, disabled, seconds):
    """Return the response to one query."""
    query = dns.message.make_query(f"{name}.", kind, use_edns=True, payload=1232)
    query.flags = (dns.flags.RD if recursion else 0) | (dns.flags.CD if disabled else 0)
    if recursion:
        query.flags |= dns.flags.AD
    async with free:
        found = await first_response(query, server, seconds)
    if found is None:
        return ["NO_ANSWER", False, False, []]
    records = sorted(
        [
            each.name.to_text(omit_final_dot=True),
            dns.rdatatype.to_text(each.rdtype),
            record.to_text(),
        ]
        for each in found.answer
        for record in each
    )
    flags = bool(found.flags & dns.flags.AA), bool(found.flags & dns.flags.AD)
    return [dns.rcode.to_text(found.rcode()), *flags, records]


async def first_response(query, server, seconds):
    """Return the response to a query that is sent again if it is lost, `None` for none."""
    while seconds > 0:
        try:
            found, _ = await dns.asyncquery.udp_with_fallback(
                query, server, timeout=min(seconds, TRY_SECONDS)
            )
        except dns.exception.Timeout:
            seconds -= TRY_SECONDS
        else:
            return found
    return None


async def main():
    """Send all queries, some at the same time."""
    free = asyncio.Semaphore(MOST_WAITING)
    queries = json.load(sys.stdin)
    found = await asyncio.gather(*(response(free, *each) for each in queries))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
