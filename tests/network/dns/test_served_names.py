"""Many names, on name servers that need 20 ms for each response."""

import pytest
from tests.diagnosis.dns.rows import ZONE, zone
from tests.support.dns_certificates import MINUTES_AGO, NOW, TOKEN, VALUE, certificate, validation
from tests.support.dns_runs import asked
from tests.support.dns_servers import Servers
from tests.support.dns_world import internet

from acmrules.diagnosis import Cause, DnsAnswers, diagnose

pytestmark = pytest.mark.slow

FAR = ("ns1.farhost.example", "ns2.farhost.example")
RULES = {server: {"delay": 0.02} for server in FAR}
NAMES = tuple(f"w{number}.{ZONE}" for number in range(100))
MOST_ROUNDS = 4
MOST_ASKED = 5
MOST_SENT = 10
"""Maximum number of rounds, of questions for each name, and of queries to both servers for it."""


def test_the_rounds_do_not_grow_with_the_names(network):
    """All names are asked about at the same time, so the delay counts once for each round."""
    certificates = [certificate(*map(validation, NAMES), created_at=MINUTES_AGO)]
    world = internet(zone(*((f"{TOKEN}.{name}", "CNAME", VALUE) for name in NAMES), servers=FAR))
    with Servers(network.servers(world, RULES)) as servers:
        answers, steps = asked(network, certificates, DnsAnswers())
        # On a busy machine, some queries are sent again.
        sent = {(server, *query) for server in FAR for query in servers.queries(server)}
    diagnosis = diagnose(certificates[0], answers, as_of=NOW)
    assert [each.cause for each in diagnosis.all_obstacles] == [Cause.RECORD_CORRECT] * len(NAMES)
    totals = {total for _, total in steps}
    assert len(totals) <= MOST_ROUNDS
    assert max(totals) <= MOST_ASKED * len(NAMES)
    assert len(NAMES) < len(sent) <= MOST_SENT * len(NAMES)
