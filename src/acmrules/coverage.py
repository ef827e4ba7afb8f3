"""What a list of names covers, and for a host that it does not, why not.

A presented name is one that a certificate lists, a reference one that is asked for (RFC 9525). A
wildcard covers the names one label below its parent and nothing else (fact 1.23).
"""

from __future__ import annotations

from enum import Enum

from acmrules.name_list import folded
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.partial import MOST_COMPARED, are_equal, symbols
from acmrules.unresolved import Malformed, Unknown, Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.partial import Symbols
    from acmrules.unresolved import ListedName


class CoverageIndex:
    """The names of a certificate, made ready for any number of questions what they cover.

    A question costs the same for one name as for a thousand. Names and hosts may be texts; raises
    `InvalidName` for a text that is none.

    >>> index = CoverageIndex(["example.com", "*.example.com"])
    >>> "www.example.com" in index, "a.b.example.com" in index
    (True, False)
    """

    __slots__ = ("_names", "_wildcards")

    def __init__(self, names: Iterable[str | Name]) -> None:
        listed = folded(names)
        self._names = {str(name): name for name in listed}
        self._wildcards = {
            str(name.parent): name for name in listed if isinstance(name, WildcardDomainName)
        }

    def covers(self, host: str | Name) -> bool:
        """Say whether one of the names covers a host; a wildcard is covered by itself alone."""
        # Names are asked for far more often than texts; to look which it is would cost a fifth.
        try:
            text = host._text  # type: ignore[union-attr]  # noqa: SLF001
        except AttributeError:
            text = str(parse_name(str(host)))
        # Below `*.` stands the wildcard's parent, so the second question is right for it too.
        return text in self._names or text.partition(".")[2] in self._wildcards

    __contains__ = covers

    def covering(self, host: str | Name) -> Name | None:
        """Return the name that covers a host, the host's own before a wildcard."""
        text = str(parse_name(host) if isinstance(host, str) else host)
        return self._names.get(text) or self._wildcards.get(text.partition(".")[2])


def covers(presented: str | Name, reference: str | Name) -> bool:
    """Say whether a listed name is valid for another; raises `InvalidName` for texts that are none.

    >>> covers("*.bar.example.com", "foo.bar.example.com")
    True
    >>> covers("*.bar.example.com", "bar.example.com")
    False
    """
    return CoverageIndex((presented,)).covers(reference)


class Miss(Enum):
    """Why the nearest name does not cover a host, the most telling first."""

    PARENT_OF_WILDCARD = "a wildcard does not cover its own parent"
    TOO_DEEP = "a wildcard covers one label below its parent, not more"
    BELOW_PLAIN_NAME = "a plain name covers nothing below it"
    WILDCARD_HOST = "a plain name covers no wildcard"
    DIFFERENT_NAME = "it is a different name"
    NOTHING_LISTED = "no name is listed"


class Uncovered(Value):
    """A host that no name covers, the name that comes nearest, and why that one does not.

    `name_to_add` covers the host: the host itself, or where it lies too deep for a wildcard,
    another wildcard at its depth.
    """

    host: Name
    nearest: Name | None
    reason: Miss
    name_to_add: Name


def uncovered(names: Iterable[str | Name], hosts: Iterable[str | Name]) -> tuple[Uncovered, ...]:
    """Return the hosts that no name covers, in order, each once, with the nearest miss.

    Raises `InvalidName` for a text that is no name.

    >>> [missed] = uncovered(["*.bar.example.com"], ["bar.example.com", "foo.bar.example.com"])
    >>> str(missed.host), missed.reason.value
    ('bar.example.com', 'a wildcard does not cover its own parent')
    """
    listed = folded(names)
    index = CoverageIndex(listed)
    return tuple(_missed(listed, host) for host in folded(hosts) if not index.covers(host))


def redundant_names(names: Iterable[str | Name]) -> tuple[DomainName, ...]:
    """Return the names that a wildcard among them covers: dropping them uncovers nothing.

    Raises `InvalidName` for a text that is no name.

    >>> redundant_names(["example.com", "*.example.com", "www.example.com"])
    (DomainName('www.example.com'),)
    """
    listed = folded(names)
    wildcards = CoverageIndex(name for name in listed if isinstance(name, WildcardDomainName))
    return tuple(n for n in listed if isinstance(n, DomainName) and wildcards.covers(n))


def covers_unresolved(presented: ListedName, reference: ListedName) -> bool | None:
    """Say whether a listed name is valid for another, or `None` where what is known cannot decide.

    Equal expressions are equal texts: `*.${X}` covers `www.${X}`, and neither `${X}` nor
    `a.b.${X}`. An unknown thing may be empty, hold dots, or begin with `*.`.
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
        # If it began a wildcard, the text would hold a `*` too, as its whole beginning or amiss.
        return are_equal(pattern, text)
    # A wildcard or not, what it covers ends as it does.
    return False if _parts_from(text, pattern) else None


class PartialCoverageIndex:
    """The names of a certificate, some known in part, made ready to be asked what they cover.

    Questions about names that are known in full cost the same however many there are. The others
    are compared one by one, which is given up beyond `partial.MOST_COMPARED`.
    """

    __slots__ = ("_every", "_index", "_open", "_partial")

    def __init__(self, names: Iterable[ListedName]) -> None:
        self._every = tuple(dict.fromkeys(names))
        known = [name for name in self._every if isinstance(name, Name)]
        self._index = CoverageIndex(known)
        self._partial = [name for name in self._every if isinstance(name, Unresolved)]
        self._open = len(known) + len(self._partial) < len(self._every)

    def covering(self, host: ListedName) -> ListedName | None:
        """Return a name that surely covers a host."""
        if isinstance(host, Name) and (name := self._index.covering(host)) is not None:
            return name
        others = self._others(host)
        if not others or len(others) > MOST_COMPARED:
            return None
        return next((other for other in others if covers_unresolved(other, host)), None)

    def covers(self, host: ListedName) -> bool | None:
        """Say whether a name covers a host, or `None` where what is known cannot decide."""
        if self.covering(host) is not None:
            return True
        others = self._others(host)
        if self._open or not isinstance(host, Name | Unresolved) or len(others) > MOST_COMPARED:
            return None
        return None if others and any(covers_unresolved(o, host) is None for o in others) else False

    def _others(self, host: ListedName) -> Sequence[ListedName]:
        """Return the names that the index of those known in full does not answer for."""
        return self._partial if isinstance(host, Name) else self._every


def _missed(names: tuple[Name, ...], host: Name) -> Uncovered:
    if not names:
        return Uncovered(host, None, Miss.NOTHING_LISTED, host)
    misses = {name: _reason(name, host) for name in names}
    order = tuple(Miss)
    nearest = min(names, key=lambda n: (order.index(misses[n]), -_shared_labels(n, host)))
    deep = misses[nearest] is Miss.TOO_DEEP
    to_add = parse_name("*." + str(host).partition(".")[2]) if deep else host
    return Uncovered(host, nearest, misses[nearest], to_add)


def _reason(presented: Name, host: Name) -> Miss:
    if isinstance(presented, WildcardDomainName):
        if host == presented.parent:
            return Miss.PARENT_OF_WILDCARD
        if host.is_within(presented.parent):
            return Miss.TOO_DEEP
    elif host.is_within(presented):
        return Miss.BELOW_PLAIN_NAME
    elif isinstance(host, WildcardDomainName) and presented.is_within(host.parent):
        return Miss.WILDCARD_HOST
    return Miss.DIFFERENT_NAME


def _shared_labels(one: Name, other: Name) -> int:
    """Count the labels that two names end in alike."""
    shared = 0
    for a, b in zip(reversed(one.labels), reversed(other.labels), strict=False):
        if a != b:
            break
        shared += 1
    return shared


def _is_child(text: Symbols, parent: Symbols) -> bool | None:
    """Say whether a text is one label below a parent; surely not equal to the wildcard there."""
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
    """Say whether a text cannot be longer than another, whatever the unknown things hold."""
    unknown = [sign for sign in one if isinstance(sign, Unknown)]
    if any(one.count(sign) > other.count(sign) for sign in unknown):
        return False
    known = len(one) - len(unknown)
    return known <= sum(isinstance(sign, str) for sign in other)


def _parts_from(text: Symbols, ending: Symbols) -> bool:
    """Say whether a text cannot end as another does, read from the right up to a `*`."""
    for place, sign in enumerate(reversed(ending), 1):
        here = text[-place] if place <= len(text) else None
        if sign != here:
            return isinstance(sign, str) and sign != "*" and not isinstance(here, Unknown)
    return False
