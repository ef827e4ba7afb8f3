"""Each case of the diagnosis on real name servers: NSD, Knot and BIND, with Unbound as resolver."""

import json
import subprocess
import sys

import pytest
from tests.diagnosis.dns.rows import ROWS
from tests.support.dns_servers import Servers, free_addresses, reason_to_skip
from tests.support.dns_world import RESOLVER
from tests.support.dns_zone_files import NAMES_IN_DATA, Network, merged, renamed

pytestmark = pytest.mark.slow

OWN = ("brightharbor", "hosting", "Z0")
OWN_SERVERS = ("dnshost", "oldhost")
DEPENDS_ON_CHANCE = {"servers-differ"}
"""Cases in which the resolver has the answer of the server that it happens to ask."""


def own(row, number):
    """Return a row with domains of its own, and with servers of its own if some of them fail."""
    parts = OWN + (OWN_SERVERS if row.world.failing else ())
    found = renamed(row, {part: f"{part}-{row.id}" for part in parts})
    arn = f"{row.certificate.arn[:-12]}{number:012}"
    return found.__replace__(id=row.id, certificate=found.certificate.__replace__(arn=arn))


CASES = tuple(own(row, number) for number, row in enumerate(ROWS, 1))


def skip_without(*programs):
    """Skip the test if one of these servers cannot run here."""
    if reason := reason_to_skip("nsd", "unbound", *programs):
        pytest.skip(reason)


def sent(queries):
    """Return the responses to queries, which a process of its own sends."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.dns_asking"],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return json.loads(done.stdout)


def canonical(record):
    """Return a record of a response as `DnsRecord` has it."""
    name, kind, data = record
    if kind in NAMES_IN_DATA:
        data = data.removesuffix(".")
    return name, kind, data


def queries_of(case, world, network):
    """Yield the queries of a case, each with the answer of the world in memory."""
    for answer in world.answers([case.certificate], case.hosted).answers:
        recursive = answer.server == RESOLVER
        if recursive and case.id in DEPENDS_ON_CHANCE:
            continue
        server = network.address("resolver" if recursive else answer.server)
        disabled = recursive and not answer.checks_dnssec
        yield (server, answer.name, answer.type, recursive, disabled), answer


def is_same(answer, response):
    """Return whether a real server responded as the one in memory."""
    status, _, _, records = response
    if answer.type == "DS":
        # The world in memory has no keys.
        return status == answer.status
    expected = {(each.name, each.type, each.value) for each in answer.records}
    # A server that also has the zone of the target says that the target does not exist.
    is_alias = any(kind == "CNAME" for _, kind, _ in expected) and answer.type != "CNAME"
    return {*map(canonical, records)} == expected and (is_alias or status == answer.status)


def test_real_servers_answer_as_the_world_in_memory():
    """Each query of each case has the same status and records, so both prove the same."""
    skip_without()
    network = Network(free_addresses())
    world = merged(case.world.__replace__(cached=()) for case in CASES)
    pairs = [
        (case.id, *pair)
        for case in CASES
        if not case.world.cached
        for pair in queries_of(case, world, network)
    ]
    with Servers(network.servers(world)):
        responses = sent([query for _, query, _ in pairs])
    different = [
        (case, answer, response)
        for (case, _, answer), response in zip(pairs, responses, strict=True)
        if not is_same(answer, response)
    ]
    assert not different
