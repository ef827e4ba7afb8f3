"""What the names of a certificate cover, as a tree: suffix, base domain name, and what is below."""

from __future__ import annotations

from acmrules.coverage import (
    CoverageIndex,
    PartialCoverageIndex,
    covers_unresolved,
    redundant_names,
    uncovered,
)
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import unknown_clause
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator
    from typing import Any

    from acmrules.coverage import Uncovered
    from acmrules.model.declaration import Declaration
    from acmrules.resources import Consumer
    from acmrules.suffixes import PublicSuffixes
    from acmrules.unresolved import ListedName


class CoverageQuestion(Value):
    """The names of one certificate and the hosts it is asked to cover; `title` says which."""

    title: str
    names: tuple[ListedName, ...]
    hosts: tuple[ListedName, ...]


class CoverageRow(Value):
    """A line of the tree: a name, a host, both in one, or the parent that several share.

    `parent` is the place of the row it hangs on. A name `covers` so many of the hosts, and is
    `redundant` beside a wildcard; a host is covered `by` a name, or it `is_uncovered`, and `missed`
    tells the nearest name if it is known in full. Where what is not known keeps that open, `unsure`
    says what. What is not known in full lacks `is_known`; of what is no name at all, `is_malformed`
    is all there is to say.
    """

    text: str
    depth: int
    parent: int | None
    is_name: bool = False
    is_host: bool = False
    is_malformed: bool = False
    is_known: bool = True
    is_uncovered: bool = False
    covers: int = 0
    redundant: Name | None = None
    by: ListedName | None = None
    missed: Uncovered | None = None
    unsure: str = ""


class Coverage(Value):
    """One certificate with the tree of its names and hosts, every row below its parent."""

    title: str
    rows: tuple[CoverageRow, ...]

    def count(self, which: str) -> int:
        """Count the rows of which something holds, such as `is_name` or `is_uncovered`."""
        return sum(bool(getattr(row, which)) for row in self.rows)


def asked_by(
    declaration: Declaration,
    hosts: tuple[Name, ...] | None = None,
    covered_elsewhere: Container[tuple[int, ListedName]] = frozenset(),
) -> list[CoverageQuestion]:
    """Return what a document asks, once for each choice of its conditions that differs.

    The hosts are those of the consumers, unless others are given; what a record leads to is among
    them, unless it is `covered_elsewhere`. A consumer alone asks nothing.
    """

    def own(consumer: Consumer) -> Iterator[ListedName]:
        yield from consumer.hosts
        yield from (
            host for host in consumer.recorded if (id(declaration), host) not in covered_elsewhere
        )

    asked: dict[tuple[object, object], CoverageQuestion] = {}
    for variant in declaration.variants:
        if variant.request is None:
            continue
        served = tuple(dict.fromkeys(host for used in variant.consumers for host in own(used)))
        names, wanted = variant.request.names, served if hosts is None else hosts
        where = ": ".join(filter(None, (declaration.file, declaration.address.strip("$"))))
        title = ", ".join(filter(None, (where, variant.condition)))
        asked.setdefault((names, wanted), CoverageQuestion(title, names, wanted))
    return list(asked.values())


def coverage(asked: CoverageQuestion, suffixes: PublicSuffixes) -> Coverage:
    """Judge every name and host, and hang them on a tree.

    A name hangs on the nearest one above it that has a row: one that is listed or asked for, or
    that several share, down from the public suffix. What is not known in full hangs on nothing.
    """
    names, hosts = tuple(dict.fromkeys(asked.names)), tuple(dict.fromkeys(asked.hosts))
    known = dict.fromkeys(name for name in (*names, *hosts) if isinstance(name, Name))
    said = _verdicts(names, hosts)
    rows = [CoverageRow(*place, **said.pop(place[0], {})) for place in _tree(known, suffixes)]
    rows += [CoverageRow(text, 0, None, **fields) for text, fields in said.items()]
    return Coverage(asked.title, tuple(rows))


def _verdicts(
    names: tuple[ListedName, ...], hosts: tuple[ListedName, ...]
) -> dict[str, dict[str, Any]]:
    """Return the fields of `CoverageRow` for each name that is listed or asked for."""
    listed = [name for name in names if isinstance(name, Name)]
    unsure = [name for name in names if isinstance(name, Unresolved | UnresolvedNames)]
    index = PartialCoverageIndex([*listed, *unsure])
    wildcards = CoverageIndex(name for name in listed if isinstance(name, WildcardDomainName))
    redundant: dict[ListedName, Name | None] = {
        name: wildcards.covering(name) for name in redundant_names(listed)
    }
    asked = (host for host in hosts if isinstance(host, Name))
    missed: dict[ListedName, Uncovered] = {miss.host: miss for miss in uncovered(listed, asked)}
    counts = _counts(names, hosts)
    said: dict[str, dict[str, Any]] = {str(name): {} for name in (*names, *hosts)}
    for name in names:
        told = said[str(name)]
        told |= {"is_name": True, "is_malformed": isinstance(name, Malformed)}
        told |= {"covers": counts[name], "redundant": redundant.get(name)}
        told["is_known"] = not isinstance(name, Unresolved | UnresolvedNames)
    for host in hosts:
        told = said[str(host)]
        told |= {"is_host": True, "is_malformed": isinstance(host, Malformed)}
        verdict = index.covers(host)
        if verdict:
            told["by"] = index.covering(host)
        elif verdict is False:
            told |= {"is_uncovered": True, "missed": missed.get(host)}
        else:
            told["unsure"] = unknown_clause(host, *unsure)
    return said


def _counts(names: tuple[ListedName, ...], hosts: tuple[ListedName, ...]) -> dict[ListedName, int]:
    """Count the hosts that each name surely covers."""
    known = {host for host in hosts if isinstance(host, Name)}
    below: dict[str, int] = {}
    for host in known:
        if isinstance(host, DomainName):
            parent = str(host).partition(".")[2]
            below[parent] = below.get(parent, 0) + 1
    others = [host for host in hosts if host not in known]
    counts: dict[ListedName, int] = {}
    for name in names:
        if isinstance(name, Name):
            under = below.get(str(name.parent), 0) if isinstance(name, WildcardDomainName) else 0
            counts[name], compared = (name in known) + under, others
        else:
            counts[name], compared = 0, [*hosts]
        counts[name] += sum(covers_unresolved(name, host) is True for host in compared)
    return counts


def _tree(
    known: Collection[Name], suffixes: PublicSuffixes
) -> Iterator[tuple[str, int, int | None]]:
    """Yield the text, the depth and the parent's place of each row, from the top down."""
    below: dict[str, dict[str, None]] = {"": {}}
    for name in known:
        above = ""
        for text in _ancestry(name, suffixes):
            below.setdefault(above, {})[text] = None
            above = text
        below.setdefault(above, {})
    own = set(map(str, known))
    left: list[tuple[str, int, int | None]] = [(top, 0, None) for top in _upwards(below[""])]
    row = 0
    while left:
        text, depth, parent = left.pop()
        hanging = below[text]
        if text in own or len(hanging) > 1:
            yield text, depth, parent
            depth, parent, row = depth + 1, row, row + 1
        left += [(child, depth, parent) for child in _upwards(hanging)]


def _upwards(texts: Iterable[str]) -> list[str]:
    """Sort names by their labels from the right, the last one first."""
    return sorted(texts, key=lambda text: text.split(".")[::-1], reverse=True)


def _ancestry(name: Name, suffixes: PublicSuffixes) -> list[str]:
    """Return a name behind those above it: its public suffix, its base domain name, and so on."""
    text = str(name)
    plain = name.parent if isinstance(name, WildcardDomainName) else name
    top = suffixes.public_suffix(plain)
    labels = str(plain).removesuffix(top).split(".")[:-1] if str(plain) != top else []
    above = [top]
    for label in reversed(labels):
        above.append(f"{label}.{above[-1]}")
    return above if plain is name else [*above, text]
