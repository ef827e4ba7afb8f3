"""Changes of DNS records as input of Route 53."""

import json

from hypothesis import given
from hypothesis import strategies as st
from tests.support.diagnoses import record

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer, DnsAnswers, DnsRecord, HostedZone
from acmrules.diagnosis.model import RecordAction
from acmrules.suffix_lists import default_suffixes
from acmrules.writers.record_changes import MOST_OF_A_BATCH, render, unwritable

SHOP = ("brightharbor.io", "Z0123456789ABC")
NOTHING = DnsAnswers()


def batches(*changes, answers=NOTHING):
    """Return the inputs for Route 53."""
    return json.loads(render(changes, answers, default_suffixes().base_domain_name))


def test_each_zone_has_one_batch():
    """The values are in the form that Route 53 stores."""
    found = batches(
        record("_x.a.brightharbor.io", "_y.acm-validations.aws", zone=SHOP),
        record("_x.lighthouse.io", "_z.acm-validations.aws"),
        record("brightharbor.io", '0 issue "amazon.com"', kind="CAA", zone=SHOP),
    )
    assert [each["HostedZoneId"] for each in found] == ["Z0123456789ABC", "<zone id>"]
    assert [each["ChangeBatch"]["Comment"] for each in found] == [
        "validation by ACM, in brightharbor.io",
        "validation by ACM, in the zone of lighthouse.io",
    ]
    first, second = found[0]["ChangeBatch"]["Changes"]
    assert first == {
        "Action": "UPSERT",
        "ResourceRecordSet": {
            "Name": "_x.a.brightharbor.io.",
            "Type": "CNAME",
            "TTL": 300,
            "ResourceRecords": [{"Value": "_y.acm-validations.aws."}],
        },
    }
    assert second["ResourceRecordSet"]["ResourceRecords"] == [{"Value": '0 issue "amazon.com"'}]


def removed(name="_x.brightharbor.io"):
    """Return the removal of a TXT record."""
    return record(name, '"old"', action=RecordAction.REMOVE, kind="TXT", zone=SHOP)


def test_what_is_removed_is_first_and_has_its_time_to_live():
    """It is that of the zone, then that of an authoritative answer, otherwise a placeholder."""
    added = record("_x.brightharbor.io", "_y.acm-validations.aws", zone=SHOP)

    def lifetime(answers):
        first, last = batches(added, removed(), answers=answers)[0]["ChangeBatch"]["Changes"]
        assert (first["Action"], last["Action"]) == ("DELETE", "UPSERT")
        return first["ResourceRecordSet"]["TTL"]

    def txt(seconds):
        return (DnsRecord("_x.brightharbor.io", "TXT", '"old"', seconds),)

    def answer(is_authoritative):
        return DnsAnswer(
            *("_x.brightharbor.io", "TXT", AnswerStatus.NOERROR, txt(60)),
            is_authoritative=is_authoritative,
        )

    zone = HostedZone("brightharbor.io", records=txt(900))
    assert lifetime(NOTHING) == "<ttl>"
    assert lifetime(DnsAnswers((answer(False),))) == "<ttl>"
    assert lifetime(DnsAnswers((answer(True),))) == 60
    assert lifetime(DnsAnswers((answer(True),), (zone,))) == 900


def messages(*changes):
    """Return the messages about what the format cannot express."""
    return [*unwritable(changes, default_suffixes().base_domain_name)]


def test_sets_that_differ_are_reported():
    """Equal changes are one, and a removal is no other value of the set."""
    one, other = record("_x.a.io", "b", zone=SHOP), record("_x.a.io", "c", zone=SHOP)
    assert messages(one, one, removed()) == []
    assert messages(one, record("_x.a.io", '"c"', kind="TXT", zone=SHOP)) == []
    assert messages(removed(), record("_x.brightharbor.io", '"new"', kind="TXT", zone=SHOP)) == []
    assert messages(one, other) == ["two changes of the CNAME records at `_x.a.io` differ"]


def test_the_registrar_sets_the_name_servers_of_a_domain():
    """The delegation of a name below it is in the zone of the domain."""
    own = record("brightharbor.io", "ns1.a.io", "ns2.a.io", kind="NS")
    below = record("shop.brightharbor.io", "ns1.a.io", kind="NS")
    assert messages(own, below) == [
        "set the name servers of `brightharbor.io` at its registrar: `ns1.a.io`, `ns2.a.io`"
    ]
    [batch] = batches(own, below)
    assert batch["ChangeBatch"]["Comment"] == "validation by ACM, in the zone of brightharbor.io"
    [change] = batch["ChangeBatch"]["Changes"]
    assert change["ResourceRecordSet"]["ResourceRecords"] == [{"Value": "ns1.a.io."}]


@given(st.integers(0, 3 * MOST_OF_A_BATCH), st.integers(1, 3))
def test_no_batch_is_too_long_and_no_change_is_lost(count, copies):
    """Route 53 limits the records of a batch."""
    changes = [record(f"_x.n{number}.io", "b", zone=SHOP) for number in range(count)] * copies
    sizes = [len(each["ChangeBatch"]["Changes"]) for each in batches(*changes)]
    assert all(size <= MOST_OF_A_BATCH for size in sizes)
    assert sum(sizes) == count
