"""How few boxes and slots any packing has, by arguments that hold for all of them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.planner.packing.model import Item, ItemGroup, PackingRules

_UNIT = 27_720
"""The weight of a slot: the shares of up to twelve loads in it are whole."""

_MOST_COMPARED = 200
_MOST_DIVIDED = 20


def least_slots(
    loads: Sequence[Item], crowds: Sequence[ItemGroup], rules: PackingRules, boxes: int
) -> int:
    """Return how many slots are taken at the least in so many boxes, all with a short one."""
    short, long = _occupied(loads, crowds, rules)
    return long + max(short, boxes)


def least_boxes(loads: Sequence[Item], crowds: Sequence[ItemGroup], rules: PackingRules) -> int:
    """Return how many boxes there are at the least."""
    short, long = _occupied(loads, crowds, rules)
    capacity = rules.capacity
    return max(
        _over(short + long, capacity),
        _over(long, capacity - 1) if long else 0,
        max((_most(slot_loads, rules) for slot_loads in _by_slot(loads).values()), default=0),
        max((_by_sides(entry, loads, crowds, capacity) for entry in rules.apart), default=0),
        _by_weight(_shares(loads, divided=True), crowds, capacity),
        _by_weight(_shares(loads, divided=False), crowds, capacity),
        _by_conflict(loads, rules),
    )


def _occupied(
    loads: Sequence[Item], crowds: Sequence[ItemGroup], rules: PackingRules
) -> tuple[int, int]:
    """Count how often slots are taken at the least, short ones and long ones."""
    short = sum(crowd.count for crowd in crowds if crowd.is_short)
    long = sum(crowd.count for crowd in crowds if not crowd.is_short)
    for slot, sharing in _by_slot(loads).items():
        if slot in rules.short:
            short += _most(sharing, rules)
        else:
            long += _most(sharing, rules)
    return short, long


def _by_slot(loads: Sequence[Item]) -> dict[int, list[Item]]:
    by_slot: dict[int, list[Item]] = {}
    for load in loads:
        for slot in load.core:
            by_slot.setdefault(slot, []).append(load)
    return by_slot


def _most(sharing: list[Item], rules: PackingRules) -> int:
    """Return in how many boxes a slot is at the least that some loads share.

    Each of them has room for `capacity - 1` others, and for one side of those held apart.
    """
    if len(sharing) == 1:
        return 1
    together = frozenset().union(*(load.core for load in sharing))
    least = _over(len(together) - 1, rules.capacity - 1)
    sides = _union(load.sides for load in sharing)
    if sides:
        least = max(least, *((entry & sides).bit_count() for entry in rules.apart))
    return least


def _by_sides(entry: int, loads: Sequence[Item], crowds: Sequence[ItemGroup], capacity: int) -> int:
    """Count the boxes of each side by itself: none has two."""
    slots: dict[int, set[int]] = {}
    counts: dict[int, int] = {}
    for load in loads:
        if load.sides & entry:
            slots.setdefault(load.sides & entry, set()).update(load.core)
    for crowd in crowds:
        if crowd.sides & entry:
            counts[crowd.sides & entry] = counts.get(crowd.sides & entry, 0) + crowd.count
    return sum(
        _over(len(slots.get(side, ())) + counts.get(side, 0), capacity)
        for side in slots.keys() | counts.keys()
    )


def _shares(loads: Sequence[Item], *, divided: bool) -> list[int]:
    """Return weights of loads such that those in a box weigh no more than its slots.

    What a slot weighs is divided among the loads that share it, or goes to the first of them.
    """
    counts: dict[int, int] = {}
    for load in loads:
        for slot in load.core:
            counts[slot] = counts.get(slot, 0) + 1
    if divided:
        return [sum(_UNIT // counts[slot] for slot in load.core) for load in loads]
    seen: set[int] = set()
    weights = []
    for load in loads:
        weights.append(_UNIT * len(load.core - seen))
        seen |= load.core
    return weights


def _by_weight(weights: list[int], crowds: Sequence[ItemGroup], capacity: int) -> int:
    """Bound the boxes as for weights of their own (Martello, Toth; Fekete, Schepers)."""
    full = capacity * _UNIT
    counts: dict[int, int] = {_UNIT: sum(crowd.count for crowd in crowds)}
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


def _by_conflict(loads: Sequence[Item], rules: PackingRules) -> int:
    """Count loads of which no two can be in one box."""
    apart: list[Item] = []
    for load in loads[:_MOST_COMPARED]:
        if all(
            load.against & other.sides or len(load.core | other.core) > rules.capacity
            for other in apart
        ):
            apart.append(load)
    return len(apart)


def _over(amount: int, capacity: int) -> int:
    """Divide, rounding up."""
    return -(-amount // capacity)


def _union(sets: Iterable[int]) -> int:
    union = 0
    for bits in sets:
        union |= bits
    return union
