from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.examined import decoded, parent_of, scalar_rule_ids
from tests.support.rules import RULES
from tests.support.strategies import name_texts

from acmrules import CertificateRequest
from acmrules.arrow import rules
from acmrules.arrow.names import read_names
from acmrules.arrow.rules import NAME_RULES, broken_rules
from acmrules.arrow.suffixes import find_suffixes
from acmrules.errors import InvalidArgument
from acmrules.facts.fact import CHECKED
from acmrules.lint import check
from acmrules.lint.rules.names import SUFFIX_GROUPS
from acmrules.names import Name
from acmrules.strategies import domain_names, invalid_names, labels, names
from acmrules.suffix_lists import default_suffixes
from acmrules.suffixes import PublicSuffixes
from acmrules.unresolved import read_name

DATES = [date(2018, 1, 1), date(2026, 3, 14), date(2026, 3, 15), date(2029, 1, 1)]
OTHER_LIST = PublicSuffixes(
    "com\nlocal\nexample.com\n*.arpa\n"
    "// ===BEGIN PRIVATE DOMAINS===\namazonaws.com\nyour-domain.com\nnotatld\n"
)
"""A list in which suffixes that rules search for are public suffixes of both sections."""

STAND_INS = ["your-domain.com", "mycompany.co.uk", "example.de", "my.domain", "foo.bar"] + [
    f"brightharbor.{end}" for end in ("tld", "change-me", "todo", "xxxxx", "your-tld")
]
SUFFIXES = ["com", "co.uk", "kobe.jp", "ck", "www.ck", "github.io", "notatld", "xn--p1ai"]
ENDS = [suffix[1:] for group in SUFFIX_GROUPS for suffix in group]
LONG = ".".join(["a" * 49] * 4)


def below(ends):
    """Draw names that are one of the ends, directly under it, deeper, or that just look like it."""
    above = st.sampled_from(["", "*.", "www.", "*.www.", "a.b.", "my", "your-", "*.x-"]) | (
        labels().map("{}.".format)
    )
    return st.builds("{}{}".format, above, st.sampled_from(ends))


@st.composite
def respelled(draw, texts):
    """Draw texts with a few letters in uppercase or full width."""
    text = draw(texts)
    change = draw(st.sampled_from([str, str.upper, str.title, full_width]))
    start = draw(st.integers(0, 8))
    return text[:start] + change(text[start:]) if draw(st.booleans()) else text


def full_width(text):
    """Return a string with the full-width form of each letter."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in text)


def rows():
    """Draw rows of a column: bytes of names with every trait, of other strings, and nulls."""
    long = st.builds(
        "{}{}{}".format, st.sampled_from(["", "*.", "A."]), st.just(f"{LONG}."), names()
    )
    strings = (
        respelled(names().map(str))
        | respelled(below(ENDS))
        | respelled(below(STAND_INS))
        | respelled(below(SUFFIXES))
        | invalid_names()
        | long
        | st.integers(16, 22).map(lambda n: f"{LONG}.{'a' * (n - 4)}.com")
        | name_texts()
    ).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return strings | st.none() | st.binary(max_size=6)


def ids_of(texts, suffixes=None, as_of=CHECKED):
    """Return the rules that each text breaks."""
    suffixes = suffixes or default_suffixes()
    column = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.binary())
    read = read_names(column)
    found = broken_rules(column, read, find_suffixes(read.domains, suffixes), suffixes, as_of)
    assert found.type == pa.list_(pa.string())
    return found.to_pylist()


def reported(text, *others, place):
    """Return the ids of the rules that the linter reports at a name among others."""
    listed = [*others[:place], text, *others[place:]]
    request = CertificateRequest.of(listed, validation_method="DNS")
    findings = check(request, settings={}).findings
    return {finding.rule.id for finding in findings if finding.path == ("names", place)}


@given(st.lists(rows(), max_size=8), st.sampled_from(DATES), st.sampled_from([None, OTHER_LIST]))
def test_each_row_has_the_rules_that_the_linter_reports(texts, day, suffixes):
    """Each row has the ids that the linter reports for its text on the date, or null for a null."""
    suffixes = suffixes or default_suffixes()
    expected = [None if t is None else scalar_rule_ids(t, suffixes, day) for t in texts]
    assert ids_of(texts, suffixes, day) == expected


def test_combinations_of_traits_are_kept_apart():
    """A column with every combination of traits has the ids that the linter reports for each."""
    ends = [*ENDS, *STAND_INS, *SUFFIXES, "brightharbor.io"]
    hosts = [host + end for end in ends for host in ("", "*.", "www.", f"{LONG}.www.too.long.")]
    hosts = [host for host in hosts if isinstance(read_name(host), Name)]
    texts = [write(host).encode() for write in (str, str.upper, full_width) for host in hosts]
    expected = [scalar_rule_ids(text, default_suffixes(), CHECKED) for text in texts]
    assert ids_of(texts) == expected
    assert {rule for ids in expected for rule in ids} >= {"ACM101", "ACM202", "ACM305"}


@settings(max_examples=15)
@given(st.lists(rows(), min_size=1, max_size=8), st.data())
def test_a_slice_has_the_rows_of_its_column(texts, data):
    """A slice of a column has the same rules as these rows in the whole column."""
    start = data.draw(st.integers(0, len(texts)))
    column = pa.array(texts, pa.binary())
    assert ids_of(column.slice(start)) == ids_of(column)[start:]


@pytest.mark.parametrize("rule", NAME_RULES)
def test_examples_of_the_rules_break_them(rule):
    """A name breaks a rule if it fails in an example of the rule, and not if the example passes."""
    for example in RULES[rule].examples:
        if not example.names:
            continue  # Examples of a consumer have no name.
        found = ids_of([name.encode() for name in example.names], as_of=example.as_of or CHECKED)
        if example.at is None:
            assert not any(rule in ids for ids in found)
        else:
            assert rule in found[example.at[1]]


@pytest.mark.parametrize("day", DATES)
def test_reverse_zones_break_a_rule_from_its_date(day):
    """Names in reverse zones break ACM108 from 2026-03-15, and no rule before."""
    expected = ["ACM108"] if day >= date(2026, 3, 15) else []
    assert ids_of([b"2.0.192.in-addr.arpa"], as_of=day) == [expected]


@given(rows().filter(lambda text: text is not None))
def test_other_rules_depend_on_other_names_or_the_order(text):
    """Next to its parent, a name breaks only name rules, and ACM301 if it is the primary name."""
    text = decoded(text)
    name = read_name(text)
    parents = [str(parent_of(name))] if isinstance(name, Name) and str(name)[0] == "*" else []
    others = ["brightharbor.io", *parents]
    assert reported(text, *others, place=len(others)) <= {*NAME_RULES}
    assert reported(text, *others, place=0) <= {*NAME_RULES, "ACM301"}


@given(domain_names().map(str), below(ENDS + STAND_INS + SUFFIXES))
def test_rules_of_a_name_are_reported_next_to_other_names(other, text):
    """The linter reports the rules of a name whatever the other names are."""
    once = {"ACM110", "ACM111"}  # They are reported at the first name that breaks them.
    found = {*ids_of([text.encode()])[0]} - once
    if text != other:
        assert reported(text, "brightharbor.io", other, place=2) >= found


def test_linter_runs_once_for_each_combination_of_traits(monkeypatch):
    """The linter checks one of the names that are written alike and end alike, and no clean one."""
    checked = []
    original = rules._reported
    monkeypatch.setattr(
        rules, "_reported", lambda text, linter: checked.append(text) or original(text, linter)
    )
    plain = [b"host%d.brightharbor.io" % n for n in range(500)]
    upper = [b"HOST%d.brightharbor.io" % n for n in range(500)]
    internal = [b"host%d.site%d.internal" % (n, n) for n in range(500)]
    amazon = [b"host%d.eu-west-1.elb.amazonaws.com" % n for n in range(500)]
    faulty = [b"host_%d.brightharbor.io" % n for n in range(500)]
    found = ids_of([*plain, *upper, *internal, *amazon, *faulty])
    assert found[::500] == [[], ["ACM102"], ["ACM105"], ["ACM107"], ["ACM101"]]
    assert checked == [column[0] for column in (upper, internal, amazon, faulty)]


def test_empty_column_has_no_rows():
    """A column without rows has no rules."""
    assert ids_of([]) == []


def test_date_before_acm_is_refused():
    """A date before ACM launched raises `InvalidArgument`, also for clean names."""
    with pytest.raises(InvalidArgument):
        ids_of([b"brightharbor.io"], as_of=date(2015, 1, 1))
