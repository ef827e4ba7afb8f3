"""Fingerprints identify a finding in this run and the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import finding, findings, texts
from tests.support.rules import RULES

from acmrules.model.placed import Location
from acmrules.reports.findings.fingerprints import digest, fingerprints
from acmrules.syntax.source import Source


@given(st.lists(findings(), max_size=5))
def test_fingerprints_are_unique(drawn):
    """No two findings of a report share a fingerprint, not even equal ones."""
    marks = fingerprints(drawn + drawn)
    assert len(set(marks)) == len(marks)


@given(
    st.lists(findings(), max_size=5).flatmap(lambda f: st.tuples(st.just(f), st.permutations(f)))
)
def test_the_order_does_not_matter(pair):
    """The findings of a file in another order have the same set of fingerprints."""
    before, after = pair
    assert sorted(fingerprints(before)) == sorted(fingerprints(after))


@given(findings())
def test_lines_do_not_matter(found):
    """A finding on another line or with another message has the same fingerprint."""
    moved = found.__replace__(message="other", related=(), fix=None)
    if found.location:
        moved = moved.__replace__(location=found.location.__replace__(start=900, end=901))
    assert fingerprints([moved]) == fingerprints([found])


@pytest.mark.parametrize(
    "change",
    [
        {"rule": RULES["ACM302"]},
        {"location": Location(Source("other.yaml", "x"), 0, 1)},
        {"address": "Other"},
        {"path": ("validation_options", 0, "domain_name")},
        {"value": "www.brightharbor.io"},
    ],
)
def test_the_problem_and_its_location_matter(change):
    """Another rule, file, resource, member or value has another fingerprint."""
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
    """A name in another case, or at another index of its list, has the same fingerprint."""
    assert fingerprints([finding(**one)]) == fingerprints([finding(**other)])


def test_the_working_directory_does_not_matter():
    """Paths relative to the folder have the same fingerprint as absolute paths."""
    here = finding(Source("infra/site.yaml", "x"), (0, 1))
    there = finding(Source("/srv/checkout/infra/site.yaml", "x"), (0, 1))
    assert fingerprints([here], "/srv/checkout") == fingerprints([there], "/srv/checkout")


@given(st.lists(texts()), st.lists(texts()))
def test_a_digest_keeps_parts_apart(one, other):
    """Two lists of parts have the same digest only if they are the same."""
    assert (digest(*one) == digest(*other)) is (one == other)
