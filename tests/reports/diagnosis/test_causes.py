"""The causes in a diagnosis, each once."""

from hypothesis import given, settings
from tests.support.diagnoses import (
    diagnoses,
    diagnosis,
    existing,
    missing,
    not_looked_up,
    of_name,
    record,
)

from acmrules.diagnosis.model import Actor, Certainty, RecordAction, RecordChange
from acmrules.reports.diagnosis.causes import action_of, shared_causes, zone_lines, zone_of


def causes(*names, obstacle=missing):
    """Return the shared causes of names that all have an obstacle."""
    found = tuple(of_name(name, obstacle(name)) for name in names)
    return shared_causes(diagnosis(existing(*names), names=found))


def test_names_without_their_record_in_one_zone_share_a_cause():
    """The sentence that differs is that of the first name; the records are those of all."""
    [cause] = causes(*(f"n{number}.brightharbor.io" for number in range(100)))
    assert len(cause.names) == len(cause.changes) == 100
    assert cause.sentences == (
        ("cause", "the validation record does not exist"),
        (
            "proof",
            (
                "for n0.brightharbor.io: `ns1.brightharbor.io` answered NXDOMAIN for"
                " `_a79865eb4cd1a6ab990a45779b4e0b96.n0.brightharbor.io`"
            ),
        ),
        ("do this", "publish the record"),
    )


def test_a_name_and_its_wildcard_share_a_record():
    """It is listed once."""
    [cause] = causes("brightharbor.io", "*.brightharbor.io")
    assert len(cause.changes) == len(cause.obstacles) == 1
    assert [label for label, _ in cause.sentences] == ["cause", "proof", "do this"]
    assert "for brightharbor.io:" not in cause.sentences[1][1]


def test_zones_and_certainties_are_apart():
    """A person edits one zone at a time, and what is certain is not mixed with what is open."""
    assert len(causes("a.io", "b.io", obstacle=lambda n: missing(n, zone=(n, "")))) == 2
    likely = {"a.io": Certainty.LIKELY, "b.io": Certainty.CERTAIN}
    found = causes(*likely, obstacle=lambda name: missing(name, certainty=likely[name]))
    assert [cause.sentences[0][0] for cause in found] == ["likely", "cause"]
    [unknown] = causes("c.io", obstacle=not_looked_up)
    assert unknown.sentences[0][0] == "unknown"
    [status] = causes("d.io", obstacle=lambda name: missing(name, actor=Actor.AWS))
    assert status.sentences[0][0] == "status"


def test_few_names_with_different_texts_are_apart():
    """Many of them share a block, so that a certificate fits on a screen."""

    def differing(name):
        return missing(name, proof=f"`x{ord(name[0])}` answered")

    assert len(causes("a.io", "b.io", "c.io", obstacle=differing)) == 3
    assert len(causes("a.io", "b.io", "c.io", "d.io", obstacle=differing)) == 1


@settings(max_examples=25)
@given(diagnoses())
def test_no_cause_and_no_record_is_lost(run):
    """Every obstacle and every change is in exactly one cause of its certificate."""
    for each in run.certificates:
        found = shared_causes(each.diagnosis)
        listed = {one for cause in found for one in cause.obstacles}
        assert listed == {*each.diagnosis.all_obstacles}
        changes = {change for cause in found for change in cause.changes}
        assert changes == {*each.diagnosis.changes}


def test_records_are_lines_of_a_zone_file():
    """Names end with a dot, so that no DNS host adds the zone; other data is as it is."""
    assert zone_lines(record("_x.a.io", "_y.acm-validations.aws")) == [
        "_x.a.io. CNAME _y.acm-validations.aws."
    ]
    caa = record("a.io", '0 issue "amazon.com"', '0 issue "b"', kind="CAA")
    assert zone_lines(caa) == ['a.io. CAA 0 issue "amazon.com"', 'a.io. CAA 0 issue "b"']


def test_name_servers_are_set_at_the_registrar():
    """They are no lines of a zone file, unless the zone above is known."""
    servers = ("ns1.dnshost.example", "ns2.dnshost.example")
    change = RecordChange(RecordAction.CHANGE, "brightharbor.io", "NS", servers)
    assert (action_of(change), zone_lines(change)) == ("set", [*servers])
    assert zone_of(change) == "as the name servers of brightharbor.io"
    below = change.__replace__(name="dev.brightharbor.io", zone_name="brightharbor.io")
    assert action_of(below) == "change to"
    assert zone_lines(below)[0] == "dev.brightharbor.io. NS ns1.dnshost.example."
    assert zone_of(below) == "in the zone brightharbor.io"


def test_a_zone_is_named_with_its_id():
    """An unknown zone is not named."""
    assert zone_of(record("a.io", "b", zone=("a.io", "Z1"))) == "in the zone a.io (Z1)"
    assert zone_of(record("a.io", "b", zone=("", "Z1"))) == "in the zone (Z1)"
    assert zone_of(record("a.io", "b", action=RecordAction.REMOVE)) == ""
