"""Loads into as few boxes as hold them, where what two loads have in common takes its place once.

A slot is a place in a box; loads that need the same slot share it. Sides are sets of bits: a box
holds nothing that has a side which something else in it is against.
"""

from __future__ import annotations

from acmrules.planner.packing.greedy import (
    cost_of,
    filled,
    fitted,
    moved,
    orders,
    undominated,
    with_items,
)
from acmrules.planner.packing.model import OpenBin, Packing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.planner.packing.model import Bin, Cost, Item, ItemGroup, PackingRules


MOST_SEARCHED = 60
"""Loads up to which a search is begun: beyond, it would not come to its end."""


STEPS = 20_000
"""Steps of a search after which it is given up."""


def pack(
    loads: Sequence[Item], crowds: Sequence[ItemGroup], rules: PackingRules, steps: int = STEPS
) -> Packing:
    """Pack loads and crowds, each of which fits into a box by itself.

    Where what is found at once is not known to be the best, a search goes on from there for
    `steps` steps; if it comes to its end before, there is no better packing.
    """
    from acmrules.planner.packing.bounds import least_boxes, least_slots

    kept, absorbed = undominated(loads)
    found = min(
        (
            filled(moved(fitted(order, loads, rules), loads, rules), crowds, rules)
            for order in orders(kept, loads)
        ),
        key=cost_of,
    )
    needed = [loads[index] for index in kept]
    bound = least_boxes(needed, crowds, rules)
    slots_bound = least_slots(needed, crowds, rules, bound)
    if cost_of(found) > (bound, slots_bound):
        goal = bound, slots_bound
        found, is_best = _searched(found, goal, kept, loads, crowds, rules, steps)
        if is_best:
            bound, slots_bound = cost_of(found)
    slots_bound = max(slots_bound, least_slots(needed, crowds, rules, len(found)))
    return Packing(tuple(with_items(box, absorbed) for box in found), bound, slots_bound)


def _searched(
    found: tuple[Bin, ...],
    goal: Cost,
    kept: list[int],
    loads: Sequence[Item],
    crowds: Sequence[ItemGroup],
    rules: PackingRules,
    steps: int,
) -> tuple[tuple[Bin, ...], bool]:
    """Search for better boxes, and say whether the search came to its end."""
    from acmrules.planner.packing.search import Search

    extras = sum(crowd.count for crowd in crowds if crowd.is_plain)
    others = [n for n, crowd in enumerate(crowds) for _ in range(crowd.count) if not crowd.is_plain]
    if len(kept) + len(others) > MOST_SEARCHED:
        return found, False
    search = Search([loads[i] for i in kept], [crowds[n] for n in others], extras, rules)
    is_best = search.run(cost_of(found), goal, steps)
    if search.groups is None:
        return found, is_best
    boxes = []
    for group in search.groups:
        boxes.append(OpenBin(rules))
        for index in group:
            if index < len(kept):
                boxes[-1].take(kept[index], loads[kept[index]])
            else:
                number = others[index - len(kept)]
                boxes[-1].fill(number, crowds[number], 1)
    left = [crowd if crowd.is_plain else crowd.__replace__(count=0) for crowd in crowds]
    return filled(boxes, left, rules), is_best
