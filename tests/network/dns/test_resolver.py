"""The recursive resolver: how it is named, found and asked."""

import asyncio
import contextlib

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.errors import InvalidArgument
from acmrules.network.dns.errors import NoResolver
from acmrules.network.dns.resolver import (
    Endpoint,
    RecursiveResolver,
    endpoint_of,
    endpoints_of_system,
    located,
)
from acmrules.network.dns.transport import Unreachable

FIRST, SECOND = Endpoint("192.0.2.1", 53), Endpoint("192.0.2.2", 5353)
HELP = "; name one with `--resolver HOST:PORT`, such as `--resolver 1.1.1.1:53`"


class Scripted:
    """A transport whose responses a function makes; an exception is raised."""

    is_busy = False

    def __init__(self, respond):
        self.sent = []
        self._respond = respond

    async def exchange(self, query, address, port, seconds, end):
        """Return the response, or raise the exception."""
        del seconds, end
        self.sent.append((address, port))
        found = self._respond(query, address)
        if isinstance(found, BaseException):
            raise found
        response = dns.message.make_response(query)
        if isinstance(found, str):
            response.set_rcode(dns.rcode.from_text(found))
        else:
            response.answer += [dns.rrset.from_text(name, 5, "IN", *rest) for name, *rest in found]
        return response


def resolved(respond, question, endpoints=(FIRST, SECOND)):
    """Return what a method of a resolver returns, and what was sent."""
    transport = Scripted(respond)

    async def main():
        end = asyncio.get_running_loop().time() + 5
        return await question(RecursiveResolver(endpoints, transport, end))

    return asyncio.run(main()), transport.sent


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("192.0.2.1", Endpoint("192.0.2.1", 53)),
        ("192.0.2.1:5353", Endpoint("192.0.2.1", 5353)),
        ("2001:db8::1", Endpoint("2001:db8::1", 53)),
        ("[2001:db8::1]", Endpoint("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", Endpoint("2001:db8::1", 5353)),
        ("localhost:5353", Endpoint("localhost", 5353)),
        ("dns.example.com", Endpoint("dns.example.com", 53)),
    ],
)
def test_a_resolver_is_an_address_with_or_without_a_port(text, endpoint):
    """The port is 53 without one; an address of IPv6 with a port has brackets."""
    assert endpoint_of(text) == endpoint
    assert endpoint_of(str(endpoint)) == endpoint


@pytest.mark.parametrize(
    "text",
    [
        *("", "a b", "-a", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:x", "192.0.2.1:\u0665"),
        *("192.0.2.1:65536", "[2001:db8::1", "[2001:db8::1]53", "1:2:3", "https://192.0.2.1"),
    ],
)
def test_anything_else_is_no_resolver(text):
    """A missing port, a port out of range, and a URL are errors."""
    with pytest.raises(InvalidArgument, match="must be a resolver, such as"):
        endpoint_of(text)


@given(st.text("019afZ.:[]-") | st.text())
def test_any_text_is_a_resolver_or_an_error(text):
    """No text raises anything else than `InvalidArgument`."""
    with contextlib.suppress(InvalidArgument):
        endpoint = endpoint_of(text)
        assert endpoint.address
        assert endpoint_of(str(endpoint)) == endpoint


def looked_up(host, monkeypatch, respond):
    """Return the addresses of a resolver; `respond` replaces the look-up."""

    async def main():
        async def getaddrinfo(*_, **__):
            return respond()

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
        return await located(Endpoint(host, 5353))

    return asyncio.run(main())


def test_a_host_name_has_addresses(monkeypatch):
    """A resolver may be a host, such as `localhost`; each address counts once."""
    both = [(2, 2, 17, "", ("127.0.0.1", 5353)), (10, 2, 17, "", ("::1", 5353, 0, 0))]
    found = looked_up("localhost", monkeypatch, lambda: [*both, both[0]])
    assert found == (Endpoint("127.0.0.1", 5353), Endpoint("::1", 5353))


def test_an_address_is_not_looked_up(monkeypatch):
    """An address is its own."""
    assert looked_up("192.0.2.1", monkeypatch, None) == (Endpoint("192.0.2.1", 5353),)


def test_an_unknown_host_is_an_error(monkeypatch):
    """The error has the name of the host."""

    def fail():
        raise OSError

    with pytest.raises(NoResolver) as error:
        looked_up("dns.example.com", monkeypatch, fail)
    fault = "the address of the DNS resolver dns.example.com:5353 is unknown"
    assert str(error.value) == f"{fault}{HELP}"


def test_the_resolvers_of_the_computer(monkeypatch):
    """The system lists its resolvers, in order of preference."""
    found = dns.resolver.Resolver(configure=False)
    found.nameservers = ["192.0.2.1", "2001:db8::1"]
    monkeypatch.setattr(dns.resolver, "Resolver", lambda: found)
    assert [*map(str, endpoints_of_system())] == ["192.0.2.1:53", "[2001:db8::1]:53"]


@pytest.mark.parametrize("error", [dns.resolver.NoResolverConfiguration(), OSError()])
def test_a_computer_without_a_resolver(monkeypatch, error):
    """Without a resolver, the error names the option."""

    def fail():
        raise error

    monkeypatch.setattr(dns.resolver, "Resolver", fail)
    with pytest.raises(NoResolver) as raised:
        endpoints_of_system()
    assert str(raised.value) == f"this computer has no DNS resolver{HELP}"


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionRefusedError(), Unreachable()])
def test_the_next_resolver_is_asked_if_one_does_not_respond(error):
    """The first response counts."""
    (response, endpoint), sent = resolved(
        lambda _, address: error if address == FIRST.address else [],
        lambda resolver: resolver.ask("example.com", "A"),
    )
    assert endpoint == SECOND
    assert response.rcode() == dns.rcode.NOERROR
    assert sent == [("192.0.2.1", 53), ("192.0.2.2", 5353)]


def test_a_question_is_asked_once():
    """The response is remembered, also for others that need it at the same time."""

    async def twice(resolver):
        return await asyncio.gather(*(resolver.ask("example.com", "A") for _ in range(3)))

    found, sent = resolved(lambda *_: [], twice)
    assert len({id(response) for response, _ in found}) == len(sent) == 1


def test_without_a_response_each_resolver_is_tried_several_times():
    """The number of tries is bounded."""
    (response, endpoint), sent = resolved(
        lambda *_: TimeoutError(), lambda resolver: resolver.ask("example.com", "A")
    )
    assert (response, endpoint) == (None, FIRST)
    assert len(sent) == 6


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (TimeoutError(), "the DNS resolver 192.0.2.1:53 does not respond"),
        (ConnectionRefusedError(), "the DNS resolver 192.0.2.1:53 does not respond"),
        ("REFUSED", "the DNS resolver 192.0.2.1:53 refuses to answer"),
        ([], "the DNS resolver 192.0.2.1:53 does not know the servers of the root"),
        ("SERVFAIL", "the DNS resolver 192.0.2.1:53 does not know the servers of the root"),
    ],
)
def test_a_resolver_that_does_not_answer_is_an_error(found, fault):
    """The error says which resolver it is, and which option names another one."""
    with pytest.raises(NoResolver) as error:
        resolved(lambda *_: found, lambda resolver: resolver.check())
    assert str(error.value) == f"{fault}{HELP}"


def test_a_resolver_that_answers_is_no_error():
    """It knows the servers of the root."""
    resolved(lambda *_: [(".", "NS", "a.root.example.")], lambda resolver: resolver.check())


def test_the_servers_of_a_zone_are_sorted():
    """Records of other names do not count."""
    records = [("com.", "NS", "b.example."), ("com.", "NS", "A.example."), ("x.", "NS", "c.")]
    found, _ = resolved(lambda *_: records, lambda resolver: resolver.name_servers("com"))
    assert found == ("a.example", "b.example")


def test_the_addresses_of_a_server_are_sorted():
    """Those of IPv4 come first, and those behind an alias count."""

    def respond(query, _):
        if "AAAA" in query.question[0].to_text():
            return [("ns.example.", "AAAA", "2001:db8::1")]
        return [("ns.example.", "CNAME", "b."), ("b.", "A", "192.0.2.9"), ("b.", "A", "192.0.2.10")]

    found, _ = resolved(respond, lambda resolver: resolver.addresses("ns.example"))
    assert found == ("192.0.2.10", "192.0.2.9", "2001:db8::1")
