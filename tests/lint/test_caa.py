"""What CAA records in files say: laws of the nearest set, and a table of what is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.caa import may_issue
from acmrules.lint.caa import Judgement, judged
from acmrules.names import DomainName, parse_name
from acmrules.request import CaaRecordSet, Unknown, Unresolved
from strategies import relatives

DAY = date(2026, 11, 23)
AMAZON, OTHERS, NOBODY = '0 issue "amazon.com"', '0 issue "ca.org"', '0 issue ";"'
X = Unknown("${X}")


def said(name, *sets):
    """Return what sets of records, each a name and records, say of a name."""
    listed = [CaaRecordSet(holder, tuple(records), "Caa") for holder, *records in sets]
    places = {}
    for place, (holder, *_) in enumerate(sets):
        key = str(holder) if isinstance(holder, DomainName) else ""
        places.setdefault(key, []).append(place)
    return judged(parse_name(name), listed, places, DAY)


@given(
    relatives(),
    st.dictionaries(
        relatives().map(lambda name: getattr(name, "parent", name)),
        st.lists(st.sampled_from([AMAZON, OTHERS, NOBODY, '0 issuewild "ca.org"']), max_size=2),
    ),
)
def test_what_is_known_is_judged_as_the_library_does(name, sets):
    """With all records known and one set for each name, the verdict is that of `may_issue`."""
    found = said(str(name), *((holder, *records) for holder, records in sets.items()))
    verdict = may_issue(name, {str(holder): records for holder, records in sets.items()})
    assert found.unsure == ""
    assert found.verdict == (verdict if verdict.found_at else None)
    assert bool(found.places) is bool(verdict.found_at)


A, B = DomainName("a.io"), DomainName("b.a.io")


@pytest.mark.parametrize(
    ("sets", "allowed", "unsure", "places"),
    [
        ([(A, AMAZON), (A, AMAZON)], True, "", (0, 1)),
        ([(A, OTHERS), (A, NOBODY)], False, "", (0, 1)),
        (
            [(A, AMAZON), (A, OTHERS)],
            None,
            "the CAA records of `a.io` are written more than once, and differ",
            (0, 1),
        ),
        ([(B,), (A, AMAZON)], True, "", (1,)),
        ([(Unresolved((X,)), AMAZON), (A, AMAZON)], None, "`${X}` is not known", ()),
        ([(A, Unresolved(('0 issue "', X, '"')))], None, "`${X}` is not known", (0,)),
        ([(A, Unresolved(('0 issue "ca.org; x=', X)))], False, "", (0,)),
        ([(A, AMAZON), (A, Unresolved((X,)))], None, "`${X}` is not known", (0, 1)),
    ],
)
def test_several_sets_and_unknown_ones(sets, allowed, unsure, places):
    """Sets of one name have to agree; what is unknown decides nothing, if it matters."""
    found = said("b.a.io", *sets)
    assert (found.verdict and found.verdict.allowed, found.unsure) == (allowed, unsure)
    assert found.places == places


def test_too_many_unknown_names():
    """Beyond as many as a certificate may list, names are compared no more."""
    sets = [(Unresolved((Unknown(f"${{X{n}}}"), ".com")), OTHERS) for n in range(101)]
    assert said("b.a.io", *sets).unsure == "`${X0}` is not known"
    assert said("b.a.io", *sets[1:]) == Judgement()
