"""The tree of names and hosts."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import consumer, name, names_of, part, request
from tests.support.strategies import name_texts, unresolved_names

from acmrules.analysis.coverage_tree import CoverageQuestion, coverage, questions
from acmrules.coverage import CoverageIndex, Miss, redundant_names, uncovered
from acmrules.model.declaration import Declaration, Variant
from acmrules.names import WildcardDomainName
from acmrules.request import Tool
from acmrules.strategies import domain_names, names, related_names
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
    """Return the indented texts of a tree."""
    return ["  " * row.depth + row.text for row in found.rows]


def listings():
    """Draw related, unrelated, invalid and partly known names."""
    known = related_names() | names() | domain_names()
    odd = unresolved_names() | name_texts().map(name) | st.just(names_of("$More"))
    some = st.lists(known, max_size=8)
    return st.tuples(some, st.lists(odd, max_size=2)).map(lambda two: tuple(two[0] + two[1]))


@given(listings(), listings())
def test_every_name_and_host_has_one_row(listed, hosts):
    """Every name and host has one row, and all other rows are common parents."""
    found = tree(listed, hosts)
    texts = [row.text for row in found.rows]
    assert len(set(texts)) == len(texts)
    assert {row.text for row in found.rows if row.is_name} == set(map(str, listed))
    assert {row.text for row in found.rows if row.is_host} == set(map(str, hosts))
    for place, each in enumerate(found.rows):
        hanging = [other for other in found.rows if other.parent == place]
        assert each.is_name or each.is_host or len(hanging) > 1


@given(listings(), listings())
def test_a_row_is_below_its_superdomain(listed, hosts):
    """A parent precedes its children, and is a superdomain of them."""
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


@given(st.lists(related_names(), max_size=8), st.lists(related_names(), max_size=8))
def test_rows_agree_with_the_library(listed, hosts):
    """The rows agree with the functions of the library."""
    found = tree(listed, hosts)
    index = CoverageIndex(listed)
    missed = {miss.host: miss for miss in uncovered(listed, hosts)}
    for host in hosts:
        found_row = row(found, str(host))
        assert found_row.covered_by == index.covering(host)
        assert found_row.nearest == missed.get(host)
        assert found_row.is_uncovered is (host in missed)
        assert found_row.unsure == ""
    for each in listed:
        found_row = row(found, str(each))
        assert found_row.covers == sum(host in CoverageIndex([each]) for host in set(hosts))
        assert (found_row.redundant is not None) is (each in redundant_names(listed))
        assert found_row.redundant is None or found_row.redundant in map(
            WildcardDomainName, [found_row.redundant.parent]
        )


@given(listings(), listings(), st.randoms(use_true_random=False))
def test_the_order_of_known_names_does_not_matter(listed, hosts, random):
    """The order of known names and hosts does not matter."""
    known = [n for n in listed if not isinstance(n, type(part("$X")))]
    shuffled = [*known]
    random.shuffle(shuffled)
    assert {r.text for r in tree(shuffled, hosts).rows} == {r.text for r in tree(known, hosts).rows}


def test_a_wildcard_precedes_its_siblings():
    """A wildcard precedes its siblings."""
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


def test_an_uncovered_host_has_the_nearest_name():
    """A row has the nearest name of `uncovered`."""
    found_row = row(tree(["*.b.io"], ["b.io"]), "b.io")
    assert (found_row.is_uncovered, found_row.nearest.reason) == (True, Miss.PARENT_OF_WILDCARD)


def test_a_partly_known_name_leaves_a_host_undecided():
    """A partly known name leaves a host undecided, unless the known part decides."""
    zone = part("*.", "$Zone")
    found = tree([zone], ["www.b.io", part("www.", "$Zone")])
    assert row(found, "www.b.io").unsure == "`$Zone` is unknown"
    assert row(found, "www.$Zone").covered_by == zone
    assert row(found, "*.$Zone").covers == 1
    assert not row(found, "*.$Zone").is_known
    found_row = row(tree([part("$X", ".com")], ["a.io"]), "a.io")
    assert (found_row.is_uncovered, found_row.nearest.nearest) == (True, None)
    found_row = row(tree(["a.io"], [part("$X", ".com")]), "$X.com")
    assert (found_row.is_uncovered, found_row.nearest) == (True, None)


def test_an_invalid_name_covers_nothing():
    """An invalid name covers nothing."""
    found = tree(["bad_.io"], ["worse_.io", "a.io"])
    assert row(found, "bad_.io").is_malformed
    assert row(found, "worse_.io").is_malformed
    assert row(found, "a.io").is_uncovered
    assert (found.count("is_malformed"), found.count("is_uncovered")) == (2, 1)


def test_a_declaration_has_a_question_for_each_distinct_case():
    """Each distinct case of the conditions is a question, and given hosts replace its hosts."""
    served = consumer("cloudfront", "www.b.io")
    variants = (
        Variant(request("b.io"), (served, served), {}, condition="if A"),
        Variant(request("b.io"), (served,), {}, condition="if B"),
        Variant(request("c.io"), (), {}, condition="if C"),
        Variant(None, (served,), {}),
    )
    declaration = Declaration(Source("site.yaml", ""), Tool.CLOUDFORMATION, "Certificate", variants)
    assert [
        (a.title, [*map(str, a.names)], [*map(str, a.hosts)]) for a in questions(declaration)
    ] == [
        ("site.yaml: Certificate, if A", ["b.io"], ["www.b.io"]),
        ("site.yaml: Certificate, if C", ["c.io"], []),
    ]
    given_hosts = questions(declaration, (name("x.io"),))
    assert [str(question.hosts[0]) for question in given_hosts] == ["x.io", "x.io"]
    alone = Declaration(None, Tool.NAMES, "$", (Variant(request("b.io"), (), {}),))
    assert [question.title for question in questions(alone)] == [""]
