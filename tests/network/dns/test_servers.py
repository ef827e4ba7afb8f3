"""Each case of the diagnosis on real name servers: NSD, Knot and BIND, with Unbound as resolver."""

import json
import subprocess
import sys

import pytest
from tests.support.dns_cases import CASES, RULES
from tests.support.dns_servers import Servers, free_addresses, reason_to_skip
from tests.support.dns_world import RESOLVER
from tests.support.dns_zone_files import NAMES_IN_DATA, Network, merged

pytestmark = pytest.mark.slow

UNKNOWN_IN_MEMORY = {"servers-differ", "not-spread", "dnssec-wrong-ds"}
"""Cases in which the response of the resolver depends on whom it asks or asked, and on keys."""


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
        if recursive and case.id in UNKNOWN_IN_MEMORY:
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


PROGRAMS = [{}, {"ns1.dnshost.example": "knot", "ns2.dnshost.example": "bind"}]
"""The programs of servers that are not NSD."""


def network_with(programs):
    """Return a network with these programs, or skip the test if they cannot run here."""
    if reason := reason_to_skip("nsd", "unbound", *programs.values()):
        pytest.skip(reason)
    return Network(free_addresses(), programs)


@pytest.mark.parametrize("programs", PROGRAMS, ids=["nsd", "knot-and-bind"])
def test_real_servers_answer_as_the_world_in_memory(programs):
    """Each query of each case has the same status and records, so both prove the same."""
    network = network_with(programs)
    world = merged(case.world.__replace__(cached=()) for case in CASES)
    pairs = [(case.id, *pair) for case in CASES for pair in queries_of(case, world, network)]
    with Servers(network.servers(world, RULES)):
        responses = sent([query for _, query, _ in pairs])
    different = [
        (case, answer, response)
        for (case, _, answer), response in zip(pairs, responses, strict=True)
        if not is_same(answer, response)
    ]
    assert not different
