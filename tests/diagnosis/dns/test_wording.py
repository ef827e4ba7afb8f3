"""How a diagnosis quotes answers, and writes commands."""

import shlex

from hypothesis import given
from hypothesis import strategies as st
from tests.support.dns_certificates import answer

from acmrules.diagnosis import AnswerStatus, DnsRecord, HostedZone
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.wording import code, dig, in_zone, said, zone_called

names = st.text(min_size=1, max_size=20)


@given(names, names)
def test_a_command_is_safe_for_a_shell(name, server):
    """A shell splits it into the words that it was made of, whatever the name is."""
    words = ["dig", "+cd", f"@{server}", "CNAME", name]
    assert shlex.split(dig("CNAME", name, "+cd", server=server)) == words


def test_the_root_has_a_name():
    """An empty name would be no argument."""
    assert dig("NS", "") == "dig NS ."


@given(st.text(max_size=300))
def test_a_quoted_value_is_complete_and_printable(text):
    """Long values are not shortened, because they are copied."""
    assert code(text).isprintable()
    if text.isprintable() and text:
        assert text in code(text)


def test_servers_that_agree_are_quoted_together():
    """Each different answer is a clause."""
    one = answer("a.example.com", "CNAME", "b.example.com")
    two = one.__replace__(server="ns2.dnshost.example")
    three = answer("a.example.com", "CNAME", status=AnswerStatus.NXDOMAIN, server="ns3.x.example")
    four = answer("a.example.com", "CNAME", status=AnswerStatus.NO_ANSWER, server="")
    assert said([one, two, three, four], "a.example.com", "CNAME") == (
        "query for CNAME of `a.example.com`: `ns1.dnshost.example`, `ns2.dnshost.example` answered"
        " CNAME `b.example.com`; `ns3.x.example` answered NXDOMAIN: the name does not exist;"
        " the DNS answer did not respond"
    )


def test_a_zone_is_named_by_its_id():
    """A zone file has none."""
    assert (
        zone_called(ZoneContent(HostedZone("a.com", "Z1", True)))
        == "the private hosted zone `Z1` (`a.com`)"
    )
    assert zone_called(ZoneContent(HostedZone("a.com"))) == "the zone `a.com`"
    assert in_zone("", "") == "in its zone"
    assert in_zone("a.com", "Z1") == "in the hosted zone `Z1` (`a.com`)"


def test_the_records_of_the_name_are_quoted_before_those_of_its_aliases():
    """If the name itself has none, all records of the type are quoted."""
    behind = DnsRecord("b.example.com", "A", "203.0.113.7")
    direct = answer("a.example.com", "A", "203.0.113.8")
    both = direct.__replace__(records=(behind, *direct.records))
    assert said([both], "a.example.com", "A").endswith("answered A `203.0.113.8`")
    alone = direct.__replace__(records=(behind,))
    assert said([alone], "a.example.com", "A").endswith("answered A `203.0.113.7`")
