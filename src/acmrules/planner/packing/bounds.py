"""Lower bounds for the bins and slots of every packing."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.planner.packing.model import Item, ItemGroup, PackingRules

_UNIT = 27_720
"""The weight of a slot, divisible by every number of items up to twelve."""

_MOST_COMPARED = 200
_MOST_DIVIDED = 20


def least_slots(
    items: Sequence[Item], groups: Sequence[ItemGroup], rules: PackingRules, bins: int
) -> int:
    """Return the minimum number of occupied slots in a number of bins, each with a short slot."""
    short, long = _occupied(items, groups, rules)
    return long + max(short, bins)


def least_bins(items: Sequence[Item], groups: Sequence[ItemGroup], rules: PackingRules) -> int:
    """Return the minimum number of bins."""
    short, long = _occupied(items, groups, rules)
    capacity = rules.capacity
    return max(
        _over(short + long, capacity),
        _over(long, capacity - 1) if long else 0,
        max((_most(sharing, rules) for sharing in _by_slot(items).values()), default=0),
        max((_by_sides(entry, items, groups, capacity) for entry in rules.apart), default=0),
        _by_weight(_shares(items, divided=True), groups, capacity),
        _by_weight(_shares(items, divided=False), groups, capacity),
        _by_conflict(items, rules),
    )


def _occupied(
    items: Sequence[Item], groups: Sequence[ItemGroup], rules: PackingRules
) -> tuple[int, int]:
    """Return the minimum numbers of occupied short slots and long slots."""
    short = sum(group.count for group in groups if group.is_short)
    long = sum(group.count for group in groups if not group.is_short)
    for slot, sharing in _by_slot(items).items():
        if slot in rules.short:
            short += _most(sharing, rules)
        else:
            long += _most(sharing, rules)
    return short, long


def _by_slot(items: Sequence[Item]) -> dict[int, list[Item]]:
    by_slot: dict[int, list[Item]] = {}
    for item in items:
        for slot in item.core:
            by_slot.setdefault(slot, []).append(item)
    return by_slot


def _most(sharing: list[Item], rules: PackingRules) -> int:
    """Return the minimum number of bins with a slot that some items share.

    Each of these bins has room for `capacity - 1` other slots, and for one of the sides that are
    kept apart.
    """
    if len(sharing) == 1:
        return 1
    together = frozenset().union(*(item.core for item in sharing))
    least = _over(len(together) - 1, rules.capacity - 1)
    sides = _union(item.sides for item in sharing)
    if sides:
        least = max(least, *((entry & sides).bit_count() for entry in rules.apart))
    return least


def _by_sides(entry: int, items: Sequence[Item], groups: Sequence[ItemGroup], capacity: int) -> int:
    """Return the sum of the minimum numbers of bins for each side, as no bin has two."""
    slots: dict[int, set[int]] = {}
    counts: dict[int, int] = {}
    for item in items:
        if item.sides & entry:
            slots.setdefault(item.sides & entry, set()).update(item.core)
    for group in groups:
        if group.sides & entry:
            counts[group.sides & entry] = counts.get(group.sides & entry, 0) + group.count
    return sum(
        _over(len(slots.get(side, ())) + counts.get(side, 0), capacity)
        for side in slots.keys() | counts.keys()
    )


def _shares(items: Sequence[Item], *, divided: bool) -> list[int]:
    """Return weights of items whose sum in a bin is at most the weight of its slots.

    The weight of a slot is divided among the items that share it, or assigned to the first of them.
    """
    counts: dict[int, int] = {}
    for item in items:
        for slot in item.core:
            counts[slot] = counts.get(slot, 0) + 1
    if divided:
        return [sum(_UNIT // counts[slot] for slot in item.core) for item in items]
    seen: set[int] = set()
    weights = []
    for item in items:
        weights.append(_UNIT * len(item.core - seen))
        seen |= item.core
    return weights


def _by_weight(weights: list[int], groups: Sequence[ItemGroup], capacity: int) -> int:
    """Return the bound for items with independent weights (Martello, Toth; Fekete, Schepers)."""
    full = capacity * _UNIT
    counts: dict[int, int] = {_UNIT: sum(group.count for group in groups)}
    for weight in weights:
        counts[weight] = counts.get(weight, 0) + 1
    least = 0
    for times in range(1, _MOST_DIVIDED):
        whole = parts = 0
        for weight, count in counts.items():
            if (times + 1) * weight % full:
                parts += (times + 1) * weight // full * count
            else:
                whole += weight * count
        least = max(least, _over(times * whole + full * parts, times * full))
    for threshold in [0, *(weight for weight in counts if 2 * weight <= full)]:
        large = sum(count for weight, count in counts.items() if 2 * weight > full)
        room = sum(
            (full - weight) * count
            for weight, count in counts.items()
            if full - threshold >= weight > full / 2
        )
        small = sum(w * n for w, n in counts.items() if threshold <= w and 2 * w <= full)
        least = max(least, large + _over(max(0, small - room), full))
    return least


def _by_conflict(items: Sequence[Item], rules: PackingRules) -> int:
    """Return the number of items among which no two fit into one bin."""
    apart: list[Item] = []
    for item in items[:_MOST_COMPARED]:
        if all(
            item.against & other.sides or len(item.core | other.core) > rules.capacity
            for other in apart
        ):
            apart.append(item)
    return len(apart)


def _over(amount: int, capacity: int) -> int:
    """Divide, rounding up."""
    return -(-amount // capacity)


def _union(sets: Iterable[int]) -> int:
    union = 0
    for bits in sets:
        union |= bits
    return union
