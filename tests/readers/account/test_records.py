"""Records in presentation form are read in one canonical form."""

import dns.name
import pytest

from acmrules.diagnosis.answers import DnsRecord
from acmrules.errors import InvalidArgument
from acmrules.readers.account.records import canonical_name, parse_name, parse_record


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("A.test. 5 IN CNAME B.Test.", DnsRecord("a.test", "CNAME", "b.test", 5)),
        ("a.test. NS B.Test.", DnsRecord("a.test", "NS", "b.test")),
        ("a.test. IN 1h MX 5 B.Test.", DnsRecord("a.test", "MX", "5 b.test", 3600)),
        ("a.test. SOA A. B. 1 2 3 4 5", DnsRecord("a.test", "SOA", "a b 1 2 3 4 5")),
        (". 5 IN NS A.", DnsRecord("", "NS", "a", 5)),
        ("a.test. MX 0 .", DnsRecord("a.test", "MX", "0 ")),
        ('a.test. TXT "B.Test."', DnsRecord("a.test", "TXT", '"B.Test."')),
        ('a.test. CAA 0 issue "CA.Test"', DnsRecord("a.test", "CAA", '0 issue "CA.Test"')),
        ("a\\.b.test. AAAA 2001:DB8:0::1", DnsRecord("a\\.b.test", "AAAA", "2001:db8::1")),
        ("bücher.test. A 192.0.2.1", DnsRecord("xn--bcher-kva.test", "A", "192.0.2.1")),
    ],
)
def test_a_record_is_canonical(text, record):
    """Names are lowercase without the final dot, in the data of four types too."""
    assert parse_record(text) == record


@pytest.mark.parametrize(
    "text",
    [
        *("", "a.test.", "a.test. A", "a.test. A 192.0.2", "a.test. X 1", "a..test. A 192.0.2.1"),
        *("a.test. 5 5 A 192.0.2.1", "a.test. CH A 192.0.2.1", "a.test. ( A 192.0.2.1"),
    ],
)
def test_anything_else_is_not_a_record(text):
    """A line that is no record raises an error."""
    with pytest.raises(InvalidArgument):
        parse_record(text)


def test_a_name_is_relative_to_the_origin():
    """A name without the final dot is in the origin, and `@` is the origin."""
    origin = dns.name.from_text("example.com.")
    names = [parse_name(text, origin) for text in ("www", "www.test.", "@")]
    assert [*map(canonical_name, names)] == ["www.example.com", "www.test", "example.com"]


def test_a_relative_name_needs_an_origin():
    """Without an origin, only names with the final dot are known."""
    with pytest.raises(InvalidArgument, match="`www` is relative, and the zone is unknown"):
        parse_name("www", None)
