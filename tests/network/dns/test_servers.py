"""Each case of the diagnosis on real name servers: NSD, Knot and BIND, with Unbound as resolver."""

import pytest
from tests.support.dns_cases import CASES, RULES, mended
from tests.support.dns_runs import SECONDS, asked, sent
from tests.support.dns_servers import Servers
from tests.support.dns_world import RESOLVER
from tests.support.dns_zone_files import NAMES_IN_DATA, merged

from acmrules.diagnosis import AnswerStatus, Cause, DnsAnswers, diagnose

pytestmark = pytest.mark.slow

FINE = {
    *(Cause.RECORD_CORRECT, Cause.MAIL_NOT_APPROVED, Cause.HTTP_CONTENT),
    Cause.NAME_FAILED,  # Only a new request helps.
}
"""Causes that a diagnosis has if nothing in DNS holds a name up."""

KNOT_AND_BIND = {"ns1.dnshost.example": "knot", "ns2.dnshost.example": "bind"}
"""The programs of servers that are not NSD."""

UNKNOWN_IN_MEMORY = {"servers-differ", "not-spread", "dnssec-wrong-ds"}
"""Cases in which the response of the resolver depends on whom it asks or asked, and on keys."""


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
        seconds = 1 if answer.status is AnswerStatus.NO_ANSWER else SECONDS
        yield (server, answer.name, answer.type, recursive, disabled, seconds), answer


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


@pytest.mark.parametrize("network", [KNOT_AND_BIND], ids=["knot-and-bind"], indirect=True)
def test_real_servers_answer_as_the_world_in_memory(network):
    """Each query of each case has the same status and records, so both prove the same."""
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


CERTIFICATES = tuple(case.certificate for case in CASES)
KNOWN = DnsAnswers(zones=tuple(zone for case in CASES for zone in case.hosted))


def diagnosed(answers):
    """Return the obstacles of the names of each case: causes with their certainty, and records."""
    found = {}
    for case in CASES:
        diagnosis = diagnose(case.certificate, answers, as_of=case.as_of)
        obstacles = [each for name in diagnosis.names for each in name.obstacles]
        causes = tuple((each.cause, each.certainty) for each in obstacles)
        changes = dict.fromkeys(change for each in obstacles for change in each.changes)
        found[case.id] = causes, tuple(changes)
    return found


def unspread(world):
    """Return a world before its owner published the records that its resolver does not know yet."""
    unknown = {answer.name for answer in world.cached}
    return world.__replace__(
        zones=tuple(
            zone.__replace__(records=tuple(r for r in zone.records if r.name not in unknown))
            for zone in world.zones
        )
    )


@pytest.mark.parametrize(
    "network", [{}, KNOT_AND_BIND], ids=["nsd", "knot-and-bind"], indirect=True
)
def test_each_cause_is_found_and_its_remedy_is_enough(network):
    """Real servers prove the cause and the exact record; after the remedy, nothing is wrong."""
    world = merged(case.world for case in CASES)
    with Servers(network.servers(unspread(world), RULES)) as servers:
        resolver = network.address("resolver")
        sent([(resolver, each.name, each.type, True, False, SECONDS) for each in world.cached])
        servers.reload(network.servers(world, RULES), forget=False)
        before = diagnosed(asked(network, CERTIFICATES, KNOWN)[0])
        assert before == {case.id: (case.causes, case.changes) for case in CASES}
        for case in CASES:
            world = mended(case, world, before[case.id][1])
        servers.reload(network.servers(world, RULES))
        after = diagnosed(asked(network, CERTIFICATES, KNOWN)[0])
    wrong = {
        case: causes
        for case, (causes, _) in after.items()
        if not {cause for cause, _ in causes} <= FINE
    }
    assert not wrong


def test_each_cause_that_answers_prove_has_a_case():
    """The causes are those from a correct record to one that was not looked up."""
    causes = [*Cause]
    first, last = map(causes.index, (Cause.RECORD_CORRECT, Cause.NOT_LOOKED_UP))
    proven = {cause for case in CASES for cause, _ in case.causes}
    assert set(causes[first:last]) <= proven
