"""The cases of DNS for real name servers: the rows in memory, and those that need a real server.

Each has domains and hosted zones of its own, so that one network serves all.
"""

from datetime import UTC, datetime

from tests.diagnosis.dns.rows import (
    AMAZON,
    NAME,
    PUBLISH,
    RECORD,
    RIGHT,
    ROWS,
    WAITING,
    ZONE,
    Row,
    caa,
    certain,
    likely,
    zone,
)
from tests.support.dns_certificates import MINUTES_AGO, certificate, validation
from tests.support.dns_world import internet
from tests.support.dns_zone_files import SIGNED, WRONG_DS, renamed

from acmrules.diagnosis import AnswerStatus, Cause, Certainty, DnsRecord

OTHER_TOP = "site"
"""The top-level domain of a case that has one with records of its own."""

SLOW = {"delay": 0.1}
SLOW_SERVERS = ("ns1.slowhost.example", "ns2.slowhost.example")
MANY_CAS = tuple(f'0 issue "ca{number}.example.net"' for number in range(10, 70))
ACCOUNT = '0 issue "amazon.com; accounturi=https://ca.example.net/account/1"'
LATER = datetime(2027, 4, 1, 12, tzinfo=UTC)
LATE = certificate(validation(NAME), created_at=datetime(2027, 4, 1, 7, tzinfo=UTC))
NEW = certificate(validation(NAME), created_at=MINUTES_AGO)


def of_methods(methods):
    """Return the CAA record that allows Amazon to validate by some methods only."""
    return f'0 issue "amazon.com; validationmethods={methods}"'


SERVED_ROWS = (
    Row(
        "dnssec-correct",
        "the signatures of the zone are correct",
        internet(zone(RIGHT, dnssec=SIGNED)),
        NEW,
        certain(Cause.RECORD_CORRECT),
    ),
    Row(
        "dnssec-wrong-ds",
        "the parent zone has the DS record of another key",
        internet(zone(RIGHT, dnssec=WRONG_DS)),
        WAITING,
        certain(Cause.DNSSEC_BROKEN),
        is_mendable=False,
    ),
    Row(
        "slow-servers",
        "the name servers need 100 ms for each response",
        internet(zone(RIGHT, servers=SLOW_SERVERS)),
        NEW,
        certain(Cause.RECORD_CORRECT),
    ),
    Row(
        "text-beside-alias",
        "a server has a TXT record beside the CNAME record, which NSD, Knot and BIND refuse",
        internet(zone(RIGHT, (RECORD, "TXT", '"v=1"'), servers=("ns1.oddhost.example",))),
        NEW,
        certain(Cause.RECORD_CORRECT),
    ),
    Row(
        "dnssec-absent",
        "a signed zone proves that the record does not exist",
        internet(zone(dnssec=SIGNED)),
        WAITING,
        certain(Cause.RECORD_MISSING),
        (PUBLISH,),
    ),
    Row(
        "one-silent-server",
        "one of the two name servers never responds",
        internet(
            zone(RIGHT, servers=("ns1.halfhost.example", "ns2.halfhost.example")),
            failing=[("ns2.halfhost.example", AnswerStatus.NO_ANSWER)],
        ),
        NEW,
        certain(Cause.RECORD_CORRECT),
    ),
    Row(
        "caa-large",
        "the CAA records do not fit into a response over UDP",
        internet(zone(RIGHT, *((ZONE, "CAA", value) for value in MANY_CAS))),
        WAITING,
        certain(Cause.CAA_FORBIDS),
        (caa(ZONE, *MANY_CAS, AMAZON),),
    ),
    Row(
        "caa-account",
        "the CAA records name an account at Amazon",
        internet(zone(RIGHT, (ZONE, "CAA", ACCOUNT))),
        LATE,
        (*likely(Cause.RECORD_CORRECT), (Cause.CAA_METHOD, Certainty.OPEN)),
        is_mendable=False,
        as_of=LATER,
    ),
    Row(
        "caa-method-before",
        "the parameters of CAA records need not be honored yet, but may be",
        internet(zone(RIGHT, (ZONE, "CAA", of_methods("ca-tbr-4")))),
        NEW,
        likely(Cause.CAA_METHOD),
        (caa(ZONE, of_methods("ca-tbr-4,ca-tbr-7")),),
    ),
    Row(
        "caa-timeout",
        "the servers of the alias target never respond",
        internet(
            zone(RIGHT, (NAME, "CNAME", "shop.hosting.net")),
            zone(name="hosting.net", servers=("ns1.mutehost.example",)),
            failing=[("ns1.mutehost.example", AnswerStatus.NO_ANSWER)],
        ),
        WAITING,
        likely(Cause.CAA_LOOKUP_FAILS),
        is_mendable=False,
    ),
)

RULES = dict.fromkeys(SLOW_SERVERS, SLOW)
"""The rules of the servers in Python that have zones."""

OWN = ("brightharbor", "hosting", "Z0")
OWN_SERVERS = ("dnshost", "oldhost")


def own(row, number):
    """Return a row with domains of its own, and with servers of its own if some of them fail."""
    parts = {"brightharbor": f"brightharbor-{row.id}", "hosting": f"hosting-{row.id}"}
    parts["Z0"] = f"Z{number:03}"
    whole = {}
    if row.world.failing:
        parts |= {host: f"{host}-{row.id}" for host in ("dnshost", "oldhost")}
    if any(each.name == "io" and each.servers != ("ns.io.example",) for each in row.world.zones):
        parts[".io"], whole["io"] = f".{OTHER_TOP}", OTHER_TOP
    found = renamed(row, parts, whole)
    arn = f"{row.certificate.arn[:-12]}{number:012}"
    return found.__replace__(id=row.id, certificate=found.certificate.__replace__(arn=arn))


CASES = tuple(own(row, number) for number, row in enumerate((*ROWS, *SERVED_ROWS), 1))


def mended(case, world, changes):
    """Return a world in which the remedy of a case is applied: its records, or what has none."""
    for change in changes:
        world = world.apply(change)
    return MENDS[case.id](world, case) if case.id in MENDS else world


def _signed(world, case):
    return _edited(world, domain_of(case), dnssec=SIGNED)


def _responding(world, case):
    failing = tuple(each for each in world.failing if each not in case.world.failing)
    return world.__replace__(failing=failing)


def _registered(world, case):
    domain = domain_of(case)
    servers = next(each.servers for each in world.zones if each.name == domain)
    return _edited(world, "io", *(DnsRecord(domain, "NS", server) for server in servers))


def _same_everywhere(world, case):
    domain = domain_of(case)
    return _edited(world, domain, *(r for z in world.zones if z.name == domain for r in z.records))


def _spread(world, _):
    return world.__replace__(cached=())


def _served(world, case):
    records = (record for hosted in case.hosted for record in hosted.records)
    return _edited(world, domain_of(case), *records)


def _with_mail(world, case):
    domain = domain_of(case)
    return _edited(world, domain, DnsRecord(domain, "MX", f"10 mail.{domain}"))


def _at_cloudfront(world, case):
    domain = domain_of(case)
    alias = DnsRecord(f"www.{domain}", "CNAME", "d111111abcdef8.cloudfront.net")
    return _edited(world, domain, records=(alias,))


def _of_any_account(world, case):
    domain = domain_of(case)
    records = next(each.records for each in world.zones if each.name == domain)
    return _edited(
        world,
        domain,
        DnsRecord(domain, "CAA", AMAZON),
        records=tuple(each for each in records if each.type != "CAA"),
    )


def _edited(world, domain, *added, **fields):
    """Return a world with more records in a zone, or with other fields of it."""
    found = [each.__replace__(**fields) if each.name == domain else each for each in world.zones]
    for place, each in enumerate(found):
        if each.name == domain:
            records = tuple(dict.fromkeys((*each.records, *added)))
            found[place] = each.__replace__(records=records)
    return world.__replace__(zones=tuple(found))


def domain_of(case):
    """Return the domain of a case."""
    return f"brightharbor-{case.id}.io"


MENDS = {
    "dnssec-broken": _signed,
    "dnssec-wrong-ds": _signed,
    "lame-delegation": _responding,
    "silent-servers": _responding,
    "partly-lame": _responding,
    "caa-lookup-fails": _responding,
    "caa-timeout": _responding,
    "caa-account": _of_any_account,
    "not-registered": _registered,
    "servers-differ": _same_everywhere,
    "not-spread": _spread,
    "in-zone-but-not-served": _served,
    "no-mx": _with_mail,
    "not-cloudfront": _at_cloudfront,
}
"""What the owner does about causes whose remedy is not a record, by case."""
