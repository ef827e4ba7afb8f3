"""Packs items into the fewest bins, where items share the slots that they have in common.

A slot is a place in a bin, and items that need the same slot share it. Sides are sets of bits: a
bin never contains an item with a side that another of its items is against.
"""

from __future__ import annotations

from acmrules.planner.packing.greedy import (
    best_fit,
    cost_of,
    improved,
    orders,
    undominated,
    with_groups,
    with_items,
)
from acmrules.planner.packing.model import OpenBin, Packing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.planner.packing.model import Bin, Cost, Item, ItemGroup, PackingRules


MOST_SEARCHED = 60
"""The maximum number of items for a search; with more items, it would not finish."""


STEPS = 20_000
"""The number of steps after which a search stops."""


def pack(
    items: Sequence[Item], groups: Sequence[ItemGroup], rules: PackingRules, steps: int = STEPS
) -> Packing:
    """Pack items and groups that each fit into a bin on their own.

    If the greedy packing is not provably the best, a search of up to `steps` steps tries to improve
    it. If the search finishes, its result is the best packing.
    """
    from acmrules.planner.packing.bounds import least_bins, least_slots

    kept, absorbed = undominated(items)
    found = min(
        (
            with_groups(improved(best_fit(order, items, rules), items, rules), groups, rules)
            for order in orders(kept, items)
        ),
        key=cost_of,
    )
    needed = [items[index] for index in kept]
    bound = least_bins(needed, groups, rules)
    slots_bound = least_slots(needed, groups, rules, bound)
    if cost_of(found) > (bound, slots_bound):
        goal = bound, slots_bound
        found, is_best = _searched(found, goal, kept, items, groups, rules, steps)
        if is_best:
            bound, slots_bound = cost_of(found)
    slots_bound = max(slots_bound, least_slots(needed, groups, rules, len(found)))
    return Packing(tuple(with_items(bin_, absorbed) for bin_ in found), bound, slots_bound)


def _searched(
    found: tuple[Bin, ...],
    goal: Cost,
    kept: list[int],
    items: Sequence[Item],
    groups: Sequence[ItemGroup],
    rules: PackingRules,
    steps: int,
) -> tuple[tuple[Bin, ...], bool]:
    """Return better bins if a search finds some, and whether the search finished."""
    from acmrules.planner.packing.search import Search

    extras = sum(group.count for group in groups if group.is_plain)
    others = [n for n, group in enumerate(groups) for _ in range(group.count) if not group.is_plain]
    if len(kept) + len(others) > MOST_SEARCHED:
        return found, False
    search = Search([items[i] for i in kept], [groups[n] for n in others], extras, rules)
    is_best = search.run(cost_of(found), goal, steps)
    if search.assignment is None:
        return found, is_best
    bins = []
    for indexes in search.assignment:
        bins.append(OpenBin(rules))
        for index in indexes:
            if index < len(kept):
                bins[-1].add(kept[index], items[kept[index]])
            else:
                number = others[index - len(kept)]
                bins[-1].add_group(number, groups[number], 1)
    left = [group if group.is_plain else group.__replace__(count=0) for group in groups]
    return with_groups(bins, left, rules), is_best
