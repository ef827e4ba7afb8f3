"""Which hosts a list of names covers, and why it does not cover the others.

A presented name is a name of the certificate; a reference name is the name to check (RFC 9525). A
wildcard covers only names exactly one label below its parent (fact 1.23).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from acmrules.name_list import folded, folded_hosts
from acmrules.names import DomainName, Name, WildcardDomainName, parse_dns_name, parse_name
from acmrules.partial import MOST_COMPARED, any_of, are_equal, symbols, unknown_clause
from acmrules.unresolved import ListedName, Malformed, Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, SupportsIndex

    from acmrules.partial import Symbols


class CoverageIndex:
    """An index of the names of a certificate for fast coverage checks.

    The cost of a check does not depend on the number of names. Names and hosts may be strings, and
    a host may end in a dot. Raises `InvalidName` if a string is not a name.

    >>> index = CoverageIndex(["example.com", "*.example.com"])
    >>> "www.example.com" in index, "a.b.example.com" in index
    (True, False)
    """

    __slots__ = ("_below", "_names", "_wildcards")

    def __init__(self, names: Iterable[str | Name]) -> None:
        listed = folded(names)
        self._names = {str(name): name for name in listed}
        self._wildcards = {
            str(name.parent): name for name in listed if isinstance(name, WildcardDomainName)
        }
        self._below: dict[str, Name] = {}

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        return object.__reduce_ex__(self, 2)  # Older protocols have no slots.

    def covers(self, host: str | Name) -> bool:
        """Return whether a name covers a host; a wildcard is covered only by the same wildcard."""
        # Names are far more frequent than strings; a type check would take a fifth of the time.
        try:
            text = host._text  # type: ignore[union-attr]  # noqa: SLF001
        except AttributeError:
            text = parse_dns_name(host)._text  # noqa: SLF001
        # The part after `*.` is the wildcard's parent, so the second test is right for it too.
        return text in self._names or text.partition(".")[2] in self._wildcards

    __contains__ = covers

    def covering(self, host: str | Name) -> Name | None:
        """Return the name that covers a host; the host itself takes precedence over a wildcard."""
        text = str(parse_dns_name(host))
        return self._names.get(text) or self._wildcards.get(text.partition(".")[2])

    def uncovered(self, host: str | Name) -> Uncovered | None:
        """Return the nearest name and why it does not cover a host, or `None` if a name does."""
        host = parse_dns_name(host)
        if self.covers(host):
            return None
        nearest, reason = self._nearest(host)
        is_deep = reason is Miss.TOO_DEEP
        to_add = parse_name("*." + str(host).partition(".")[2]) if is_deep else host
        return Uncovered(host, nearest, reason, to_add)

    def _nearest(self, host: Name) -> tuple[Name | None, Miss]:
        """Return the name with the most specific reason, and the most labels in common."""
        text = str(host)
        above = [*_superdomains(text)]
        below = self._first_below()
        searches = (
            (self._wildcards, [text], Miss.PARENT_OF_WILDCARD),
            (self._wildcards, above, Miss.TOO_DEEP),
            (self._names, above, Miss.BELOW_PLAIN_NAME),
            (below, [text] if isinstance(host, WildcardDomainName) else [], Miss.WILDCARD_HOST),
            (below, [text, *above], Miss.DIFFERENT_NAME),
        )
        for names, domains, reason in searches:
            for domain in domains:
                if domain in names:
                    return names[domain], reason
        return None, Miss.NOTHING_LISTED

    def _first_below(self) -> dict[str, Name]:
        """Return the first name below each domain, and below `*.` and a domain the first plain one.

        Built for the first host that is not covered. All names are below the empty string.
        """
        if not self._below:
            below: dict[str, Name] = {}
            for text, name in self._names.items():
                for domain in _superdomains(text):
                    below.setdefault(domain, name)
                    if isinstance(name, DomainName):
                        below.setdefault(f"*.{domain}", name)
            # Assigned when it is complete, because other threads may use the same index.
            self._below = below
        return self._below


def covers(name: str | Name, host: str | Name) -> bool:
    """Return whether a name of a certificate covers a host, which may end in a dot.

    Raises `InvalidName` if a string is not a name.

    >>> covers("*.bar.example.com", "foo.bar.example.com")
    True
    >>> covers("*.bar.example.com", "bar.example.com")
    False
    """
    return CoverageIndex((name,)).covers(host)


class Miss(Enum):
    """Why the nearest name does not cover a host, the most specific reason first."""

    PARENT_OF_WILDCARD = "a wildcard does not cover its own parent"
    TOO_DEEP = "a wildcard covers only one label below its parent"
    BELOW_PLAIN_NAME = "a name without a wildcard does not cover its subdomains"
    WILDCARD_HOST = "a name without a wildcard does not cover a wildcard"
    DIFFERENT_NAME = "it is a different name"
    NOTHING_LISTED = "there are no names"


class Uncovered(Value):
    """A host that no name covers, the nearest name, and why that name does not cover it.

    `name_to_add` covers the host. It is the host itself, or a wildcard at its level if the host is
    too deep for the nearest wildcard.
    """

    host: Name
    nearest: Name | None
    reason: Miss
    name_to_add: Name


def uncovered(names: Iterable[str | Name], hosts: Iterable[str | Name]) -> tuple[Uncovered, ...]:
    """Return the distinct hosts that no name covers, in order, with the nearest name.

    A host may end in a dot. Raises `InvalidName` if a string is not a name.

    >>> [missed] = uncovered(["*.bar.example.com"], ["bar.example.com", "foo.bar.example.com"])
    >>> str(missed.host), missed.reason.value
    ('bar.example.com', 'a wildcard does not cover its own parent')
    """
    index = CoverageIndex(names)
    return tuple(miss for host in folded_hosts(hosts) if (miss := index.uncovered(host)))


def redundant_names(names: Iterable[str | Name]) -> tuple[DomainName, ...]:
    """Return the names that a wildcard in the list covers; removing them loses no coverage.

    Raises `InvalidName` if a string is not a name.

    >>> redundant_names(["example.com", "*.example.com", "www.example.com"])
    (DomainName('www.example.com'),)
    """
    listed = folded(names)
    wildcards = CoverageIndex(name for name in listed if isinstance(name, WildcardDomainName))
    return tuple(n for n in listed if isinstance(n, DomainName) and wildcards.covers(n))


def covers_unresolved(presented: ListedName, reference: ListedName) -> bool | None:
    """Return whether a presented name covers a reference name, or `None` if undecided.

    Equal expressions mean equal strings: `*.${X}` covers `www.${X}`, but not `${X}` or `a.b.${X}`.
    An unknown value may be empty, contain dots, or start with `*.`.
    """
    if isinstance(presented, Malformed) or isinstance(reference, Malformed):
        return None
    if isinstance(presented, Name) and isinstance(reference, Name):
        return covers(presented, reference)
    pattern, text = symbols(presented), symbols(reference)
    if pattern is None or text is None:
        return True if presented == reference else None
    if pattern == text:
        return True
    if pattern[:2] == ("*", "."):
        return _is_child(text, pattern[2:])
    begin = pattern[0]
    if isinstance(begin, str) and begin != "*":
        return are_equal(pattern, text)
    if begin in text and "*" not in pattern:
        # If it started a wildcard, the text would contain a `*` too, at its start or misplaced.
        return are_equal(pattern, text)
    # Whether or not this is a wildcard, the names that it covers end as it does.
    return False if _parts_from(text, pattern) else None


class Covered(Value):
    """The answer for a host that a name certainly covers."""

    by: ListedName


class NotCovered(Value):
    """The answer for a host that certainly no name covers.

    `nearest` is `None` if the host is only partly known.
    """

    nearest: Uncovered | None


class UnknownCoverage(Value):
    """The answer for a host that a name may cover; `reason` lists the unknown values, if any."""

    reason: str


class PartialCoverageIndex:
    """An index of the names of a certificate, some of them partly known, for coverage checks.

    The cost of fully known names does not depend on their number. Partly known names are compared
    one by one, up to `partial.MOST_COMPARED`; beyond that the result is undecided.
    """

    __slots__ = ("_every", "_index", "_open", "_partial")

    def __init__(self, names: Iterable[ListedName]) -> None:
        self._every = tuple(dict.fromkeys(names))
        known = [name for name in self._every if isinstance(name, Name)]
        self._index = CoverageIndex(known)
        self._partial = [name for name in self._every if isinstance(name, Unresolved)]
        self._open = len(known) + len(self._partial) < len(self._every)

    def covering(self, host: ListedName) -> ListedName | None:
        """Return a name that certainly covers a host, or `None`."""
        if isinstance(host, Name) and (name := self._index.covering(host)) is not None:
            return name
        others = self._others(host)
        if not others or len(others) > MOST_COMPARED:
            return None
        return next((other for other in others if covers_unresolved(other, host)), None)

    def covers(self, host: ListedName) -> bool | None:
        """Return whether a name covers a host, or `None` if undecided."""
        if self.covering(host) is not None:
            return True
        return None if self._may_cover(host) else False

    def answer(self, host: ListedName) -> Covered | NotCovered | UnknownCoverage:
        """Return the name that covers a host, or why no name covers it, or what is unknown."""
        name = self.covering(host)
        if name is not None:
            return Covered(name)
        if self._may_cover(host):
            return UnknownCoverage(unknown_clause(host, *self._every))
        return NotCovered(self._index.uncovered(host) if isinstance(host, Name) else None)

    def _may_cover(self, host: ListedName) -> bool:
        """Return whether a name may cover a host that no name certainly covers."""
        others = self._others(host)
        if self._open or not isinstance(host, Name | Unresolved) or len(others) > MOST_COMPARED:
            return True
        return any(covers_unresolved(other, host) is None for other in others)

    def _others(self, host: ListedName) -> Sequence[ListedName]:
        """Return the names that the index of fully known names does not decide."""
        return self._partial if isinstance(host, Name) else self._every


class HostIndex:
    """An index of hosts, some of them partly known, for the names that cover them.

    The cost of fully known names and hosts does not depend on the number of hosts. Others are
    compared one by one.
    """

    __slots__ = ("_children", "_every", "_known", "_partial")

    def __init__(self, hosts: Iterable[ListedName]) -> None:
        self._every = tuple(dict.fromkeys(hosts))
        self._known = {host for host in self._every if isinstance(host, Name)}
        self._partial = [host for host in self._every if not isinstance(host, Name)]
        self._children: dict[str, int] = {}
        for host in self._known:
            if isinstance(host, DomainName):
                parent = str(host).partition(".")[2]
                self._children[parent] = self._children.get(parent, 0) + 1

    def count(self, name: ListedName) -> int:
        """Return the number of hosts that a name certainly covers."""
        compared = (covers_unresolved(name, host) for host in self._others(name))
        return self._count_known(name) + sum(covered is True for covered in compared)

    def needs(self, name: ListedName) -> bool | None:
        """Return whether a name covers a host, or `None` if undecided.

        Removing an unneeded name loses no host. With more than `partial.MOST_COMPARED` hosts to
        compare, the result is undecided.
        """
        if isinstance(name, Malformed | UnresolvedNames):
            return None
        if self._count_known(name):
            return True
        others = self._others(name)
        if len(others) > MOST_COMPARED:
            return None
        return any_of({covers_unresolved(name, host) for host in others})

    def _count_known(self, name: ListedName) -> int:
        is_wildcard = isinstance(name, WildcardDomainName)
        return (name in self._known) + (self._children.get(str(name)[2:], 0) if is_wildcard else 0)

    def _others(self, name: ListedName) -> Sequence[ListedName]:
        """Return the hosts that are compared with a name one by one."""
        return self._partial if isinstance(name, Name) else self._every


def _superdomains(text: str) -> Iterator[str]:
    """Yield the domains above a name, the nearest first, and last the empty string."""
    while text:
        text = text.partition(".")[2]
        yield text


def _is_child(text: Symbols, parent: Symbols) -> bool | None:
    """Return whether a string, which is not the wildcard itself, is one label below `parent`."""
    below = (".", *parent)
    if text[-len(below) :] == below:
        label = text[: -len(below)]
        if "." in label or not label:
            return False
        return None if any(isinstance(sign, Unknown) for sign in label) else True
    start = next(i for i, sign in enumerate(text) if sign == "." or isinstance(sign, Unknown))
    if text[start] == ".":
        return are_equal(text[start + 1 :], parent)
    return False if _is_no_longer(text, below) or _parts_from(text, below) else None


def _is_no_longer(one: Symbols, other: Symbols) -> bool:
    """Return whether a string cannot be longer than another, whatever the unknown values are."""
    unknown = [sign for sign in one if isinstance(sign, Unknown)]
    if any(one.count(sign) > other.count(sign) for sign in unknown):
        return False
    known = len(one) - len(unknown)
    return known <= sum(isinstance(sign, str) for sign in other)


def _parts_from(text: Symbols, ending: Symbols) -> bool:
    """Return whether a string cannot end like another, comparing from the right up to a `*`."""
    for place, sign in enumerate(reversed(ending), 1):
        here = text[-place] if place <= len(text) else None
        if sign != here:
            return isinstance(sign, str) and sign != "*" and not isinstance(here, Unknown)
    return False
