"""The cases of DNS that hold a certificate up: zones, a certificate, and what the diagnosis says.

Each row is data, so that a test can serve it from memory or from a real name server.
"""

from datetime import UTC, datetime

from tests.support.dns_certificates import (
    HOURS_AGO,
    MINUTES_AGO,
    NOW,
    TOKEN,
    VALUE,
    certificate,
    validation,
)
from tests.support.dns_world import RESOLVER, ServedZone, World, internet

from acmrules.diagnosis import (
    AnswerStatus,
    Cause,
    Certainty,
    CertificateDetail,
    CertificateStatus,
    DnsAnswer,
    DnsRecord,
    FailureReason,
    HostedZone,
    RecordAction,
    RecordChange,
    ValidationStatus,
)
from acmrules.request import ValidationMethod
from acmrules.values import Value

ZONE = "brightharbor.io"
NAME = f"www.{ZONE}"
RECORD = f"{TOKEN}.{NAME}"
SERVERS = ("ns1.dnshost.example", "ns2.dnshost.example")
OTHERS = ("ns1.oldhost.example", "ns2.oldhost.example")
ID = "Z0BRIGHTHARBOR1"
OTHER_VALUE = "_other.mhbtsbpdnt.acm-validations.aws"
PUBLISH = RecordChange(RecordAction.PUBLISH, RECORD, "CNAME", (VALUE,), ZONE)
CHANGE = PUBLISH.__replace__(action=RecordAction.CHANGE)


class Row(Value):
    """One case: what DNS serves, what ACM describes, and what the diagnosis is.

    `world` has the zones with their servers and delegations, `hosted` the hosted zones that the
    input also shows. `causes` are those of the obstacles of all names, the most certain first, and
    `changes` the records of their remedies. If `is_mendable`, nothing is wrong after these changes.
    """

    id: str
    says: str
    world: World
    certificate: CertificateDetail
    causes: tuple[tuple[Cause, Certainty], ...]
    changes: tuple[RecordChange, ...] = ()
    is_mendable: bool = True
    hosted: tuple[HostedZone, ...] = ()
    as_of: datetime = NOW


def zone(*records, name=ZONE, servers=SERVERS, **fields):
    """Return the zone of the example with records, each a name, a type and a value."""
    return ServedZone(name, servers, tuple(DnsRecord(*each) for each in records), **fields)


def certain(*causes):
    """Return causes that are certain."""
    return tuple((cause, Certainty.CERTAIN) for cause in causes)


def likely(*causes):
    """Return causes that are likely."""
    return tuple((cause, Certainty.LIKELY) for cause in causes)


def removal(name, kind, *values):
    """Return the removal of a record of the zone of the example."""
    return RecordChange(RecordAction.REMOVE, name, kind, values, ZONE)


def caa(name, *values, zone_name=ZONE):
    """Return the set of CAA records after a change."""
    return RecordChange(RecordAction.CHANGE, name, "CAA", values, zone_name)


RIGHT = (RECORD, "CNAME", VALUE)
WAITING = certificate(validation(NAME))
AMAZON = '0 issue "amazon.com"'
LETSENCRYPT_WILD = '0 issuewild "letsencrypt.org"'
LETSENCRYPT = '0 issue "letsencrypt.org"'

RECORD_ROWS = (
    Row(
        "correct-minutes-ago",
        "the record is correct, and ACM needs up to 30 minutes",
        internet(zone(RIGHT)),
        certificate(validation(NAME), created_at=MINUTES_AGO),
        certain(Cause.RECORD_CORRECT),
    ),
    Row(
        "correct-hours-ago",
        "the record is correct, and nothing that was looked up explains the delay",
        internet(zone(RIGHT)),
        WAITING,
        likely(Cause.RECORD_CORRECT),
    ),
    Row(
        "value-without-underscore",
        "the value may lack its underscore",
        internet(zone((RECORD, "CNAME", VALUE.removeprefix("_")))),
        certificate(validation(NAME), created_at=MINUTES_AGO),
        certain(Cause.RECORD_CORRECT),
    ),
    Row(
        "absent",
        "the record is not published",
        internet(zone((NAME, "A", "203.0.113.7"))),
        WAITING,
        certain(Cause.RECORD_MISSING),
        (PUBLISH,),
    ),
    Row(
        "wildcard-name",
        "a name and its wildcard lack the one record that they share",
        internet(zone()),
        certificate(validation(NAME), validation(f"*.{NAME}")),
        certain(Cause.RECORD_MISSING, Cause.RECORD_MISSING),
        (PUBLISH,),
    ),
    Row(
        "without-labels",
        "the record is directly in the zone, without the label `www`",
        internet(zone((f"{TOKEN}.{ZONE}", "CNAME", VALUE))),
        WAITING,
        certain(Cause.RECORD_MISSING),
        (PUBLISH,),
    ),
    Row(
        "doubled-domain",
        "the DNS host added the zone to the name once more",
        internet(zone((f"{RECORD}.{ZONE}", "CNAME", VALUE))),
        WAITING,
        certain(Cause.DOUBLED_DOMAIN),
        (PUBLISH, removal(f"{RECORD}.{ZONE}", "CNAME", VALUE)),
    ),
    Row(
        "underscore-dropped",
        "the name of the record lacks its underscore",
        internet(zone((RECORD[1:], "CNAME", VALUE))),
        WAITING,
        certain(Cause.UNDERSCORE_MISSING),
        (PUBLISH, removal(RECORD[1:], "CNAME", VALUE)),
    ),
    Row(
        "value-with-domain",
        "the DNS host added the zone to the value",
        internet(zone((RECORD, "CNAME", f"{VALUE}.{ZONE}"))),
        WAITING,
        certain(Cause.VALUE_WITH_DOMAIN),
        (CHANGE,),
    ),
    Row(
        "swapped-values",
        "the values of two records are mixed up",
        internet(
            zone((RECORD, "CNAME", OTHER_VALUE), (f"{TOKEN}.shop.{ZONE}", "CNAME", OTHER_VALUE))
        ),
        certificate(
            validation(NAME),
            validation(f"shop.{ZONE}", value=OTHER_VALUE, status=ValidationStatus.SUCCESS),
        ),
        certain(Cause.OTHER_VALUE),
        (CHANGE,),
    ),
    Row(
        "doubled-name",
        "the DNS host of a subdomain added its name once more",
        internet(zone((f"{RECORD}.{NAME}", "CNAME", VALUE), name=NAME), zone()),
        WAITING,
        certain(Cause.DOUBLED_DOMAIN),
        (
            PUBLISH.__replace__(zone_name=NAME),
            removal(f"{RECORD}.{NAME}", "CNAME", VALUE).__replace__(zone_name=NAME),
        ),
    ),
    Row(
        "other-value",
        "the value belongs to another record of ACM",
        internet(zone((RECORD, "CNAME", "_old.mhbtsbpdnt.acm-validations.aws"))),
        WAITING,
        certain(Cause.OTHER_VALUE),
        (CHANGE,),
    ),
    Row(
        "wildcard-alias",
        "a wildcard CNAME record answers for the name of the record",
        internet(zone((f"*.{ZONE}", "CNAME", "hosting.example.net"), (NAME, "A", "203.0.113.7"))),
        certificate(validation(ZONE)),
        likely(Cause.OTHER_TARGET),
        (PUBLISH.__replace__(name=f"{TOKEN}.{ZONE}"),),
    ),
    Row(
        "other-target",
        "the record points to a name that is not one of ACM",
        internet(zone((RECORD, "CNAME", "hosting.example.net"))),
        WAITING,
        likely(Cause.OTHER_TARGET),
        (CHANGE,),
    ),
    Row(
        "no-cname",
        "the name exists, because there is a name below it, but has no CNAME record",
        internet(zone((f"a.{RECORD}", "A", "203.0.113.7"))),
        WAITING,
        likely(Cause.NO_CNAME),
        (PUBLISH,),
    ),
    Row(
        "flattened",
        "the DNS host answers with an address instead of the CNAME record",
        internet(zone(RIGHT, flattened=(RECORD,))),
        WAITING,
        likely(Cause.FLATTENED),
        (CHANGE,),
    ),
    Row(
        "wildcard-address",
        "a wildcard address record answers for the name of the record",
        internet(zone((f"*.{ZONE}", "A", "203.0.113.7"))),
        WAITING,
        likely(Cause.NO_CNAME),
        (PUBLISH,),
    ),
    Row(
        "other-data",
        "a TXT record at the name does not allow a CNAME record",
        internet(zone((RECORD, "TXT", f'"{VALUE}"'))),
        WAITING,
        certain(Cause.OTHER_DATA),
        (removal(RECORD, "TXT", f'"{VALUE}"'), PUBLISH),
    ),
    Row(
        "long-chain",
        "the chain of aliases is longer than ACM follows",
        internet(
            zone(
                (RECORD, "CNAME", f"c1.{ZONE}"),
                *((f"c{i}.{ZONE}", "CNAME", f"c{i + 1}.{ZONE}") for i in range(1, 5)),
                (f"c5.{ZONE}", "CNAME", VALUE),
            )
        ),
        WAITING,
        certain(Cause.LONG_CHAIN),
        (CHANGE,),
    ),
    Row(
        "short-chain",
        "ACM follows a chain of five aliases",
        internet(
            zone(
                (RECORD, "CNAME", f"c1.{ZONE}"),
                *((f"c{i}.{ZONE}", "CNAME", f"c{i + 1}.{ZONE}") for i in range(1, 4)),
                (f"c4.{ZONE}", "CNAME", VALUE),
            )
        ),
        certificate(validation(NAME), created_at=MINUTES_AGO),
        certain(Cause.RECORD_CORRECT),
    ),
)

SERVER_ROWS = (
    Row(
        "dnssec-broken",
        "DNSSEC is broken, so a resolver that checks has no answer",
        internet(zone(RIGHT, dnssec="broken")),
        WAITING,
        certain(Cause.DNSSEC_BROKEN),
        is_mendable=False,
    ),
    Row(
        "lame-delegation",
        "no name server of the delegation responds",
        internet(zone(RIGHT), failing=[(each, AnswerStatus.REFUSED) for each in SERVERS]),
        WAITING,
        likely(Cause.LAME_DELEGATION),
        is_mendable=False,
    ),
    Row(
        "silent-servers",
        "the name servers do not respond in time",
        internet(zone(RIGHT), failing=[(each, AnswerStatus.NO_ANSWER) for each in SERVERS]),
        WAITING,
        likely(Cause.LAME_DELEGATION),
        is_mendable=False,
    ),
    Row(
        "partly-lame",
        "one of the two name servers rejects queries",
        internet(zone(RIGHT), failing=[(SERVERS[1], AnswerStatus.REFUSED)]),
        WAITING,
        likely(Cause.LAME_DELEGATION),
        is_mendable=False,
    ),
    Row(
        "new-zone-not-delegated",
        "the hosted zone of a subdomain is not delegated by its parent zone",
        internet(
            zone(id="Z0PARENT"),
            zone(RIGHT, name=NAME, servers=OTHERS, id=ID),
            delegations={NAME: None},
        ),
        WAITING,
        certain(Cause.OTHER_NAME_SERVERS),
        (PUBLISH.__replace__(zone_id="Z0PARENT"),),
        hosted=(
            zone(id="Z0PARENT").hosted(),
            zone(RIGHT, name=NAME, servers=OTHERS, id=ID).hosted(),
        ),
    ),
    Row(
        "in-zone-but-not-served",
        "the hosted zone has the record, but its servers did not have it yet",
        internet(zone(id=ID)),
        WAITING,
        likely(Cause.RECORD_MISSING),
        is_mendable=False,
        hosted=(zone(RIGHT, id=ID).hosted(),),
    ),
    Row(
        "not-registered",
        "the zone above has no delegation of the domain",
        internet(zone(RIGHT), delegations={ZONE: None}),
        WAITING,
        certain(Cause.RECORD_MISSING),
        is_mendable=False,
    ),
    Row(
        "other-name-servers",
        "the parent zone delegates to other servers than those of the hosted zone",
        internet(zone(servers=OTHERS), zone(RIGHT, id=ID), delegations={ZONE: OTHERS}),
        WAITING,
        certain(Cause.OTHER_NAME_SERVERS),
        (RecordChange(RecordAction.CHANGE, ZONE, "NS", SERVERS),),
        hosted=(zone(RIGHT, id=ID).hosted(),),
    ),
    Row(
        "hosted-zone-not-used",
        "neither the delegated zone nor the hosted zone has the record",
        internet(zone(servers=OTHERS), zone(id=ID), delegations={ZONE: OTHERS}),
        WAITING,
        ((Cause.RECORD_MISSING, Certainty.CERTAIN), (Cause.OTHER_NAME_SERVERS, Certainty.LIKELY)),
        (PUBLISH,),
        hosted=(zone(id=ID).hosted(),),
    ),
    Row(
        "wrong-one-of-two-zones",
        "the record is in the one of two hosted zones that the parent zone does not delegate to",
        internet(
            zone(servers=OTHERS, id="Z0DELEGATED"), zone(RIGHT, id=ID), delegations={ZONE: OTHERS}
        ),
        WAITING,
        certain(Cause.OTHER_NAME_SERVERS),
        (PUBLISH.__replace__(zone_id="Z0DELEGATED"),),
        hosted=(zone(RIGHT, id=ID).hosted(), zone(servers=OTHERS, id="Z0DELEGATED").hosted()),
    ),
    Row(
        "child-zone",
        "the record is in the parent zone, but a child zone is delegated",
        internet(zone(RIGHT, id=ID), zone(name=NAME, servers=OTHERS)),
        WAITING,
        certain(Cause.CHILD_ZONE),
        (PUBLISH.__replace__(zone_name=NAME),),
        hosted=(zone(RIGHT, (NAME, "NS", OTHERS[0]), (NAME, "NS", OTHERS[1]), id=ID).hosted(),),
    ),
    Row(
        "private-zone",
        "the record is in a private hosted zone only",
        internet(zone(id="Z0PUBLIC")),
        WAITING,
        certain(Cause.PRIVATE_ZONE),
        (PUBLISH.__replace__(zone_id="Z0PUBLIC"),),
        hosted=(
            zone(RIGHT, id=ID).hosted(is_private=True).__replace__(name_servers=None),
            zone(id="Z0PUBLIC").hosted(),
        ),
    ),
    Row(
        "servers-differ",
        "only one of the two name servers has the record",
        internet(
            zone(RIGHT, servers=SERVERS[:1]),
            zone(servers=SERVERS[1:]),
            delegations={ZONE: SERVERS},
        ),
        WAITING,
        certain(Cause.ANSWERS_DIFFER),
        (PUBLISH,),
    ),
    Row(
        "not-spread",
        "the resolver still remembers that there was no record",
        internet(
            zone(RIGHT),
            cached=[DnsAnswer(RECORD, "CNAME", AnswerStatus.NXDOMAIN, server=RESOLVER)],
        ),
        WAITING,
        certain(Cause.ANSWERS_DIFFER),
    ),
)

CAA_ROWS = (
    Row(
        "caa-failed",
        "the request failed because of CAA, and the records still exclude Amazon",
        internet(zone((ZONE, "CAA", LETSENCRYPT))),
        certificate(
            validation(NAME, status=ValidationStatus.FAILED),
            status=CertificateStatus.FAILED,
            failure_reason=FailureReason.CAA_ERROR,
        ),
        certain(Cause.CAA_FORBIDS),
        (caa(ZONE, LETSENCRYPT, AMAZON),),
    ),
    Row(
        "caa-name-and-wildcard",
        "the CAA records exclude Amazon for names and for wildcards",
        internet(zone(RIGHT, (ZONE, "CAA", LETSENCRYPT), (ZONE, "CAA", LETSENCRYPT_WILD))),
        certificate(validation(NAME), validation(f"*.{NAME}")),
        certain(Cause.CAA_FORBIDS, Cause.CAA_FORBIDS),
        (caa(ZONE, LETSENCRYPT, LETSENCRYPT_WILD, AMAZON, '0 issuewild "amazon.com"'),),
    ),
    Row(
        "caa-critical",
        "a critical CAA record has a tag that ACM does not know",
        internet(zone(RIGHT, (ZONE, "CAA", '128 tbs "x"'), (ZONE, "CAA", AMAZON))),
        WAITING,
        certain(Cause.CAA_FORBIDS),
        (caa(ZONE, AMAZON),),
    ),
    Row(
        "caa-at-top",
        "only the top-level domain has CAA records, which you cannot change",
        internet(zone(RIGHT), zone(("io", "CAA", LETSENCRYPT), name="io", servers=OTHERS)),
        WAITING,
        certain(Cause.CAA_FORBIDS),
        (caa(NAME, AMAZON).__replace__(action=RecordAction.PUBLISH),),
    ),
    Row(
        "caa-nearest",
        "a set at the name decides, whatever its parent has",
        internet(zone(RIGHT, (NAME, "CAA", AMAZON), (ZONE, "CAA", LETSENCRYPT))),
        certificate(validation(NAME), created_at=MINUTES_AGO),
        certain(Cause.RECORD_CORRECT),
    ),
    Row(
        "caa-at-parent",
        "the CAA records of the parent allow another CA only",
        internet(zone(RIGHT, (ZONE, "CAA", LETSENCRYPT))),
        WAITING,
        certain(Cause.CAA_FORBIDS),
        (caa(ZONE, LETSENCRYPT, AMAZON),),
    ),
    Row(
        "caa-wildcard",
        "the CAA records allow Amazon, but no CA for wildcards",
        internet(zone(RIGHT, (ZONE, "CAA", AMAZON), (ZONE, "CAA", '0 issuewild ";"'))),
        certificate(validation(f"*.{NAME}")),
        certain(Cause.CAA_FORBIDS),
        (caa(ZONE, AMAZON, '0 issuewild "amazon.com"'),),
    ),
    Row(
        "caa-at-alias",
        "the CAA records of the target of an alias count",
        internet(
            zone(RIGHT, (NAME, "CNAME", "shop.hosting.net")),
            zone(("shop.hosting.net", "CAA", LETSENCRYPT), name="hosting.net", servers=OTHERS),
        ),
        WAITING,
        certain(Cause.CAA_FORBIDS),
        (caa("shop.hosting.net", LETSENCRYPT, AMAZON, zone_name="hosting.net"),),
    ),
    Row(
        "caa-lookup-fails",
        "the servers of the alias target do not answer for CAA",
        internet(
            zone(RIGHT, (NAME, "CNAME", "shop.hosting.net")),
            zone(name="hosting.net", servers=OTHERS),
            failing=[(each, AnswerStatus.SERVFAIL) for each in OTHERS],
        ),
        WAITING,
        certain(Cause.CAA_LOOKUP_FAILS),
        is_mendable=False,
    ),
    Row(
        "caa-method",
        "the CAA records exclude the validation method",
        internet(
            zone(RIGHT, (ZONE, "CAA", '0 issue "amazon.com; validationmethods=ca-tbr-4"')),
        ),
        certificate(validation(NAME), created_at=datetime(2027, 4, 1, 7, tzinfo=UTC)),
        certain(Cause.CAA_METHOD),
        (caa(ZONE, '0 issue "amazon.com; validationmethods=ca-tbr-4,ca-tbr-7"'),),
        as_of=datetime(2027, 4, 1, 12, tzinfo=UTC),
    ),
)

OTHER_ROWS = (
    Row(
        "no-mx",
        "the domain that ACM writes to has no mail server",
        internet(zone((ZONE, "A", "203.0.113.7"))),
        certificate(validation(ZONE, ValidationMethod.EMAIL)),
        certain(Cause.NO_MX),
        is_mendable=False,
    ),
    Row(
        "mail-not-approved",
        "the mails have arrived, and nobody approved",
        internet(zone((ZONE, "MX", "10 mail.brightharbor.io"))),
        certificate(validation(ZONE, ValidationMethod.EMAIL)),
        certain(Cause.MAIL_NOT_APPROVED),
        is_mendable=False,
    ),
    Row(
        "not-cloudfront",
        "the name points to another host than CloudFront",
        internet(zone((NAME, "CNAME", "old.hosting.net")), zone(name="hosting.net")),
        certificate(validation(NAME, ValidationMethod.HTTP)),
        likely(Cause.NOT_CLOUDFRONT),
        is_mendable=False,
    ),
    Row(
        "http-content",
        "the name points to CloudFront, and what it serves is to be fetched",
        internet(zone((NAME, "CNAME", "d111111abcdef8.cloudfront.net"))),
        certificate(validation(NAME, ValidationMethod.HTTP)),
        ((Cause.HTTP_CONTENT, Certainty.OPEN),),
        is_mendable=False,
    ),
)

ROWS = (*RECORD_ROWS, *SERVER_ROWS, *CAA_ROWS, *OTHER_ROWS)
__all__ = ["HOURS_AGO", "ROWS", "Row"]
