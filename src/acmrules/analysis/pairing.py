"""Which certificate of one time is which of another: by address, `moved` blocks, or names."""

from __future__ import annotations

from acmrules.request import Tool
from acmrules.unresolved import Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.model.declaration import ScopedDeclaration

    Likeness = tuple[float, bool, bool]
    """Which part of their names two have in common, whether their address, whether their scope."""
    Likely = tuple[Likeness, ScopedDeclaration, ScopedDeclaration]

_ALIKE = 0.5
"""Of the names of two certificates, the part that both have if one may have become the other."""

_MOST_MOVES = 100


class Pair(Value):
    """A certificate before and after, `None` where it is not there.

    `follows` is why they are taken for one where the address does not say so. Of one that may
    have become any of several, these are the `candidates`.
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
    """Pair certificates, in an order that is that of the new ones, and then of the old ones.

    `moves` are those of `State`, `renamed` are the old scopes by the new ones.
    """
    before, after = [*old], [*new]
    found: dict[int, tuple[ScopedDeclaration, str]] = {}
    known: dict[object, list[ScopedDeclaration]] = {}
    for held in before:
        known.setdefault(held.key, []).append(held)
    fresh: dict[object, list[ScopedDeclaration]] = {}
    for held in after:
        fresh.setdefault(_was(held, moves, renamed, known), []).append(held)
    for key, ones in fresh.items():
        others = known.get(key, [])
        if len(ones) == len(others) == 1:
            found[id(ones[0])] = others[0], ""
            continue
        # Several of one address, as in a list of requests, are told apart by their names.
        for one, other in _likeliest(_near(others, ones)):
            found[id(one)] = other, ""
        rest = _without(others, found), [one for one in ones if id(one) not in found]
        for other, one in zip(*rest, strict=False):
            found[id(one)] = other, ""
    near = _near(_without(before, found), [held for held in after if id(held) not in found])
    for one, other in _likeliest(near):
        found[id(one)] = other, "the same" if _alike(one, other) == 1 else "like"
    left = {id(held): held for held in _without(before, found)}
    listed = [
        Pair(found[id(one)][0], one, found[id(one)][1])
        if id(one) in found
        else Pair(None, one, candidates=tuple(o for _, n, o in near if n is one and id(o) in left))
        for one in after
    ]
    return listed + [
        Pair(
            other,
            None,
            candidates=tuple(n for _, n, o in near if o is other and id(n) not in found),
        )
        for other in left.values()
    ]


def _was(
    held: ScopedDeclaration,
    moves: Mapping[str, Mapping[str, str]],
    renamed: Mapping[str, str],
    known: Mapping[object, object],
) -> object:
    """Return the key that a certificate had, as far as files and `moved` blocks tell."""
    scope, tool, address = held.key
    scope = renamed.get(scope, scope)
    moved = moves.get(held.scope, {}) if tool is Tool.TERRAFORM else {}
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


def _near(old: Iterable[ScopedDeclaration], new: Iterable[ScopedDeclaration]) -> list[Likely]:
    """Return new and old ones of which one may have become the other, with how alike they are."""
    by_name: dict[str, list[ScopedDeclaration]] = {}
    for other in old:
        for name in _names(other):
            by_name.setdefault(name, []).append(other)
    near: list[Likely] = []
    for one in new:
        others = {id(other): other for name in _names(one) for other in by_name.get(name, ())}
        for other in others.values():
            likeness = _likeness(one, other)
            if one.declaration.tool is other.declaration.tool and likeness[0] >= _ALIKE:
                near.append((likeness, one, other))
    return near


def _likeliest(near: list[Likely]) -> Iterator[tuple[ScopedDeclaration, ScopedDeclaration]]:
    """Yield those that are each the likeliest for the other, with no second one as likely."""
    best: dict[int, Likeness] = {}
    ties: dict[tuple[int, Likeness], int] = {}
    for likeness, *both in near:
        for held in both:
            best[id(held)] = max(likeness, best.get(id(held), likeness))
            ties[id(held), likeness] = ties.get((id(held), likeness), 0) + 1
    for likeness, one, other in near:
        if all(best[id(h)] == likeness and ties[id(h), likeness] == 1 for h in (one, other)):
            yield one, other


def _likeness(one: ScopedDeclaration, other: ScopedDeclaration) -> Likeness:
    same_address = one.declaration.address == other.declaration.address
    return _alike(one, other), same_address, one.scope == other.scope


def _alike(one: ScopedDeclaration, other: ScopedDeclaration) -> float:
    """Return which part of all their names two certificates share."""
    these, those = _names(one), _names(other)
    return len(these & those) / len(these | those) if these and those else 0.0


def _names(held: ScopedDeclaration) -> frozenset[str]:
    requests = (variant.request for variant in held.declaration.variants)
    return frozenset(
        str(name.lower() if isinstance(name, Unresolved) else name)
        for request in requests
        if request is not None
        for name in request.names
    )


def _without(
    helds: list[ScopedDeclaration], found: Mapping[int, tuple[ScopedDeclaration, str]]
) -> list[ScopedDeclaration]:
    taken = {id(other) for other, _ in found.values()}
    return [held for held in helds if id(held) not in taken]
