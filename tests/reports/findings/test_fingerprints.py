"""What tells a finding from the others, in this run and the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import finding, findings, texts
from tests.support.rules import RULES

from acmrules.reports.findings.fingerprints import digest, fingerprints
from acmrules.syntax.source import Position, Range, Source


@given(st.lists(findings(), max_size=5))
def test_findings_are_told_apart(drawn):
    """No two of one report share a fingerprint, equal ones included."""
    marks = fingerprints(drawn + drawn)
    assert len(set(marks)) == len(marks)


@given(
    st.lists(findings(), max_size=5).flatmap(lambda f: st.tuples(st.just(f), st.permutations(f)))
)
def test_the_order_does_not_matter(pair):
    """The findings of a file in another order have the same fingerprints between them."""
    before, after = pair
    assert sorted(fingerprints(before)) == sorted(fingerprints(after))


@given(findings())
def test_lines_do_not_matter(found):
    """A finding that moves to another line, or says it differently, is the same."""
    moved = found.__replace__(
        range=Range(Position(900, 1), Position(900, 2)), message="other", related=(), fix=None
    )
    assert fingerprints([moved]) == fingerprints([found])


@pytest.mark.parametrize(
    "change",
    [
        {"rule": RULES["ACM302"]},
        {"source": Source("other.yaml", "\n" * 99 + "x" * 999)},
        {"address": "Other"},
        {"path": ("validation_options", 0, "domain_name")},
        {"value": "www.brightharbor.io"},
    ],
)
def test_what_is_wrong_where_matters(change):
    """Another rule, file, resource, field or value is another finding."""
    [mark] = fingerprints([finding()])
    assert fingerprints([finding().__replace__(**change)]) != [mark]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": "www.Brightharbor.io. "}, {"value": "www.brightharbor.io"}),
        ({"value": None}, {"value": ""}),
        ({"path": ("names", 3)}, {"path": ("names", 7)}),
    ],
)
def test_a_spelling_or_an_index_does_not_matter(one, other):
    """A name is the same in another case, and at another index of its list."""
    assert fingerprints([finding(**one)]) == fingerprints([finding(**other)])


def test_files_are_told_from_the_folder():
    """Where the program is started from does not matter, if it knows the folder."""
    here = finding(Source("infra/site.yaml", "x"), (0, 1))
    there = finding(Source("/srv/checkout/infra/site.yaml", "x"), (0, 1))
    assert fingerprints([here], "/srv/checkout") == fingerprints([there], "/srv/checkout")


@given(st.lists(texts()), st.lists(texts()))
def test_a_digest_keeps_parts_apart(one, other):
    """Two lists of parts have the same digest only if they are the same."""
    assert (digest(*one) == digest(*other)) is (one == other)
