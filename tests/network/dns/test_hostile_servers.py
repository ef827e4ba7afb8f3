"""Servers that respond with anything: each run ends, and what it learned can be diagnosed."""

import asyncio
from datetime import UTC, datetime

import dns.flags
import dns.message
import dns.name
import dns.rdatatype
import dns.rrset
from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis import CertificateDetail, DnsAnswers, State, diagnose
from acmrules.network.dns.ask import ask_in_rounds
from acmrules.network.dns.questions import Questions
from acmrules.network.dns.resolver import Endpoint
from acmrules.network.dns.transport import Unreachable

VALUE = "_y.acm-validations.aws."
WAITING = {"a.b.example.com": "_x.a.b.example.com.", "*.example.org": "_x.example.org."}
CERTIFICATE = CertificateDetail.from_api(
    {
        "CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
        "DomainName": "a.b.example.com",
        "SubjectAlternativeNames": [*WAITING],
        "Status": "PENDING_VALIDATION",
        "DomainValidationOptions": [
            {
                "DomainName": name,
                "ValidationStatus": "PENDING_VALIDATION",
                "ValidationMethod": "DNS",
                "ResourceRecord": {"Name": record, "Type": "CNAME", "Value": VALUE},
            }
            for name, record in WAITING.items()
        ],
    }
)
NAMES = [
    *(".", "com.", "org.", "example.com.", "b.example.com.", "_x.example.org.", VALUE),
    *("a\\.b.example.com.", "a\\..com.", "\\000.com.", "\\\\.com.", f"{'x' * 63}.example.com."),
]
DATA = {
    "A": "192.0.2.1",
    "AAAA": "2001:db8::1",
    "NS": "{}",
    "CNAME": "{}",
    "SOA": "{0} {0} 1 2 3 4 5",
    "MX": "1 {}",
    "CAA": '0 issue "\\000\\027[31m"',
    "DNAME": "{}",
}
ROOT = dns.rrset.from_text(".", 60, "IN", "NS", "a.root.")
FAULTS = [TimeoutError, ConnectionRefusedError, Unreachable]


class Hostile:
    """Responds to each query with what a random source draws; the root and its server exist."""

    is_busy = False

    def __init__(self, random):
        self.random = random
        self.count = 0

    async def exchange(self, query, address, port, seconds, end):
        """Return a response to a query, or raise the error of a server that gives none."""
        del address, port, seconds, end
        self.count += 1
        name, kind = query.question[0].name, query.question[0].rdtype
        response = dns.message.make_response(query)
        if name == dns.name.root and kind == dns.rdatatype.NS:
            response.answer = [ROOT]
            return response
        if self.random.random() < 0.1:
            raise self.random.choice(FAULTS)("no")
        if name.to_text() in {"a.root.", "com.", "org."} and self.random.random() < 0.9:
            text = "192.0.2.9" if kind == dns.rdatatype.A else "a.root."
            kind = "A" if kind == dns.rdatatype.A else "NS"
            response.answer = [dns.rrset.from_text(name, 60, "IN", kind, text)]
            return response
        response.flags |= self.random.choice([0, dns.flags.AA])
        response.set_rcode(self.random.choice([0, 0, 0, 2, 3, 5, 16, 22]))
        for section in (response.answer, response.authority, response.additional):
            section += [self._records(name) for _ in range(self.random.choice([0, 0, 1, 3]))]
        return response

    def _records(self, name):
        owner = self.random.choice([name, name, dns.name.from_text(self.random.choice(NAMES))])
        kind = self.random.choice([*DATA])
        data = DATA[kind].format(self.random.choice(NAMES))
        return dns.rrset.from_text(owner, 60, "IN", kind, data)


@given(st.randoms(use_true_random=False))
def test_whatever_servers_respond_there_is_a_diagnosis(random):
    """Names with dots in labels, other types, loops and upward referrals are no errors."""
    transport = Hostile(random)

    async def asked():
        questions = Questions((Endpoint("192.0.2.53", 53),), 60, transport)
        return await ask_in_rounds((CERTIFICATE,), DnsAnswers(), questions)

    answers = asyncio.run(asked())
    found = diagnose(CERTIFICATE, answers, as_of=datetime(2026, 11, 30, tzinfo=UTC))
    assert found.state in {State.UNKNOWN, State.WAITING_FOR_YOU, State.WAITING_FOR_AWS}
    assert transport.count < 1000
