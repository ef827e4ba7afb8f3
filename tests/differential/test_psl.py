"""Three lists and their libraries, compared with our reading of the same lists.

Known differences:

* the public suffix of the parent of a wildcard rule, `kobe.jp` for `*.kobe.jp`: `tldextract`
  follows the letter of the published algorithm, by which no rule matches it. All names below it
  are public suffixes, so it is one for `publicsuffixlist`, `publicsuffix2` and us;
* a name under no rule: by the algorithm its last label is the public suffix, with one label more
  for the base. `tldextract` returns neither, and `publicsuffix2` the last label for both;
* the base domain name of a public suffix: `publicsuffix2` returns the suffix, the others nothing.
"""

import functools
import pathlib
import re

import idna
import publicsuffix2
import publicsuffixlist
import pytest
import tldextract
from hypothesis import assume, given
from hypothesis import strategies as st

from acmrules.errors import InvalidName
from acmrules.names import DomainName, parse_name
from acmrules.strategies import domain_names
from acmrules.suffix_lists import SOURCES, suffixes_from

suffixes_in = functools.cache(suffixes_from)


def lines(source):
    """Return the rules of a list as they are written."""
    text = suffixes_in(source)._utf8.decode()
    return [line for line in text.split("\n") if line and not line.startswith("//")]


@functools.cache
def bare_rules(source):
    """Return the names in rules, as A-labels, and those of wildcard rules."""
    rules = [(line, idna_text(line.lstrip("*.!"))) for line in lines(source)]
    return [bare for _, bare in rules], {bare for line, bare in rules if line[0] == "*"}


def idna_text(rule):
    labels = (x if x.isascii() else idna.alabel(x).decode() for x in rule.split("."))
    return ".".join(labels)


@functools.cache
def hosts_by_rule(source):
    """Return the name of each rule, and names one, two and three labels below it."""
    rules, _ = bare_rules(source)
    texts = [below + rule for rule in rules for below in ("", "a.", "b.a.", "www.b.a.")]
    return [DomainName(text) for text in texts if "." in text]


def hosts(source):
    """Draw names of labels in rules, which end in rules, or nearly."""
    rules, _ = bare_rules(source)
    below = st.lists(st.sampled_from(["a", "www", "city", "compute", "xn--bcher-kva"]), max_size=3)
    ruled = st.builds(lambda labels, rule: ".".join([*labels, rule]), below, st.sampled_from(rules))
    return ruled.filter(lambda text: "." in text).map(DomainName) | domain_names()


@functools.cache
def psl(*, only_icann):
    return publicsuffixlist.PublicSuffixList(only_icann=only_icann)


@functools.cache
def tld(*, private):
    return tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=private
    )


@functools.cache
def psl2():
    return publicsuffix2.PublicSuffixList()


def our_suffix_and_base(suffixes, name):
    """Return our suffix and base domain name as strings."""
    base = suffixes.base_domain_name(name)
    return suffixes.public_suffix(name), base and str(base)


def by_publicsuffixlist(name, *, icann):
    oracle = psl(only_icann=icann)
    return oracle.publicsuffix(str(name)), oracle.privatesuffix(str(name))


def by_tldextract(name, *, icann):
    found = tld(private=not icann)(str(name))
    return found.suffix, found.top_domain_under_public_suffix or None


def by_publicsuffix2(name):
    suffix, base = psl2().get_tld(str(name)), psl2().get_sld(str(name))
    return suffix, None if base == suffix else base


class TestPublicSuffixList:
    """`publicsuffixlist` agrees with us for every name, on its own list."""

    @pytest.mark.parametrize("icann", [False, True])
    def test_every_rule(self, icann):
        """Each rule, and what is below it, has the same suffix and base in both sections."""
        suffixes = suffixes_in("publicsuffixlist")
        suffixes = suffixes.icann if icann else suffixes
        assert not [
            name
            for name in hosts_by_rule("publicsuffixlist")
            if our_suffix_and_base(suffixes, name) != by_publicsuffixlist(name, icann=icann)
        ]

    @given(hosts("publicsuffixlist"), st.booleans())
    def test_drawn_names(self, name, icann):
        """Drawn names have the same suffix and base, under an unlisted last label too."""
        suffixes = suffixes_in("publicsuffixlist")
        suffixes = suffixes.icann if icann else suffixes
        assert our_suffix_and_base(suffixes, name) == by_publicsuffixlist(name, icann=icann)


class TestTldextract:
    """`tldextract` differs for parents of wildcard rules and unlisted ends, on its own list."""

    @pytest.mark.parametrize("icann", [False, True])
    def test_every_rule(self, icann):
        """The names on which the two differ are parents of wildcard rules, and public suffixes."""
        suffixes = suffixes_in("tldextract")
        suffixes = suffixes.icann if icann else suffixes
        _, parents = bare_rules("tldextract")
        differing = [
            name
            for name in hosts_by_rule("tldextract")
            if our_suffix_and_base(suffixes, name) != by_tldextract(name, icann=icann)
        ]
        assert {str(name) for name in differing} <= parents
        assert all(suffixes.is_public_suffix(name) for name in differing)
        assert DomainName("kobe.jp") in differing

    @given(hosts("tldextract"), st.booleans())
    def test_drawn_names(self, name, icann):
        """Drawn names differ only where the list does not know their last label."""
        suffixes = suffixes_in("tldextract")
        suffixes = suffixes.icann if icann else suffixes
        _, parents = bare_rules("tldextract")
        assume(str(name) not in parents)
        if suffixes.is_listed(name):
            assert our_suffix_and_base(suffixes, name) == by_tldextract(name, icann=icann)
        else:
            assert suffixes.public_suffix(name) == name.labels[-1]
            assert by_tldextract(name, icann=icann) == ("", None)


class TestPublicSuffix2:
    """`publicsuffix2` differs only for the base of a suffix, on its own list."""

    def test_every_rule(self):
        """Each rule, and what is below it, has the same suffix and base."""
        suffixes = suffixes_in("publicsuffix2")
        assert not [
            name
            for name in hosts_by_rule("publicsuffix2")
            if our_suffix_and_base(suffixes, name) != by_publicsuffix2(name)
        ]

    @given(hosts("publicsuffix2"))
    def test_drawn_names(self, name):
        """Drawn names have the same suffix, and the same base where their last label is listed."""
        suffix, base = by_publicsuffix2(name)
        suffixes = suffixes_in("publicsuffix2")
        assert suffixes.public_suffix(name) == suffix
        if suffixes.is_listed(name):
            assert our_suffix_and_base(suffixes, name) == (suffix, base)
        else:
            assert (suffix, base) == (name.labels[-1], None)


class TestOwnChecks:
    """The checks that the maintainers publish with the list."""

    def test_the_published_checks(self):
        """Every published check of a valid name has the expected base domain name."""
        folder = pathlib.Path(publicsuffixlist.__file__).parent
        checks = re.findall(
            r"^checkPublicSuffix\('([^']+)', (?:null|'([^']+)')\)",
            (folder / "test_psl.txt").read_text("utf-8"),
            re.MULTILINE,
        )
        suffixes, checked = suffixes_in("publicsuffixlist"), 0
        for text, expected in checks:
            try:
                name = parse_name(text)
            except InvalidName:
                assert "." not in text.lstrip(".") or text.startswith(".")
                continue
            checked += 1
            base = suffixes.base_domain_name(name)
            assert base == (parse_name(expected) if expected else None), text
        assert checked > 50

    @pytest.mark.parametrize("source", SOURCES)
    @pytest.mark.parametrize(
        ("name", "base"),
        [
            ("kobe.jp", None),
            ("c.kobe.jp", None),
            ("b.c.kobe.jp", "b.c.kobe.jp"),
            ("a.b.c.kobe.jp", "b.c.kobe.jp"),
            ("city.kobe.jp", "city.kobe.jp"),
            ("www.city.kobe.jp", "city.kobe.jp"),
            ("test.ck", None),
            ("b.test.ck", "b.test.ck"),
            ("www.ck", "www.ck"),
            ("www.www.ck", "www.ck"),
            ("co.uk", None),
            ("www.example.co.uk", "example.co.uk"),
            ("github.io", None),
            ("www.me.github.io", "me.github.io"),
            ("www.example.local", "example.local"),
            ("食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn"),
        ],
    )
    def test_rules_of_every_kind(self, source, name, base):
        """Wildcards, exceptions, sections and A-labels are read alike in every list."""
        found = suffixes_in(source).base_domain_name(name)
        assert (found and str(found)) == base
