"""ACM2xx on fully and on partly known names, with and without consumers."""

import pytest
from tests.support.rules import check_rule, consumer, names_of, outcomes, part

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
def test_the_known_part_of_a_wildcard_is_checked(rule, names, expected):
    """Each row has the paths with a finding, with its severity, and the undecided paths."""
    assert outcomes(rule, *names) == expected


def test_a_wildcard_of_a_private_ca_may_be_directly_under_a_public_suffix():
    """The Baseline Requirements apply only to public CAs."""
    private = {"certificate_authority_arn": "arn:aws:acm-pca:x"}
    assert outcomes("ACM202", "*.co.uk", **private) == set()
    assert outcomes("ACM202", "*.io", **private) == {"names 0: error"}
    maybe = {"certificate_authority_arn": part("$X"), "tool": Tool.TERRAFORM}
    assert outcomes("ACM202", "*.co.uk", **maybe) == {"names 0: skipped"}


def test_the_parent_is_added_at_the_end_of_the_list():
    """The fix of 203 inserts the wildcard's parent, and is unsafe because it may be unwanted."""
    [finding], _ = check_rule("ACM203", DEEP, "brightharbor.io")
    [edit] = finding.fix.edits
    assert (edit.path, edit.value, edit.insert) == (("names", 2), "bar.brightharbor.io", True)
    assert not finding.fix.safe


def test_a_primary_name_that_the_policy_requires_is_not_redundant():
    """A name that has to be first is redundant only at another position."""
    names = "www.brightharbor.io", "*.brightharbor.io"
    policy = Policy(first=(DomainName("www.brightharbor.io"),))
    assert check_rule("ACM204", *names, policy=policy)[0] == []
    assert [found.path for found in check_rule("ACM204", *names)[0]] == [("names", 0)]
    assert len(check_rule("ACM204", *reversed(names), policy=policy)[0]) == 1


def test_a_redundant_name_is_removed_unless_it_is_the_primary_name():
    """Without its primary name, the certificate would get another common name."""
    [second], _ = check_rule("ACM204", "*.brightharbor.io", "www.brightharbor.io")
    [first], _ = check_rule("ACM204", "www.brightharbor.io", "*.brightharbor.io")
    assert [edit.value for edit in second.fix.edits] == [None]
    assert not second.fix.safe
    assert first.fix is None
    assert second.message == "`*.brightharbor.io` already covers `www.brightharbor.io`"
    assert first.help == "make another name the primary name, and remove `www.brightharbor.io`"


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
    """205 reports a host that no name covers, and is undecided if that is unknown."""
    assert outcomes("ACM205", *names, consumers=(consumer("cloudfront", *hosts),)) == expected


def test_a_host_of_a_consumer_with_another_certificate_is_not_checked():
    """205 checks only the consumers that refer to the request itself."""
    arn = "arn:aws:acm:us-east-1:111122223333:certificate/2f1c"
    other = consumer("cloudfront", "x.io", certificate=arn)
    assert outcomes("ACM205", "brightharbor.io", consumers=(other,)) == set()
    assert outcomes("ACM205", consumers=(consumer("cloudfront", "x.io"),)) == set()


def test_the_fix_adds_an_uncovered_host():
    """The host is inserted at the end of the list."""
    [finding], _ = check_rule("ACM205", DEEP, consumers=(consumer("alb", "bar.brightharbor.io"),))
    assert finding.message == "the certificate does not cover `bar.brightharbor.io`"
    assert finding.help == "add `bar.brightharbor.io` to the certificate"
    assert finding.fix.edits[0].path == ("names", 1)
    assert finding.fix.edits[0].value == "bar.brightharbor.io"


LABELS = [
    (DEEP, "bar.brightharbor.io", f"`{DEEP}` matches its subdomains, not the name itself"),
    (DEEP, "a.b.bar.brightharbor.io", f"`{DEEP}` matches only one label"),
    ("a.io", "b.a.io", "`a.io` does not cover its subdomains"),
    ("b.a.io", "*.a.io", "`b.a.io` is not a wildcard"),
    ("a.io", "b.io", "`a.io` is the nearest name"),
    (part("*.", "$X"), X, ""),
    (part("a.", "$X", ".io"), "b.com", ""),
]


@pytest.mark.parametrize(("name", "host", "label"), LABELS)
def test_the_label_of_an_uncovered_host_explains_why_the_nearest_name_does_not_cover_it(
    name, host, label
):
    """Only fully known names are compared."""
    [finding], _ = check_rule("ACM205", name, consumers=(consumer("alb", host),))
    assert finding.label == label


USES = [
    # all consumers and hosts are known
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
def test_a_name_is_unused_only_if_all_consumers_and_hosts_are_known(names, hosts, expected):
    """Without all consumers or all their hosts, 206 reports nothing."""
    served = consumer("cloudfront", *hosts, hosts_known=True)
    known = {"consumers": (served,), "all_consumers_known": True}
    assert outcomes("ACM206", *names, **known) == expected
    assert outcomes("ACM206", *names, consumers=(served,)) == set()
    some = (served, consumer("alb"))
    assert outcomes("ACM206", *names, consumers=some, all_consumers_known=True) == set()
    assert outcomes("ACM206", *names, all_consumers_known=True) == set()


def rules_of(findings):
    """Return the ids of the rules of some findings, with the paths."""
    return [(finding.rule.id, finding.path) for finding in findings]


def test_a_missing_name_is_reported_once():
    """203 yields to 205 if a consumer serves the parent of the wildcard, and only then."""
    both = "ACM203 ACM205"
    served = (consumer("alb", "bar.brightharbor.io"),)
    findings, _ = check_rule(both, DEEP, consumers=served)
    assert rules_of(findings) == [("ACM205", ("consumers", 0, "hosts", 0))]
    findings, _ = check_rule(both, DEEP, consumers=(consumer("alb", "brightharbor.io"),))
    assert {rule for rule, _ in rules_of(findings)} == {"ACM203", "ACM205"}


def test_a_superfluous_name_is_reported_once():
    """206 yields to 204, and both yield to 304."""
    names = ["*.brightharbor.io", "www.brightharbor.io", "www.brightharbor.io"]
    served = (consumer("alb", "api.brightharbor.io", hosts_known=True),)
    known = {"consumers": served, "all_consumers_known": True}
    findings, _ = check_rule("ACM204 ACM206 ACM304", *names, **known)
    assert rules_of(findings) == [("ACM204", ("names", 1)), ("ACM304", ("names", 2))]
