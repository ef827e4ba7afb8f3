"""Pairs of old and new certificates: by address, `moved` blocks, or names."""

from __future__ import annotations

from acmrules.request import Tool
from acmrules.unresolved import Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.model.declaration import ScopedDeclaration

    Similarity = tuple[float, bool, bool]
    """The share of common names, and whether the address and the scope are equal."""
    Match = tuple[Similarity, ScopedDeclaration, ScopedDeclaration]
    """The similarity of a new and an old certificate."""

SAME, SIMILAR = "the same names", "similar names"
"""How the names of two certificates with different addresses compare."""

_LEAST_SHARE = 0.5
"""The minimum share of common names of a certificate before and after a change."""

_MOST_MOVES = 100


class Pair(Value):
    """A certificate before and after a change, `None` if it does not exist.

    `follows` is `SAME` or `SIMILAR` if the pair follows from the names instead of the address. If
    the other side is ambiguous, it is `None`, and the possible ones are the `candidates`.
    """

    old: ScopedDeclaration | None
    new: ScopedDeclaration | None
    follows: str = ""
    candidates: tuple[ScopedDeclaration, ...] = ()


def pairs(
    old: Iterable[ScopedDeclaration],
    new: Iterable[ScopedDeclaration],
    moves: Mapping[str, Mapping[str, str]],
    renamed: Mapping[str, str],
) -> list[Pair]:
    """Return the pairs, in the order of the new certificates, and then of the removed ones.

    `moves` are the `moved` blocks by scope, and `renamed` are the old scopes by their new names.
    """
    before, after = [*old], [*new]
    found: dict[int, tuple[ScopedDeclaration, str]] = {}
    old_by_key: dict[object, list[ScopedDeclaration]] = {}
    for each in before:
        old_by_key.setdefault(each.key, []).append(each)
    new_by_key: dict[object, list[ScopedDeclaration]] = {}
    for each in after:
        new_by_key.setdefault(_old_key(each, moves, renamed, old_by_key), []).append(each)
    for key, ones in new_by_key.items():
        others = old_by_key.get(key, [])
        if len(ones) == len(others) == 1:
            found[id(ones[0])] = others[0], ""
            continue
        # The requests in a list have the same address, but different names.
        for one, other in _best_matches(_matches(others, ones)):
            found[id(one)] = other, ""
        rest = _without(others, found), [one for one in ones if id(one) not in found]
        for other, one in zip(*rest, strict=False):
            found[id(one)] = other, ""
    matches = _matches(_without(before, found), [each for each in after if id(each) not in found])
    for one, other in _best_matches(matches):
        found[id(one)] = other, SAME if _common_share(one, other) == 1 else SIMILAR
    removed = {id(each): each for each in _without(before, found)}
    current = [
        Pair(found[id(one)][0], one, found[id(one)][1])
        if id(one) in found
        else Pair(
            None, one, candidates=tuple(o for _, n, o in matches if n is one and id(o) in removed)
        )
        for one in after
    ]
    return current + [
        Pair(
            other,
            None,
            candidates=tuple(n for _, n, o in matches if o is other and id(n) not in found),
        )
        for other in removed.values()
    ]


def _old_key(
    declaration: ScopedDeclaration,
    moves: Mapping[str, Mapping[str, str]],
    renamed: Mapping[str, str],
    known: Mapping[object, object],
) -> object:
    """Return the key of a certificate before renames of files and `moved` blocks."""
    scope, tool, address = declaration.key
    scope = renamed.get(scope, scope)
    moved = moves.get(declaration.scope, {}) if tool is Tool.TERRAFORM else {}
    for _ in range(_MOST_MOVES):
        if (scope, tool, address) in known:
            break
        ends = [end for end in moved if _is_within(address, end)]
        if not ends:
            break
        end = max(ends, key=len)
        address = moved[end] + address[len(end) :]
    return scope, tool, address


def _is_within(address: str, outer: str) -> bool:
    return address == outer or address.startswith((f"{outer}.", f"{outer}["))


def _matches(old: Iterable[ScopedDeclaration], new: Iterable[ScopedDeclaration]) -> list[Match]:
    """Return the pairs of new and old certificates with enough common names."""
    by_name: dict[str, list[ScopedDeclaration]] = {}
    for other in old:
        for name in _names(other):
            by_name.setdefault(name, []).append(other)
    matches: list[Match] = []
    for one in new:
        others = {id(other): other for name in _names(one) for other in by_name.get(name, ())}
        for other in others.values():
            similarity = _similarity(one, other)
            if one.declaration.tool is other.declaration.tool and similarity[0] >= _LEAST_SHARE:
                matches.append((similarity, one, other))
    return matches


def _best_matches(
    matches: list[Match],
) -> Iterator[tuple[ScopedDeclaration, ScopedDeclaration]]:
    """Yield the pairs in which each is the only best match of the other."""
    best: dict[int, Similarity] = {}
    ties: dict[tuple[int, Similarity], int] = {}
    for similarity, *both in matches:
        for each in both:
            best[id(each)] = max(similarity, best.get(id(each), similarity))
            ties[id(each), similarity] = ties.get((id(each), similarity), 0) + 1
    for similarity, *both in matches:
        one, other = both
        if all(best[id(e)] == similarity and ties[id(e), similarity] == 1 for e in both):
            yield one, other


def _similarity(one: ScopedDeclaration, other: ScopedDeclaration) -> Similarity:
    same_address = one.declaration.address == other.declaration.address
    return _common_share(one, other), same_address, one.scope == other.scope


def _common_share(one: ScopedDeclaration, other: ScopedDeclaration) -> float:
    """Return the share of common names among the names of two certificates."""
    these, those = _names(one), _names(other)
    return len(these & those) / len(these | those) if these and those else 0.0


def _names(declaration: ScopedDeclaration) -> frozenset[str]:
    requests = (variant.request for variant in declaration.declaration.variants)
    return frozenset(
        str(name.lower() if isinstance(name, Unresolved) else name)
        for request in requests
        if request is not None
        for name in request.names
    )


def _without(
    old: list[ScopedDeclaration], found: Mapping[int, tuple[ScopedDeclaration, str]]
) -> list[ScopedDeclaration]:
    paired = {id(other) for other, _ in found.values()}
    return [each for each in old if id(each) not in paired]
