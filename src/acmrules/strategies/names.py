"""Strategies for names and lists of names, the hosts that they cover, and strings that fail."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase, digits

from hypothesis import strategies as st

from acmrules.coverage import CoverageIndex
from acmrules.name_errors import InvalidName, NameFault
from acmrules.name_list import NameList
from acmrules.names import DomainName, Name, WildcardDomainName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import SearchStrategy

_FAMILIAR_LABELS = ("www", "api", "a", "b", "dev", "bar", "xn--bcher-kva", "xn--strae-oqa", "1-2")
_TOP_LABELS = ("com", "io", "uk", "example", "museum", "xn--p1ai")


@cache
def labels() -> SearchStrategy[str]:
    """Draw labels of a canonical name: letters, digits and hyphens, some of them A-labels."""
    inner = st.text(ascii_lowercase + digits + "-", max_size=8).filter(lambda t: "--" not in t)
    edges = st.sampled_from(ascii_lowercase + digits)
    written = st.tuples(edges, inner, edges).map("".join).filter(lambda t: "--" not in t)
    return st.sampled_from(_FAMILIAR_LABELS) | edges | written


@cache
def domain_names() -> SearchStrategy[DomainName]:
    """Draw names that are not wildcards, short enough to have a wildcard below them."""
    tops = st.sampled_from(_TOP_LABELS) | st.text(ascii_lowercase, min_size=2, max_size=6)
    return st.builds(
        lambda below, top: DomainName(".".join([*below, top])),
        st.lists(labels(), min_size=1, max_size=4),
        tops,
    )


@cache
def wildcard_domain_names() -> SearchStrategy[WildcardDomainName]:
    """Draw wildcards."""
    return domain_names().map(WildcardDomainName)


@cache
def names() -> SearchStrategy[Name]:
    """Draw names of both kinds."""
    return domain_names() | wildcard_domain_names()


@cache
def related_names() -> SearchStrategy[Name]:
    """Draw names of both kinds within `example.com`, so that they often cover one another."""
    plain = st.lists(st.sampled_from("ab"), max_size=3).map(
        lambda below: DomainName(".".join([*below, "example.com"]))
    )
    return plain | plain.map(WildcardDomainName)


def name_lists(
    items: SearchStrategy[Name] | None = None, *, max_size: int = 6
) -> SearchStrategy[NameList]:
    """Draw lists of one to `max_size` names, which are related unless you pass `items`."""
    listed = related_names() if items is None else items
    return st.lists(listed, min_size=1, max_size=max_size).map(NameList)


def covered_hosts(names: Iterable[str | Name]) -> SearchStrategy[DomainName]:
    """Draw hosts that a certificate with these names covers. Raises `InvalidName`."""
    return st.sampled_from(list(NameList(names))).flatmap(_covered)


def uncovered_hosts(names: Iterable[str | Name]) -> SearchStrategy[DomainName]:
    """Draw hosts that no certificate with these names covers. Raises `InvalidName`.

    Most are close: the parents of wildcards, the subdomains of names, and one label more than a
    wildcard covers.
    """
    listed = NameList(names)
    index = CoverageIndex(listed)
    plain = [name.parent if isinstance(name, WildcardDomainName) else name for name in listed]
    near = st.sampled_from(plain)
    short = [name for name in plain if name.octets <= _SHORT]
    below = (
        st.builds(_below, st.lists(labels(), min_size=1, max_size=2), st.sampled_from(short))
        if short
        else st.nothing()
    )
    return (near | below | domain_names()).filter(lambda host: index.covering(host) is None)


_SHORT = 200
"""Two labels more are never too long for names up to this length."""


def _covered(name: Name) -> SearchStrategy[DomainName]:
    if isinstance(name, DomainName):
        return st.just(name)
    parent = name.parent
    below = labels() if parent.octets <= _SHORT else st.sampled_from(ascii_lowercase)
    return below.map(lambda label: _below([label], parent))


def _below(labels: Iterable[str], parent: DomainName) -> DomainName:
    return DomainName(".".join([*labels, str(parent)]))


def invalid_names(fault: NameFault | None = None) -> SearchStrategy[str]:
    """Draw strings for which `DomainName` raises `InvalidName`, with one fault or with any.

    `parse_name` raises the same fault, except for `UNEXPECTED_WILDCARD`. With `NO_WILDCARD`, draw
    names for which `WildcardDomainName` raises it.
    """
    if fault is NameFault.NO_WILDCARD:
        return domain_names().map(str)
    by_fault = _by_fault()
    if fault is None:
        return st.sampled_from([*by_fault]).flatmap(invalid_names)
    return by_fault[fault].filter(lambda text: _fault(text) is fault)


def _fault(text: str) -> NameFault | None:
    try:
        DomainName(text)
    except InvalidName as error:
        return error.fault
    return None


@cache
def _by_fault() -> dict[NameFault, SearchStrategy[str]]:
    """Return the strategy of each fault; few of the strings that it draws have another one."""
    plain, label, letters = domain_names().map(str), labels(), st.sampled_from(ascii_lowercase)
    tops = st.sampled_from(_TOP_LABELS)
    addresses = st.ip_addresses().map(str)

    def joined(*parts: SearchStrategy[str] | str) -> SearchStrategy[str]:
        drawn = (st.just(part) if isinstance(part, str) else part for part in parts)
        return st.tuples(*drawn).map("".join)

    def repeated(least: int, most: int) -> SearchStrategy[str]:
        return st.builds(lambda letter, count: letter * count, letters, st.integers(least, most))

    long = repeated(63, 63)
    return {
        NameFault.EMPTY: st.just(""),
        NameFault.BLANK: joined(st.sampled_from([" ", "\t", "\n", "www. "]), plain)
        | joined(plain, st.sampled_from([" ", "\n"])),
        NameFault.URL: joined(st.sampled_from(["https://", "http://"]), plain)
        | joined(plain, "/", label),
        NameFault.MAIL_ADDRESS: joined(label, "@", plain),
        NameFault.PORT: joined(plain, ":", st.integers(1, 65_535).map(str)),
        NameFault.FORBIDDEN_CHARACTER: joined(st.sampled_from("!$&+,;~'\""), plain),
        NameFault.UNDERSCORE: joined("_", plain),
        NameFault.TRAILING_DOT: joined(plain, "."),
        NameFault.EMPTY_LABEL: joined(".", plain) | joined(label, "..", plain),
        NameFault.LONG_LABEL: joined(repeated(64, 80), ".", plain),
        NameFault.LONG_NAME: joined(long, ".", long, ".", long, ".", long, ".", plain),
        NameFault.EDGE_HYPHEN: joined("-", plain) | joined(letters, "-.", plain),
        NameFault.SINGLE_LABEL: st.sampled_from(["localhost", "intranet"]) | letters | label,
        NameFault.SHORT_TOP_LABEL: joined(label, ".", letters),
        NameFault.DISALLOWED_CODE_POINT: joined(st.sampled_from("\u2603\u2665\u2713"), ".", plain),
        NameFault.BIDI: joined("\u05d0", letters, ".", plain)
        | joined(st.sampled_from(digits), "\u05d0.", plain),
        NameFault.RESERVED_LABEL: joined(letters, letters, "--", letters, ".", plain),
        NameFault.BROKEN_A_LABEL: joined(st.sampled_from(["xn--a", "xn--0", "xn--zz"]), ".", plain),
        NameFault.IP_ADDRESS: addresses,
        NameFault.NUMERIC_TOP_LABEL: joined(label, ".", st.integers(0, 999).map(str)),
        NameFault.PARTIAL_WILDCARD: joined(letters, "*.", plain) | joined("*", letters, ".", plain),
        NameFault.INNER_WILDCARD: joined(label, ".*.", plain),
        NameFault.LONE_WILDCARD: st.sampled_from(["*", "*."]),
        NameFault.UNEXPECTED_WILDCARD: joined("*.", plain),
        NameFault.TOP_LEVEL_WILDCARD: joined("*.", tops),
    }
