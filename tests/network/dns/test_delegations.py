"""Delegations are followed from the root to the zone of a name."""

import asyncio
from collections import Counter

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from acmrules.network.dns import delegations
from acmrules.network.dns.delegations import DelegatedZone, Delegations, ServerReply
from acmrules.network.dns.resolver import Endpoint, RecursiveResolver
from acmrules.network.dns.transport import Unreachable

RESOLVER = "192.0.2.53"
TOP = "192.0.2.1"
ONE, TWO = "192.0.2.11", "192.0.2.12"
GLUE = [("ns1.example.com.", "A", ONE), ("ns2.example.com.", "A", TWO)]
CUT = [("example.com.", "NS", "ns1.example.com."), ("example.com.", "NS", "ns2.example.com.")]
ADDRESS = [("www.example.com.", "A", "192.0.2.80")]


class Net:
    """A network whose servers are functions by address: they return what `made` takes, or fail.

    The resolver knows the root and `com`, whose server delegates `example.com`.
    """

    is_busy = False

    def __init__(self, servers):
        self.sent = []
        self._servers = {TOP: referral, RESOLVER: recursive} | servers

    async def exchange(self, query, address, port, seconds, end):
        """Return the response of the server at an address."""
        del port, seconds, end
        question = query.question[0]
        name, kind = question.name.to_text(), question.to_text().rpartition(" ")[2]
        self.sent.append((address, name, kind))
        found = self._servers[address](name, kind)
        if asyncio.iscoroutine(found):
            found = await found
        return made(query, **found)


def made(query, answer=(), authority=(), additional=(), rcode="NOERROR", *, is_own=True):
    """Return a response with records in presentation form."""
    response = dns.message.make_response(query)
    response.set_rcode(dns.rcode.from_text(rcode))
    response.flags |= dns.flags.AA if is_own else 0
    for section, records in (
        (response.answer, answer),
        (response.authority, authority),
        (response.additional, additional),
    ):
        sets = {}
        for name, kind, value in records:
            sets.setdefault((name, kind), []).append(value)
        section += [
            dns.rrset.from_text_list(name, 60, "IN", kind, values)
            for (name, kind), values in sets.items()
        ]
    return response


def recursive(name, kind):
    """Answer as a resolver that knows the top and the servers that have no glue."""
    known = {
        (".", "NS"): "a.root.example.",
        ("com.", "NS"): "ns.com.example.",
        ("ns.com.example.", "A"): TOP,
        ("ns.elsewhere.example.", "A"): ONE,
    }
    found = known.get((name, kind))
    return {"answer": [(name, kind, found)] if found else [], "is_own": False}


def referral(name, _):
    """Answer as the server of `com`, which delegates one domain."""
    if not name.endswith("example.com."):
        return {"rcode": "NXDOMAIN"}
    return {"authority": CUT, "additional": GLUE, "is_own": False}


def apex(name, kind):
    """Answer as a server of `example.com`."""
    if (name, kind) == ("example.com.", "NS"):
        return {"answer": CUT}
    return {"answer": ADDRESS} if (name, kind) == ("www.example.com.", "A") else {}


def fails(error):
    """Return a server that does not respond."""

    def respond(*_):
        raise error

    return respond


def follow(servers, question, seconds=5):
    """Return what a method of `Delegations` returns, and what was sent."""
    net = Net(servers)

    async def main():
        end = asyncio.get_running_loop().time() + seconds
        resolver = RecursiveResolver((Endpoint(RESOLVER, 53),), net, end)
        return await question(Delegations(resolver, net, end, 53))

    return asyncio.run(main()), net.sent


def rcodes(replies):
    """Return the response code of each server, `None` without a response."""
    return {
        each.server: each.response and dns.rcode.to_text(each.response.rcode()) for each in replies
    }


def test_a_delegation_is_followed_with_its_glue():
    """The addresses in the referral are used, and the resolver finds no other."""
    (zone, reply), sent = follow({ONE: apex, TWO: apex}, lambda d: d.ask("www.example.com", "A"))
    assert (zone.name, zone.servers) == ("example.com", ("ns1.example.com", "ns2.example.com"))
    assert (reply.server, reply.response.answer[0].to_text()[-10:]) == (
        "ns1.example.com",
        "192.0.2.80",
    )
    assert not [name for address, name, _ in sent if address == RESOLVER and "example.com" in name]


def test_the_zones_above_are_found_once():
    """Many names in a zone share its delegation, also at the same time."""

    async def many(found):
        names = [f"_x.host{number}.example.com" for number in range(8)]
        return await asyncio.gather(*(found.ask(name, "CNAME") for name in names))

    zones, sent = follow({ONE: apex, TWO: apex}, many)
    assert {zone.name for zone, _ in zones} == {"example.com"}
    assert max(Counter(sent).values()) == 1
    assert sum(address == TOP for address, *_ in sent) == 1


def test_servers_without_glue_are_looked_up():
    """The resolver has the address of a server outside the zone that delegates."""
    cut = {"authority": [("example.com.", "NS", "ns.elsewhere.example.")], "is_own": False}
    (zone, reply), _ = follow({TOP: lambda *_: cut, ONE: apex}, lambda d: d.ask("example.com", "A"))
    assert (zone.servers, reply.server) == (("ns.elsewhere.example",), "ns.elsewhere.example")
    assert reply.response is not None


def test_glue_outside_the_zone_is_not_used():
    """A server cannot redirect to addresses of names that it does not know."""
    cut = {
        "authority": [("example.com.", "NS", "ns.elsewhere.example.")],
        "additional": [("ns.elsewhere.example.", "A", TWO)],
        "is_own": False,
    }
    (_, reply), sent = follow({TOP: lambda *_: cut, ONE: apex}, lambda d: d.ask("example.com", "A"))
    assert reply.response is not None
    assert TWO not in {address for address, *_ in sent}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (lambda *_: {"rcode": "REFUSED", "is_own": False}, "REFUSED"),
        (lambda *_: {"rcode": "SERVFAIL", "is_own": False}, "SERVFAIL"),
        (lambda *_: {"authority": [(".", "NS", "a.root.example.")], "is_own": False}, "NOERROR"),
        (fails(TimeoutError()), None),
        (fails(ConnectionRefusedError()), None),
    ],
)
def test_a_lame_server_is_reported_and_the_next_one_answers(fault, code):
    """Each server has its own reply; the first good one settles a question."""
    servers = {ONE: fault, TWO: apex}
    (_, replies), _ = follow(servers, lambda d: d.ask_all("www.example.com", "A"))
    assert rcodes(replies) == {"ns1.example.com": code, "ns2.example.com": "NOERROR"}
    assert [each.is_good for each in replies] == [False, True]
    (_, reply), _ = follow(servers, lambda d: d.ask("www.example.com", "A"))
    assert reply.server == "ns2.example.com"


def test_a_server_that_does_not_respond_is_asked_about_one_name():
    """Its silence costs the time of one question, whatever the number of names."""

    async def one_after_another(found):
        return [await found.ask_all(f"a{number}.example.com", "A") for number in range(5)]

    found, sent = follow({ONE: fails(TimeoutError()), TWO: apex}, one_after_another)
    assert all(rcodes(replies)["ns1.example.com"] is None for _, replies in found)
    assert len({name for address, name, _ in sent if address == ONE}) == 1


def test_if_no_server_responds_the_zone_is_known():
    """The delegation is known, and each server is without a response."""
    silent = fails(TimeoutError())
    (zone, replies), sent = follow(
        {ONE: silent, TWO: silent}, lambda d: d.ask_all("example.com", "A")
    )
    assert zone.name == "example.com"
    assert rcodes(replies) == {"ns1.example.com": None, "ns2.example.com": None}
    assert len(sent) < 12


def test_a_computer_without_a_route_says_so():
    """A server that has only addresses of IPv6 is not lame because this computer has no IPv6."""
    additional = [("ns1.example.com.", "AAAA", "2001:db8::1"), GLUE[1]]
    cut = {"authority": CUT, "additional": additional, "is_own": False}
    servers = {TOP: lambda *_: cut, "2001:db8::1": fails(Unreachable()), TWO: apex}
    (_, replies), _ = follow(servers, lambda d: d.ask_all("www.example.com", "A"))
    assert [each.is_reachable for each in replies] == [False, True]


def test_another_address_of_a_server_may_respond():
    """An address of IPv4 is tried first, and the next one if it does not respond."""
    additional = [*GLUE, ("ns1.example.com.", "AAAA", "2001:db8::1")]
    cut = {"authority": CUT, "additional": additional, "is_own": False}
    servers = {TOP: lambda *_: cut, ONE: fails(TimeoutError()), "2001:db8::1": apex, TWO: apex}
    (_, replies), sent = follow(servers, lambda d: d.ask_all("www.example.com", "A"))
    assert [each.is_good for each in replies] == [True, True]
    assert [address for address, *_ in sent if address in {ONE, "2001:db8::1"}][:2] == [
        ONE,
        "2001:db8::1",
    ]


def test_a_slow_server_does_not_delay_the_answer(monkeypatch):
    """The next server is asked while the first one is silent."""
    monkeypatch.setattr(delegations, "_AHEAD", 0)

    async def never():
        await asyncio.Event().wait()

    (_, reply), _ = follow(
        {ONE: lambda *_: never(), TWO: apex}, lambda d: d.ask("www.example.com", "A")
    )
    assert reply.server == "ns2.example.com"


def test_a_busy_computer_asks_no_further_server(monkeypatch):
    """A query that has not been sent yet is no reason to send another one."""
    monkeypatch.setattr(delegations, "_AHEAD", 0)
    monkeypatch.setattr(Net, "is_busy", True)

    async def slow(name, kind):
        for _ in range(5):
            await asyncio.sleep(0)
        return apex(name, kind)

    (_, reply), sent = follow({ONE: slow, TWO: apex}, lambda d: d.ask("www.example.com", "A"))
    assert reply.server == "ns1.example.com"
    assert TWO not in {address for address, *_ in sent}


def test_a_child_zone_on_the_same_server_is_found():
    """Its own NS records show the cut, because the parent has nothing to delegate to others."""

    def both(name, kind):
        if (name, kind) == ("www.example.com.", "NS"):
            return {"answer": [(name, "NS", "ns2.example.com.")]}
        return apex(name, kind)

    (zone, reply), _ = follow({ONE: both, TWO: apex}, lambda d: d.ask("www.example.com", "A"))
    assert (zone.name, zone.servers) == ("www.example.com", ("ns2.example.com",))
    assert reply is not None


def test_ds_records_are_in_the_zone_above():
    """The delegation of a zone is not followed for its DS records."""

    def top(name, kind):
        return (
            {"answer": [(name, "DS", "1 13 2 " + "AB" * 32)]}
            if kind == "DS"
            else referral(name, kind)
        )

    (zone, reply), _ = follow({TOP: top}, lambda d: d.ask("example.com", "DS"))
    assert (zone.name, reply.is_good) == ("com", True)


@pytest.mark.parametrize("name", ["example.com", "a.b.c.d.e.example.com", "com", ""])
def test_a_cycle_of_referrals_ends(name):
    """Servers that delegate to each other, or back upward, cannot keep a question going."""

    def circle(asked, _):
        names = [asked.split(".", n)[n] or "." for n in range(asked.count("."))]
        return {
            "authority": [(each, "NS", "ns1.example.com.") for each in ("com.", *names)],
            "additional": GLUE,
            "is_own": False,
        }

    servers = {TOP: circle, ONE: circle, TWO: circle}
    _, sent = follow(servers, lambda d: d.ask(name, "A"))
    assert len(sent) < 40


def test_many_servers_are_not_all_asked():
    """A delegation to very many servers costs no more than one to a few."""
    many = [("example.com.", "NS", f"ns{number}.example.com.") for number in range(200)]
    glue = [(f"ns{number}.example.com.", "A", ONE) for number in range(200)]
    cut = {"authority": many, "additional": glue, "is_own": False}
    (zone, replies), _ = follow(
        {TOP: lambda *_: cut, ONE: apex}, lambda d: d.ask_all("example.com", "A")
    )
    assert (len(zone.servers), len(replies)) == (200, 16)


def test_a_top_level_domain_that_does_not_exist_is_asked_of_the_root():
    """The servers of the root prove that it does not exist."""

    def resolver(name, kind):
        if name == "a.root.example.":
            return {"answer": [(name, kind, ONE)] if kind == "A" else []}
        return recursive(name, kind)

    (zone, reply), _ = follow(
        {RESOLVER: resolver, ONE: lambda *_: {"rcode": "NXDOMAIN"}},
        lambda d: d.ask("www.invalid", "A"),
    )
    assert (zone, reply.is_good) == (DelegatedZone("", ("a.root.example",)), True)


def test_a_world_without_a_root_has_no_servers():
    """Without any server, there is no reply."""
    silent = {RESOLVER: lambda *_: {"rcode": "SERVFAIL"}}
    (zone, reply), _ = follow(silent, lambda d: d.ask("www.example.com", "A"))
    assert (zone, reply) == (DelegatedZone(""), None)


def test_no_response_is_not_good():
    """Only an authoritative answer settles a question."""
    assert not ServerReply("ns1.example.com").is_good
