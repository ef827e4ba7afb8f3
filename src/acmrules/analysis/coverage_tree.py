"""The names of a certificate and the hosts that they cover, as a tree of domains."""

from __future__ import annotations

from acmrules.analysis.usability import usability
from acmrules.coverage import (
    CoverageIndex,
    Covered,
    HostIndex,
    PartialCoverageIndex,
    UnknownCoverage,
    redundant_names,
)
from acmrules.names import Name, WildcardDomainName
from acmrules.unresolved import ListedName, Malformed, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator
    from datetime import date
    from typing import Any

    from acmrules.coverage import Uncovered
    from acmrules.model.declaration import Declaration
    from acmrules.resources import Consumer
    from acmrules.suffixes import PublicSuffixes


class CoverageQuestion(Value):
    """The names of one certificate, and the hosts to check; `title` identifies the certificate.

    `unusable` says why a certificate that exists covers no host; it is empty if it is usable.
    """

    title: str
    names: tuple[ListedName, ...]
    hosts: tuple[ListedName, ...]
    unusable: str = ""


class CoverageRow(Value):
    """A row of the tree: a name, a host, both, or a common parent.

    `parent` is the index of the parent row. For a name, `covers` is the number of hosts that it
    covers, and `redundant` is the wildcard that makes it redundant. For a host, `covered_by` is the
    name that covers it; if `is_uncovered`, `nearest` is the nearest name; and if neither is known,
    `unsure` says why. `is_known` is false for a partly known name, and `is_malformed` is true for
    an invalid one. `unusable` says why the certificate of a name covers no host.
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
    covered_by: ListedName | None = None
    nearest: Uncovered | None = None
    unsure: str = ""
    unusable: str = ""


class Coverage(Value):
    """The tree of one certificate; every row follows its parent."""

    title: str
    rows: tuple[CoverageRow, ...]

    def count(self, which: str) -> int:
        """Return the number of rows with a true value in a field, such as `is_uncovered`."""
        return sum(bool(getattr(row, which)) for row in self.rows)


def questions(
    declaration: Declaration,
    hosts: tuple[Name, ...] | None = None,
    covered_elsewhere: Container[tuple[int, ListedName]] = frozenset(),
    as_of: date | None = None,
) -> list[CoverageQuestion]:
    """Return the distinct questions of a declaration's variants; none without a request.

    The default hosts are those of the consumers, including the hosts of DNS records that are not
    in `covered_elsewhere`.
    """

    def own(consumer: Consumer) -> Iterator[ListedName]:
        yield from consumer.hosts
        yield from (
            host for host in consumer.recorded if (id(declaration), host) not in covered_elsewhere
        )

    found: dict[tuple[object, object], CoverageQuestion] = {}
    for variant in declaration.variants:
        if variant.request is None:
            continue
        served = tuple(dict.fromkeys(host for each in variant.consumers for host in own(each)))
        names, checked = variant.request.names, served if hosts is None else hosts
        where = ": ".join(filter(None, (declaration.file, declaration.address.strip("$"))))
        state = usability(variant.existing, as_of)
        title = ", ".join(filter(None, (where, variant.condition, state.text)))
        unusable = "" if state.is_usable else state.text
        question = CoverageQuestion(title, names, checked, unusable)
        found.setdefault((names, checked), question)
    return list(found.values())


def coverage(question: CoverageQuestion, suffixes: PublicSuffixes) -> Coverage:
    """Return the tree of the names and hosts of a question.

    The parent of a row is the nearest superdomain that has a row: a name, a host, or a common
    parent from the public suffix down. Partly known names have no parent.
    """
    names, hosts = tuple(dict.fromkeys(question.names)), tuple(dict.fromkeys(question.hosts))
    known = dict.fromkeys(name for name in (*names, *hosts) if isinstance(name, Name))
    by_text = _fields_by_text(names, hosts)
    if question.unusable:
        by_text = {text: _unusable(own, question.unusable) for text, own in by_text.items()}
    rows = [CoverageRow(*node, **by_text.pop(node[0], {})) for node in _tree(known, suffixes)]
    rows += [CoverageRow(text, 0, None, **fields) for text, fields in by_text.items()]
    return Coverage(question.title, tuple(rows))


def _unusable(fields: dict[str, Any], why: str) -> dict[str, Any]:
    """Return the fields of a row if the certificate covers no host."""
    if fields.get("is_name"):
        fields = fields | {"covers": 0}
    if fields.get("is_host"):
        fields = fields | {"is_uncovered": True, "covered_by": None, "unsure": "", "unusable": why}
    return fields


def _fields_by_text(
    names: tuple[ListedName, ...], hosts: tuple[ListedName, ...]
) -> dict[str, dict[str, Any]]:
    """Return the fields of `CoverageRow` for each name and host."""
    listed = [name for name in names if isinstance(name, Name)]
    unsure = [name for name in names if isinstance(name, Unresolved | UnresolvedNames)]
    index = PartialCoverageIndex([*listed, *unsure])
    wildcards = CoverageIndex(name for name in listed if isinstance(name, WildcardDomainName))
    redundant: dict[ListedName, Name | None] = {
        name: wildcards.covering(name) for name in redundant_names(listed)
    }
    host_index = HostIndex(hosts)
    by_text: dict[str, dict[str, Any]] = {str(name): {} for name in (*names, *hosts)}
    for name in names:
        fields = by_text[str(name)]
        fields |= {"is_name": True, "is_malformed": isinstance(name, Malformed)}
        fields |= {"covers": host_index.count(name), "redundant": redundant.get(name)}
        fields["is_known"] = not isinstance(name, Unresolved | UnresolvedNames)
    for host in hosts:
        fields = by_text[str(host)]
        fields |= {"is_host": True, "is_malformed": isinstance(host, Malformed)}
        answer = index.answer(host)
        if isinstance(answer, Covered):
            fields["covered_by"] = answer.by
        elif isinstance(answer, UnknownCoverage):
            fields["unsure"] = answer.reason
        else:
            fields |= {"is_uncovered": True, "nearest": answer.nearest}
    return by_text


def _tree(
    known: Collection[Name], suffixes: PublicSuffixes
) -> Iterator[tuple[str, int, int | None]]:
    """Yield the text, the depth and the parent's index of each row, from the top down."""
    below: dict[str, dict[str, None]] = {"": {}}
    for name in known:
        above = ""
        for text in _ancestry(name, suffixes):
            below.setdefault(above, {})[text] = None
            above = text
        below.setdefault(above, {})
    own = set(map(str, known))
    left: list[tuple[str, int, int | None]] = [(top, 0, None) for top in _descending(below[""])]
    row = 0
    while left:
        text, depth, parent = left.pop()
        children = below[text]
        if text in own or len(children) > 1:
            yield text, depth, parent
            depth, parent, row = depth + 1, row, row + 1
        left += [(child, depth, parent) for child in _descending(children)]


def _descending(texts: Iterable[str]) -> list[str]:
    """Return names in descending order of their labels, compared from the right."""
    return sorted(texts, key=lambda text: text.split(".")[::-1], reverse=True)


def _ancestry(name: Name, suffixes: PublicSuffixes) -> list[str]:
    """Return the superdomains of a name from its public suffix down, and then the name."""
    text = str(name)
    plain = name.parent if isinstance(name, WildcardDomainName) else name
    top = suffixes.public_suffix(plain)
    labels = str(plain).removesuffix(top).split(".")[:-1] if str(plain) != top else []
    above = [top]
    for label in reversed(labels):
        above.append(f"{label}.{above[-1]}")
    return above if plain is name else [*above, text]
