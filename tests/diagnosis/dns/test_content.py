"""The content of a hosted zone, as an index of its records by name."""

from acmrules.diagnosis import DnsRecord, HostedZone
from acmrules.diagnosis.dns.content import ZoneContent

ZONE = "brightharbor.io"
WWW = f"www.{ZONE}"


def test_the_servers_of_a_zone_file_are_those_of_its_top():
    """A delegation set takes precedence; a zone may have neither."""
    file = HostedZone(ZONE, records=(DnsRecord(ZONE, "NS", "ns1.dnshost.example"),))
    assert ZoneContent(file).name_servers == {"ns1.dnshost.example"}
    hosted = file.__replace__(name_servers=("ns1.aws.example",))
    assert ZoneContent(hosted).name_servers == {"ns1.aws.example"}
    assert ZoneContent(HostedZone(ZONE)).name_servers == frozenset()


def test_the_deepest_delegation_decides():
    """NS records at the top of the zone are no delegation."""
    records = tuple(DnsRecord(name, "NS", "ns.x.example") for name in (ZONE, WWW, f"a.{WWW}"))
    zone = ZoneContent(HostedZone(ZONE, records=records))
    assert zone.cut(f"_x1.a.{WWW}") == f"a.{WWW}"
    assert zone.cut(f"_x1.{WWW}") == WWW
    assert zone.cut(f"_x1.{ZONE}") == ""


def test_a_name_exists_if_a_name_below_it_does():
    """So a wildcard above it does not answer for it."""
    records = (
        DnsRecord(f"a.b.{ZONE}", "A", "203.0.113.7"),
        DnsRecord(f"*.{ZONE}", "A", "203.0.113.8"),
    )
    zone = ZoneContent(HostedZone(ZONE, records=records))
    assert zone.exists(f"b.{ZONE}")
    assert ZoneContent(HostedZone(ZONE)).exists(ZONE)
    assert zone.answer(f"b.{ZONE}") == ()
    assert zone.answer(f"x.b.{ZONE}") == ()
    assert [each.value for each in zone.answer(f"x.{ZONE}")] == ["203.0.113.8"]
