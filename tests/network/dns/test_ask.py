import asyncio
import sys

import pytest
from tests.diagnosis.dns.rows import ROWS
from tests.support.dns_wire import WorldTransport
from tests.support.dns_world import RESOLVER

from acmrules.diagnosis import DnsAnswers
from acmrules.errors import MissingPackage
from acmrules.network.dns.ask import ask, ask_in_rounds
from acmrules.network.dns.questions import Questions
from acmrules.network.dns.resolver import Endpoint


def asked(world, certificates, known=None, **how):
    """Return what DNS servers answer, and the transport that has the queries."""
    transport = WorldTransport(world, **how)

    async def main():
        questions = Questions((Endpoint(RESOLVER, 53),), 5, transport)
        return await ask_in_rounds(certificates, known or DnsAnswers(), questions)

    return asyncio.run(main()), transport


def facts(answers):
    """Return what a diagnosis needs of answers, in an order of its own."""
    return sorted(
        (
            each.name,
            each.type,
            each.status,
            each.zone,
            each.server,
            each.checks_dnssec,
            bool(each.is_authoritative),
            sorted(each.zone_servers),
            sorted((r.name, r.type, r.value) for r in each.records),
        )
        for each in answers
    )


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
@pytest.mark.parametrize("glue", [True, False])
def test_the_network_answers_as_the_world_does(row, glue):
    """Following the delegation by messages finds the answers of the world."""
    expected = row.world.answers([row.certificate], row.hosted)
    known = DnsAnswers(zones=row.hosted)
    found, _ = asked(row.world, (row.certificate,), known, glue=glue)
    assert facts(found.answers) == facts(expected.answers)
    assert found.zones == row.hosted
