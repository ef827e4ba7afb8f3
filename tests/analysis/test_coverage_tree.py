"""The tree of names: every name and host once, below its own, with the verdict of the library."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import consumer, name, names_of, part, request
from tests.support.strategies import domain_names, name_texts, names, relatives, unresolved_names

from acmrules.analysis.coverage_tree import CoverageQuestion, asked_by, coverage
from acmrules.coverage import CoverageIndex, Miss, redundant_names, uncovered
from acmrules.model.declaration import Declaration, Variant
from acmrules.names import WildcardDomainName
from acmrules.request import Tool
from acmrules.suffixes import PublicSuffixes
from acmrules.syntax.source import Source

SUFFIXES = PublicSuffixes("com\nio\nuk\nco.uk\nexample\n*.ck\n!www.ck\n")


def tree(listed, hosts=()):
    return coverage(
        CoverageQuestion("", tuple(map(name, listed)), tuple(map(name, hosts))), SUFFIXES
    )


def row(found, text):
    [row] = [row for row in found.rows if row.text == text]
    return row


def shape(found):
    """Return the texts of a tree, indented."""
    return ["  " * row.depth + row.text for row in found.rows]


def listings():
    """Names and hosts of all kinds: related, strangers, malformed, known in part."""
    known = relatives() | names() | domain_names()
    odd = unresolved_names() | name_texts().map(name) | st.just(names_of("$More"))
    some = st.lists(known, max_size=8)
    return st.tuples(some, st.lists(odd, max_size=2)).map(lambda two: tuple(two[0] + two[1]))


@given(listings(), listings())
def test_every_name_and_host_has_one_row(listed, hosts):
    """What is listed or asked for stands there once; all else is shared by several."""
    found = tree(listed, hosts)
    texts = [row.text for row in found.rows]
    assert len(set(texts)) == len(texts)
    assert {row.text for row in found.rows if row.is_name} == set(map(str, listed))
    assert {row.text for row in found.rows if row.is_host} == set(map(str, hosts))
    for place, each in enumerate(found.rows):
        hanging = [other for other in found.rows if other.parent == place]
        assert each.is_name or each.is_host or len(hanging) > 1


@given(listings(), listings())
def test_a_row_hangs_below_one_that_it_ends_in(listed, hosts):
    """A parent stands before its children, one step less deep, and is above them in the DNS."""
    found = tree(listed, hosts)
    for place, each in enumerate(found.rows):
        if each.parent is None:
            assert each.depth == 0
        else:
            parent = found.rows[each.parent]
            assert each.parent < place
            assert each.depth == parent.depth + 1
            assert each.text.removeprefix("*.").endswith(f".{parent.text}") or (
                each.text == f"*.{parent.text}"
            )


@given(st.lists(relatives(), max_size=8), st.lists(relatives(), max_size=8))
def test_verdicts_are_those_of_the_library(listed, hosts):
    """Covered, uncovered, redundant and counted as the pure functions say."""
    found = tree(listed, hosts)
    index = CoverageIndex(listed)
    missed = {miss.host: miss for miss in uncovered(listed, hosts)}
    for host in hosts:
        told = row(found, str(host))
        assert told.by == index.covering(host)
        assert told.missed == missed.get(host)
        assert told.is_uncovered is (host in missed)
        assert told.unsure == ""
    for each in listed:
        told = row(found, str(each))
        assert told.covers == sum(host in CoverageIndex([each]) for host in set(hosts))
        assert (told.redundant is not None) is (each in redundant_names(listed))
        assert told.redundant is None or told.redundant in map(
            WildcardDomainName, [told.redundant.parent]
        )


@given(listings(), listings(), st.randoms(use_true_random=False))
def test_order_does_not_matter_to_what_is_known(listed, hosts, random):
    """Names and hosts that are known in full are sorted."""
    known = [n for n in listed if not isinstance(n, type(part("$X")))]
    shuffled = [*known]
    random.shuffle(shuffled)
    assert {r.text for r in tree(shuffled, hosts).rows} == {r.text for r in tree(known, hosts).rows}


def test_the_tree_begins_with_what_several_share():
    """Suffix, base domain name, and below; a wildcard before the names beside it."""
    found = tree(
        ["b.io", "*.b.io", "a.co.uk", "x.y.c.co.uk"], ["www.b.io", "z.y.c.co.uk", "deep.www.b.io"]
    )
    assert shape(found) == [
        "b.io",
        "  *.b.io",
        "  www.b.io",
        "    deep.www.b.io",
        "co.uk",
        "  a.co.uk",
        "  y.c.co.uk",
        "    x.y.c.co.uk",
        "    z.y.c.co.uk",
    ]
    assert shape(tree(["*.co.uk", "a.uk"])) == ["a.uk", "*.co.uk"]
    assert shape(tree(["a.b.www.ck", "shop.ck"])) == ["a.b.www.ck", "shop.ck"]


def test_a_host_that_is_not_covered_tells_the_nearest_name():
    """As `uncovered` does."""
    told = row(tree(["*.b.io"], ["b.io"]), "b.io")
    assert (told.is_uncovered, told.missed.reason) == (True, Miss.PARENT_OF_WILDCARD)


def test_what_is_not_known_keeps_it_open():
    """A name known in part may cover a host, unless it surely does, or surely not."""
    zone = part("*.", "$Zone")
    found = tree([zone], ["www.b.io", part("www.", "$Zone")])
    assert row(found, "www.b.io").unsure == "`$Zone` is not known"
    assert row(found, "www.$Zone").by == zone
    assert row(found, "*.$Zone").covers == 1
    assert not row(found, "*.$Zone").is_known
    told = row(tree([part("$X", ".com")], ["a.io"]), "a.io")
    assert (told.is_uncovered, told.missed.nearest) == (True, None)
    told = row(tree(["a.io"], [part("$X", ".com")]), "$X.com")
    assert (told.is_uncovered, told.missed) == (True, None)


def test_what_is_no_name_is_said_to_be_none():
    """It covers nothing, and is left aside where hosts are judged."""
    found = tree(["bad_.io"], ["worse_.io", "a.io"])
    assert row(found, "bad_.io").is_malformed
    assert row(found, "worse_.io").is_malformed
    assert row(found, "a.io").is_uncovered
    assert (found.count("is_malformed"), found.count("is_uncovered")) == (2, 1)


def test_a_document_asks_for_the_hosts_of_its_consumers():
    """Once for each choice of conditions that differs; given hosts stand instead."""
    served = consumer("cloudfront", "www.b.io")
    variants = (
        Variant(request("b.io"), (served, served), {}, condition="if A"),
        Variant(request("b.io"), (served,), {}, condition="if B"),
        Variant(request("c.io"), (), {}, condition="if C"),
        Variant(None, (served,), {}),
    )
    declaration = Declaration(Source("site.yaml", ""), Tool.CLOUDFORMATION, "Certificate", variants)
    assert [
        (a.title, [*map(str, a.names)], [*map(str, a.hosts)]) for a in asked_by(declaration)
    ] == [
        ("site.yaml: Certificate, if A", ["b.io"], ["www.b.io"]),
        ("site.yaml: Certificate, if C", ["c.io"], []),
    ]
    given_hosts = asked_by(declaration, (name("x.io"),))
    assert [str(asked.hosts[0]) for asked in given_hosts] == ["x.io", "x.io"]
    alone = Declaration(None, Tool.NAMES, "$", (Variant(request("b.io"), (), {}),))
    assert [asked.title for asked in asked_by(alone)] == [""]
