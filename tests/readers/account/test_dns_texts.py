"""Zone files and the output of `dig`, recognized by name and content."""

import pytest
from tests.support.account_files import account, inventory, read, saved

from acmrules.diagnosis import AnswerStatus, DnsRecord
from acmrules.readers.options import ReadScope

pytest.importorskip("dns")

ZONE = """$ORIGIN brightharbor.io.
@ 3600 IN SOA ns1 hostmaster 1 7200 900 1209600 300
@ 3600 IN CAA 0 issue "letsencrypt.org"
_0a1b.site1 300 IN CNAME _2c3d.xyz.acm-validations.aws.
www 300 IN CNAME d111111abcdef8.cloudfront.net.
"""

DIG = """
; <<>> DiG 9.18.33 <<>> CNAME _0a1b.site1.brightharbor.io
;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 4711
;; flags: qr aa rd; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0
;; QUESTION SECTION:
;_0a1b.site1.brightharbor.io. IN CNAME

;; SERVER: 192.0.2.53#53(192.0.2.53)
"""


@pytest.mark.parametrize(
    "name", ["brightharbor.io.zone", "zones.db", "db.brightharbor.io", "-", "z.txt"]
)
def test_a_zone_file_is_a_zone(name):
    """A zone file is recognized by its suffix or by its SOA record."""
    [declaration] = read(ZONE, name)
    [zone] = declaration.variants[0].account.dns.zones
    assert (zone.name, zone.is_complete) == ("brightharbor.io", True)
    assert (
        DnsRecord("_0a1b.site1.brightharbor.io", "CNAME", "_2c3d.xyz.acm-validations.aws", 300)
        in zone.records
    )


@pytest.mark.parametrize("name", ["answers.dig", "-", "answers.txt", "answers"])
def test_output_of_dig_has_answers(name):
    """The output of dig is recognized by its suffix or by its header."""
    [declaration] = read(DIG, name)
    [answer] = declaration.variants[0].account.dns.answers
    assert (answer.name, answer.status) == ("_0a1b.site1.brightharbor.io", AnswerStatus.NXDOMAIN)


def test_answers_and_zones_are_joined_with_certificates():
    """Files of any kind are one account."""
    found = inventory(saved("issued"), saved("list-hosted-zones")).account
    assert found.certificates
    assert {each.id for each in found.dns.zones} == {"Z0EXAMPLE1", "Z0EXAMPLE2"}


def test_the_records_of_a_zone_file_are_resources():
    """CAA records and records of hosts are those that `coverage` and `validation` use."""
    [variant] = read(ZONE, "brightharbor.io.zone")[0].variants
    assert [str(each.name) for each in variant.zones] == ["brightharbor.io"]
    assert [(str(each.name), each.records) for each in variant.caa] == [
        ("brightharbor.io", ('0 issue "letsencrypt.org"',))
    ]
    assert [str(each.name) for each in variant.records] == ["www.brightharbor.io"]


@pytest.mark.parametrize(
    "text",
    [
        "brightharbor.io\nwww.brightharbor.io\n",
        "Our SOA record is old.\n",
        '{"SOA": "x IN SOA a b"}',
    ],
)
def test_other_texts_are_no_dns(text):
    """Lists of names, prose and JSON are left to other readers."""
    from acmrules.readers.account import dns_texts
    from acmrules.syntax.source import Source

    assert dns_texts.read(Source("x.txt", text), None) is None


def test_a_check_of_certificates_does_not_read_them():
    """DNS alone contains no certificate to check."""
    assert read(ZONE, "brightharbor.io.zone", scope=ReadScope.CERTIFICATES) == ()
    assert not account("brightharbor.io\n").dns.zones
