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


async def response(server, name, kind, recursion, disabled, seconds):
    """Return the response to one query."""
    query = dns.message.make_query(f"{name}.", kind, use_edns=True, payload=1232)
    query.flags = (dns.flags.RD if recursion else 0) | (dns.flags.CD if disabled else 0)
    if recursion:
        query.flags |= dns.flags.AD
    try:
        found, _ = await dns.asyncquery.udp_with_fallback(query, server, timeout=seconds)
    except dns.exception.Timeout:
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


async def main():
    """Send all queries at once."""
    queries = json.load(sys.stdin)
    json.dump(await asyncio.gather(*(response(*each) for each in queries)), sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
