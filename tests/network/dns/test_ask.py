"""The network is asked what a diagnosis needs, and answers as the world in memory does."""

import asyncio
import sys
from collections import Counter

import pytest
from tests.diagnosis.dns.rows import ROWS
from tests.support.dns_certificates import TOKEN, certificate, validation
from tests.support.dns_wire import WorldTransport
from tests.support.dns_world import RESOLVER, ServedZone, internet

from acmrules.diagnosis import AnswerStatus, CertificateStatus, DnsAnswers
from acmrules.errors import InvalidArgument, MissingPackage
from acmrules.network.dns.ask import ask, ask_in_rounds
from acmrules.network.dns.errors import NoResolver
from acmrules.network.dns.questions import Questions
from acmrules.network.dns.resolver import Endpoint

SERVERS = ("ns1.dnshost.example", "ns2.dnshost.example")
WORLD = internet(ServedZone("brightharbor.io", SERVERS))
PENDING = certificate(validation("www.brightharbor.io"))
ISSUED = certificate(status=CertificateStatus.ISSUED)


def asked(world, certificates, known=None, step=None, **how):
    """Return what DNS servers answer, and the transport that has the queries."""
    transport = WorldTransport(world, **how)

    async def main():
        questions = Questions((Endpoint(RESOLVER, 53),), 5, transport)
        return await ask_in_rounds(certificates, known or DnsAnswers(), questions, step)

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


def test_no_server_has_a_question_twice():
    """Names that share zones share the questions about them."""
    names = [f"host{number}.brightharbor.io" for number in range(10)]
    _, transport = asked(WORLD, [certificate(validation(name)) for name in names])
    assert max(Counter(transport.sent).values()) == 1


def test_each_name_adds_the_same_number_of_queries():
    """The cost is linear in the names; the zones above are asked about once."""

    def cost(number):
        names = [f"host{each}.brightharbor.io" for each in range(number)]
        return len(asked(WORLD, [certificate(*map(validation, names))])[1].sent)

    assert cost(9) - cost(6) == cost(6) - cost(3)
    assert cost(9) < 9 * cost(1)


def test_the_same_world_has_the_same_answers():
    """The order of the answers does not depend on who responds first."""
    names = [f"host{number}.brightharbor.io" for number in range(5)]
    certificates = [certificate(*map(validation, names))]
    first, _ = asked(WORLD, certificates)
    assert asked(WORLD, certificates)[0] == first
    keys = [(each.name, each.type, each.zone, each.server) for each in first.answers]
    assert keys == sorted(keys)


def test_known_answers_are_kept_and_not_asked_for_again():
    """What files show comes first; no question that they answer is asked."""
    known, _ = asked(WORLD, [PENDING])
    again, transport = asked(WORLD, [PENDING], known)
    assert again == known
    assert {kind for _, _, kind, _ in transport.sent} == {"NS"}


def test_steps_count_answers_and_queries():
    """Each answered query is a step; in the end, all are answered."""
    steps = []
    asked(WORLD, [PENDING], step=lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == [*range(1, len(steps) + 1)]
    assert steps[-1][0] == steps[-1][1]
    assert all(done <= total for done, total in steps)


def test_a_resolver_that_is_absent_is_an_error():
    """Without a resolver, there is nowhere to begin."""
    with pytest.raises(NoResolver, match="does not respond; name one with `--resolver HOST:PORT`"):
        asked(WORLD, [PENDING], silent={RESOLVER})


def test_after_the_time_all_are_unanswered():
    """Every question has an answer, also if no time is left for it."""

    class Late(WorldTransport):
        async def exchange(self, query, address, port, seconds, end):
            if len(self.sent) > 20:
                raise TimeoutError
            return await super().exchange(query, address, port, seconds, end)

    async def main():
        questions = Questions((Endpoint(RESOLVER, 53),), 5, Late(WORLD))
        return await ask_in_rounds([PENDING], DnsAnswers(), questions)

    found = asyncio.run(main()).answers
    assert {each.status for each in found} >= {AnswerStatus.NOERROR, AnswerStatus.NO_ANSWER}
    assert {(each.name, each.type) for each in found} >= {
        (f"{TOKEN}.www.brightharbor.io", "CNAME"),
        ("io", "CAA"),
    }


def test_without_pending_names_nothing_is_asked():
    """A certificate that is issued needs no DNS, and no event loop."""
    known = DnsAnswers()
    assert ask([ISSUED], known) is known


def test_an_invalid_resolver_is_an_error():
    """The resolver is checked before anything is asked."""
    with pytest.raises(InvalidArgument, match="must be a resolver, such as"):
        ask([ISSUED], DnsAnswers(), resolver="https://192.0.2.1")


def test_without_dnspython_the_error_has_the_command_to_install_it(monkeypatch):
    """Asking needs the extra `dns`."""
    monkeypatch.setitem(sys.modules, "dns.message", None)
    with pytest.raises(MissingPackage) as error:
        ask([PENDING], DnsAnswers())
    assert str(error.value) == "dnspython is not installed; run `pip install 'acmrules[dns]'`"
