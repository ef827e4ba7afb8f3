"""ACM2xx on literal and on partly known names, alone and with consumers."""

import pytest
from tests.support.rules import consumer, judge, names_of, part, verdict

from acmrules.lint.policy import Policy
from acmrules.names import DomainName
from acmrules.request import Tool

X, DEEP = part("$X"), "*.bar.brightharbor.io"

TABLE = [
    # 201
    ("ACM201", ["*.brightharbor.io", "brightharbor.io"], set()),
    ("ACM201", ["brightharbor.io", "*"], {"names 1: error"}),
    ("ACM201", ["*brightharbor.io"], {"names 0: error"}),
    ("ACM201", [part("*.*.", "$X")], {"names 0: error"}),
    ("ACM201", [part("www.*.", "$X")], {"names 0: error"}),
    ("ACM201", [part("app*.", "$X")], {"names 0: error"}),
    ("ACM201", [part("*", "$X")], {"names 0: skipped"}),
    ("ACM201", [part("*.", "$X")], {"names 0: skipped"}),
    # 202
    ("ACM202", ["*.brightharbor.io"], set()),
    ("ACM202", ["*.io"], {"names 0: error"}),
    ("ACM202", ["*.co.uk"], {"names 0: error"}),
    ("ACM202", ["*.github.io"], {"names 0: note"}),
    ("ACM202", ["*.anything.ck"], {"names 0: error"}),
    ("ACM202", [part("*.", "$X")], {"names 0: skipped"}),
    # 203
    ("ACM203", [DEEP], {"names 0: note"}),
    ("ACM203", [DEEP, "bar.brightharbor.io"], set()),
    ("ACM203", [DEEP, "*.brightharbor.io", "brightharbor.io"], set()),
    ("ACM203", ["*.co.uk"], set()),
    ("ACM203", [part("*.", "$X"), X], {"names 1: skipped"}),
    ("ACM203", [part("*.", "$X")], {"names 0: note"}),
    ("ACM203", [part("*.", "$X", ".io"), part("$X", ".io")], {"names 1: skipped"}),
    ("ACM203", [part("*.a.", "$X"), part("a.", "$X")], set()),
    ("ACM203", ["*.brightharbor.io", X], {"names 0: skipped", "names 1: skipped"}),
    ("ACM203", [DEEP, names_of("$Others")], {"names 0: skipped", "names 1: skipped"}),
    ("ACM203", [DEEP, "bar.brightharbor.io."], {"names 0: skipped"}),
    ("ACM203", ["brightharbor.io"], set()),
    # 204
    ("ACM204", ["*.brightharbor.io", "www.brightharbor.io"], {"names 1: note"}),
    ("ACM204", ["www.brightharbor.io", "*.brightharbor.io"], {"names 0: note"}),
    ("ACM204", ["*.brightharbor.io", "a.b.brightharbor.io", "brightharbor.io"], set()),
    ("ACM204", ["*.brightharbor.io", "*.brightharbor.io"], set()),
    ("ACM204", [part("*.", "$X"), part("www.", "$X"), X], {"names 1: note"}),
    ("ACM204", [part("*.", "$X"), part("$Y")], {"names 1: skipped"}),
    ("ACM204", ["*.brightharbor.io", names_of("$Others"), "a_b.io"], {"names 1: skipped"}),
    ("ACM204", [X], set()),
    ("ACM204", [X, "www.brightharbor.io"], {"names 0: skipped"}),
    ("ACM204", [part("*.", "$X"), "www.brightharbor.io"], {"names 0: skipped"}),
    ("ACM204", [part("www.", "$X"), "www.brightharbor.io"], set()),
]


@pytest.mark.parametrize(("rule", "names", "expected"), TABLE)
def test_wildcards_are_judged_as_far_as_they_are_known(rule, names, expected):
    """Each row names the places found, with their severity, and those left undecided."""
    assert verdict(rule, *names) == expected


def test_a_wildcard_of_a_private_ca_may_stand_left_of_a_public_suffix():
    """The rule of the Forum binds public CAs only."""
    private = {"certificate_authority_arn": "arn:aws:acm-pca:x"}
    assert verdict("ACM202", "*.co.uk", **private) == set()
    assert verdict("ACM202", "*.io", **private) == {"names 0: error"}
    maybe = {"certificate_authority_arn": part("$X"), "tool": Tool.TERRAFORM}
    assert verdict("ACM202", "*.co.uk", **maybe) == {"names 0: skipped"}


def test_the_parent_is_added_at_the_end_of_the_list():
    """The fix of 203 inserts the wildcard's parent and is not safe: nobody may want it."""
    [finding], _ = judge("ACM203", DEEP, "brightharbor.io")
    [edit] = finding.fix.edits
    assert (edit.path, edit.value, edit.insert) == (("names", 2), "bar.brightharbor.io", True)
    assert not finding.fix.safe


def test_a_name_that_the_policy_wants_first_is_not_redundant_there():
    """What has to come first is listed for that, whatever covers it; elsewhere it is redundant."""
    names = "www.brightharbor.io", "*.brightharbor.io"
    policy = Policy(first=(DomainName("www.brightharbor.io"),))
    assert judge("ACM204", *names, policy=policy)[0] == []
    assert [found.path for found in judge("ACM204", *names)[0]] == [("names", 0)]
    assert len(judge("ACM204", *reversed(names), policy=policy)[0]) == 1


def test_a_redundant_name_is_taken_out_unless_it_is_the_first():
    """Taking the first name out would make another one the common name."""
    [second], _ = judge("ACM204", "*.brightharbor.io", "www.brightharbor.io")
    [first], _ = judge("ACM204", "www.brightharbor.io", "*.brightharbor.io")
    assert [edit.value for edit in second.fix.edits] == [None]
    assert not second.fix.safe
    assert first.fix is None
    assert "`*.brightharbor.io`" in second.message


HOSTS = [
    ([DEEP], ["foo.bar.brightharbor.io"], set()),
    ([DEEP], ["bar.brightharbor.io"], {"consumers 0 hosts 0: error"}),
    ([DEEP], ["www.bar.foo.brightharbor.io"], {"consumers 0 hosts 0: error"}),
    ([DEEP], [DEEP], set()),
    (["brightharbor.io"], ["*.brightharbor.io"], {"consumers 0 hosts 0: error"}),
    ([part("*.", "$X")], [part("www.", "$X"), X], {"consumers 0 hosts 1: error"}),
    (["*.brightharbor.io"], [part("$Sub", ".brightharbor.io")], {"consumers 0 hosts 0: skipped"}),
    (["brightharbor.io."], ["brightharbor.io"], {"consumers 0 hosts 0: skipped"}),
    (["brightharbor.io"], ["bright_harbor.io"], {"consumers 0 hosts 0: skipped"}),
    (["brightharbor.io", names_of("$More")], ["x.io"], {"consumers 0 hosts 0: skipped"}),
    (["brightharbor.io"], [names_of("$Aliases")], {"consumers 0 hosts 0: skipped"}),
]


@pytest.mark.parametrize(("names", "hosts", "expected"), HOSTS)
def test_every_host_of_a_consumer_must_be_covered(names, hosts, expected):
    """205 finds the host that no name covers, and skips where that is not known."""
    assert verdict("ACM205", *names, consumers=(consumer("cloudfront", *hosts),)) == expected


def test_a_host_of_a_consumer_with_another_certificate_is_none_of_our_business():
    """Only references to the request itself are judged against its names."""
    arn = "arn:aws:acm:us-east-1:111122223333:certificate/2f1c"
    other = consumer("cloudfront", "x.io", certificate=arn)
    assert verdict("ACM205", "brightharbor.io", consumers=(other,)) == set()
    assert verdict("ACM205", consumers=(consumer("cloudfront", "x.io"),)) == set()


def test_an_uncovered_host_is_told_with_the_nearest_miss_and_the_name_to_add():
    """The message says which name comes nearest and why not; the fix lists the host."""
    [finding], _ = judge("ACM205", DEEP, consumers=(consumer("alb", "bar.brightharbor.io"),))
    assert (
        "nearest is `*.bar.brightharbor.io`: a wildcard does not cover its own" in finding.message
    )
    assert finding.fix.edits[0].path == ("names", 1)
    assert finding.fix.edits[0].value == "bar.brightharbor.io"
    [unknown], _ = judge("ACM205", part("*.", "$X"), consumers=(consumer("alb", X),))
    assert "nearest" not in unknown.message
    used = (consumer("alb", "b.com"),)
    [far], _ = judge("ACM205", part("a.", "$X", ".io"), consumers=used)
    assert "nearest" not in far.message


USES = [
    # every use and every host known
    (["brightharbor.io", "www.brightharbor.io"], ["brightharbor.io"], {"names 1: note"}),
    (["*.brightharbor.io"], ["www.brightharbor.io"], set()),
    ([X, part("www.", "$X")], [X], {"names 1: note"}),
    (["brightharbor.io", X], ["brightharbor.io"], {"names 1: skipped"}),
    (["brightharbor.io", "a_b.io"], ["brightharbor.io"], set()),
    (["brightharbor.io"], ["bright_harbor.io"], {"names 0: skipped"}),
    (["brightharbor.io"], [names_of("$Hosts")], {"names 0: skipped"}),
    ([part("a.", "$X")], [f"h{n}.io" for n in range(101)], {"names 0: skipped"}),
    ([part("a.", "$X", ".io")], [f"h{n}.com" for n in range(100)], {"names 0: note"}),
]


@pytest.mark.parametrize(("names", "hosts", "expected"), USES)
def test_a_name_that_nothing_serves_is_noted_where_every_use_is_known(names, hosts, expected):
    """206 needs all consumers with all their hosts."""
    served = consumer("cloudfront", *hosts, hosts_known=True)
    known = {"consumers": (served,), "all_consumers_known": True}
    assert verdict("ACM206", *names, **known) == expected
    assert verdict("ACM206", *names, consumers=(served,)) == set()
    some = (served, consumer("alb"))
    assert verdict("ACM206", *names, consumers=some, all_consumers_known=True) == set()
    assert verdict("ACM206", *names, all_consumers_known=True) == set()
