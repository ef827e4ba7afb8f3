import functools
import pathlib
import pickle
import re

import publicsuffixlist
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import suffix_lists

from acmrules.arrow.suffixes import find_suffixes
from acmrules.errors import InvalidName
from acmrules.names import parse_name, unchecked_name
from acmrules.strategies import domain_names
from acmrules.suffix_lists import default_suffixes
from acmrules.suffixes import PublicSuffixes

LONGEST = ".".join(["a"] * 127)


def scalar(domain, suffixes):
    """Return the suffix, the section and the base domain name that the list returns for a name."""
    if domain is None:
        return None, None, None
    name = unchecked_name(domain)
    base = suffixes.base_domain_name(name)
    return suffixes.public_suffix(name), suffixes.section(name), base and str(base)


def columns(domains, suffixes):
    """Return the rows that `find_suffixes` returns, after a check that the columns are sound."""
    array = domains if isinstance(domains, pa.Array) else pa.array(domains, pa.string())
    found = find_suffixes(array, suffixes)
    rows = [found.suffixes, found.sections, found.base_domain_names]
    for column in rows:
        column.validate(full=True)
        assert column.type == pa.string()
    return [*zip(*(column.to_pylist() for column in rows), strict=True)]


@functools.cache
def rule_domains():
    """Return the domains of the rules of the installed list, in order."""
    return sorted(default_suffixes().rule_domains())


def hosts():
    """Draw names at and below rules of the installed list, and below no rule."""
    special = ["www.ck", "ck", "kobe.jp", "city.kobe.jp", "github.io", "compute.amazonaws.com"]
    below = st.lists(st.sampled_from(["a", "www", "city", "xn--tda", "s3"]), max_size=3)
    ends = st.sampled_from(rule_domains()) | st.sampled_from([*special, "local", "zaz", LONGEST])
    ruled = st.builds(lambda labels, end: ".".join([*labels, end]), below, ends)
    return ruled.filter(lambda text: "." in text) | domain_names().map(str)


def small_hosts():
    """Draw names at and below the rules of `suffix_lists`, and below no rule."""
    labels = st.lists(st.sampled_from(["a", "b", "xn--tda"]), min_size=1, max_size=4)
    tops = st.sampled_from(["com", "com", "com", "io"])
    return st.builds(lambda below, top: ".".join([*below, top]), labels, tops)


class TestLaws:
    """Each row has the answers of the list."""

    @given(st.lists(st.none() | hosts()))
    def test_rows_under_the_installed_list(self, domains):
        """Names at and below any rule, and below none, have the answers of the list."""
        suffixes = default_suffixes()
        assert columns(domains, suffixes) == [scalar(each, suffixes) for each in domains]

    @given(suffix_lists(), st.lists(st.none() | small_hosts()))
    def test_rows_under_small_lists(self, text, domains):
        """Wildcards and exceptions of both sections apply as in the list, and in its section."""
        suffixes = PublicSuffixes(text)
        for each in (suffixes, suffixes.icann):
            assert columns(domains, each) == [scalar(domain, each) for domain in domains]

    @given(
        st.lists(
            st.sampled_from(["com", "a.com", "*.a.com", "!b.com", "!com", "*.com", "*.b.a.com"])
        ),
        st.integers(0, 7),
    )
    def test_rows_under_lists_that_break_the_conventions(self, rules, private):
        """Exceptions without wildcards, and wildcards below exceptions, apply as in the list."""
        marked = [*rules[:private], "// ===BEGIN PRIVATE DOMAINS===", *rules[private:]]
        suffixes = PublicSuffixes("\n".join(marked))
        domains = ["a.com", "b.com", "a.b.com", "b.a.com", "a.b.a.com", "c.a.b.a.com", "a.io"]
        assert columns(domains, suffixes) == [scalar(domain, suffixes) for domain in domains]

    @given(st.lists(st.none() | hosts()), st.integers(0, 5), st.integers(0, 5))
    def test_a_slice_has_the_rows_of_the_whole(self, domains, start, length):
        """A slice is independent of the rows around it, and of bytes that a null hides."""
        hidden = pa.array([domain or "hidden.co.uk" for domain in domains], pa.string())
        mask = pa.array([domain is not None for domain in domains], pa.bool_())
        bits = None if mask.null_count == len(mask) else mask.buffers()[1]
        array = pa.StringArray.from_buffers(
            len(hidden), hidden.buffers()[1], hidden.buffers()[2], bits
        )
        rows = columns(array, default_suffixes())
        assert columns(array.slice(start, length), default_suffixes()) == rows[start:][:length]


def test_every_rule_of_the_installed_list():
    """Each rule, and names up to two labels below it, have the answers of the list."""
    suffixes = default_suffixes()
    domains = [below + end for end in rule_domains() for below in ("", "a.", "b.a.")]
    domains = [domain for domain in domains if "." in domain]
    assert columns(domains, suffixes) == [scalar(domain, suffixes) for domain in domains]


def test_the_published_checks():
    """Every published check of a valid name has the expected base domain name."""
    folder = pathlib.Path(publicsuffixlist.__file__).parent
    text = (folder / "test_psl.txt").read_text("utf-8")
    checks = re.findall(r"^checkPublicSuffix\('([^']+)', (?:null|'([^']+)')\)", text, re.MULTILINE)
    expected = {}
    for name, base in checks:
        try:
            expected[str(parse_name(name))] = str(parse_name(base)) if base else None
        except InvalidName:
            continue
    assert len(expected) > 50
    rows = columns([*expected], default_suffixes())
    assert [base for _, _, base in rows] == [*expected.values()]


@pytest.mark.parametrize(
    ("domain", "row"),
    [
        ("www.example.co.uk", ("co.uk", "icann", "example.co.uk")),
        ("co.uk", ("co.uk", "icann", None)),
        ("me.github.io", ("github.io", "private", "me.github.io")),
        ("a.www.ck", ("ck", "icann", "www.ck")),
        ("a.shop.ck", ("shop.ck", "icann", "a.shop.ck")),
        ("a.local", ("local", None, "a.local")),
        (LONGEST, ("a", None, "a.a")),
        (None, (None, None, None)),
    ],
)
def test_rows(domain, row):
    """Each row has the suffix, its section, and the base domain name."""
    assert columns([domain], default_suffixes()) == [row]


@pytest.mark.parametrize("domains", [[], [None, None]])
def test_columns_without_names(domains):
    """An empty column has no rows, and a column of nulls has nulls."""
    assert columns(domains, default_suffixes()) == [(None, None, None)] * len(domains)


def test_a_list_without_rules():
    """Under no rule the last label is the public suffix."""
    assert columns(["a.example.com"], PublicSuffixes("")) == [("com", None, "example.com")]


def test_the_tables_of_a_list_are_made_once_and_are_not_pickled():
    """A second column reads the rules of the list no more, and a pickle has the list alone."""
    suffixes = PublicSuffixes("com\nco.uk")
    pickled = pickle.dumps(suffixes)
    columns(["a.co.uk"], suffixes)
    tables = suffixes._tables
    columns(["b.co.uk"], suffixes)
    assert tables is not None
    assert suffixes._tables is tables
    assert pickle.dumps(suffixes) == pickled
