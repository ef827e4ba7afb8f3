"""Queries are answered by a resolver, or by the authoritative servers of a zone."""

import asyncio

import pytest
from tests.support.dns_wire import WorldTransport
from tests.support.dns_world import RESOLVER, ROOT_SERVERS, ServedZone, internet

from acmrules.diagnosis import AnswerStatus, DnsAnswer, DnsQuery, DnsRecord
from acmrules.network.dns.questions import Questions
from acmrules.network.dns.resolver import Endpoint
from acmrules.network.dns.transport import Unreachable

SERVERS = ("ns1.dnshost.example", "ns2.dnshost.example")
RECORD = DnsRecord("www.brightharbor.io", "A", "192.0.2.80", 300)
WORLD = internet(ServedZone("brightharbor.io", SERVERS, (RECORD,)))
QUERY = DnsQuery("www.brightharbor.io", "A")
ANSWER = DnsAnswer(
    "www.brightharbor.io",
    "A",
    AnswerStatus.NOERROR,
    (RECORD,),
    server=SERVERS[0],
    is_authoritative=True,
    is_authenticated=False,
    zone="brightharbor.io",
    zone_servers=SERVERS,
)


class Offline(WorldTransport):
    """A computer that only reaches its resolver and the servers above."""

    async def exchange(self, query, address, *rest):
        """Respond, unless the server is one of the zone."""
        if address in {self.addresses[each] for each in SERVERS}:
            raise Unreachable
        return await super().exchange(query, address, *rest)


def answers(*queries, kind=WorldTransport):
    """Return the answers to queries, and how often one was counted."""
    counted = []

    async def main():
        questions = Questions((Endpoint(RESOLVER, 53),), 5, kind(WORLD))
        await questions.begin()
        return await questions.answers(queries, lambda: counted.append(1))

    return asyncio.run(main()), len(counted)


def test_a_query_goes_to_a_server_of_the_zone():
    """The answer has the server, the zone and its servers."""
    assert answers(QUERY) == ([ANSWER], 1)


def test_a_query_to_all_has_an_answer_of_each_server():
    """The answers are in the order of the servers."""
    found, count = answers(QUERY.__replace__(to_all=True))
    assert found == [ANSWER.__replace__(server=server) for server in SERVERS]
    assert count == 1


@pytest.mark.parametrize("checks", [True, False])
def test_a_query_to_the_resolver_has_no_zone(checks):
    """The answer has the address of the resolver, and whether it validates."""
    (found,), _ = answers(QUERY.__replace__(to_resolver=True, checks_dnssec=checks))
    assert (found.server, found.zone, found.zone_servers) == (RESOLVER, "", ())
    assert (found.checks_dnssec, found.status) == (checks, AnswerStatus.NOERROR)


def test_answers_are_in_the_order_of_their_queries():
    """Several queries are asked at one time."""
    names = ["b.brightharbor.io", "a.brightharbor.io", "brightharbor.io"]
    found, count = answers(*(DnsQuery(name, "TXT") for name in names))
    assert [each.name for each in found] == names
    assert count == 3


@pytest.mark.parametrize("to_all", [True, False])
def test_servers_without_a_route_are_one_answer(to_all):
    """If this computer reaches no server, that says nothing about any of them."""
    (found,), _ = answers(QUERY.__replace__(to_all=to_all), kind=Offline)
    assert (found.status, found.server) == (AnswerStatus.NO_ANSWER, "")
    assert (found.zone, found.zone_servers) == ("brightharbor.io", SERVERS)


def test_a_name_that_dns_cannot_have_is_not_asked_about():
    """A label is longer than DNS allows."""
    (found,), _ = answers(DnsQuery(f"{'a' * 64}.brightharbor.io", "A"))
    assert (found.status, found.zone) == (AnswerStatus.NO_ANSWER, "")


def test_the_root_has_the_names_without_a_top_level_domain():
    """The servers of the root say that a top-level domain does not exist."""
    (found,), _ = answers(DnsQuery("www.invalid", "A"))
    assert (found.status, found.zone_servers) == (AnswerStatus.NXDOMAIN, ROOT_SERVERS)
