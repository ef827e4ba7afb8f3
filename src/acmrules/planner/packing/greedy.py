"""Greedy packing: orders to try, and moves that improve a packing."""

from __future__ import annotations

from acmrules.planner.packing.model import OpenBin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.planner.packing.model import Bin, Item, ItemGroup, PackingRules


MOST_PASSES = 20
"""Times that loads are moved to where they share more."""


def undominated(loads: Sequence[Item]) -> tuple[list[int], dict[int, list[int]]]:
    """Return the loads that no other brings along, and what each of them brings along."""
    leads = _leads(loads)
    kept: list[int] = []
    absorbed: dict[int, list[int]] = {}
    holders: dict[int, list[int]] = {}
    leaders: dict[int, list[int]] = {}
    for index in sorted(range(len(loads)), key=lambda i: _order(loads[i], leads, i)):
        load = loads[index]
        rarest = min((holders.get(slot, ()) for slot in load.slots), key=len)
        led = [other for side, _ in load.eased for other in leaders.get(side, ())]
        by = next((other for other in (*rarest, *led) if _brings(loads[other], load)), None)
        if by is not None:
            absorbed.setdefault(by, []).append(index)
            continue
        kept.append(index)
        for slot in load.slots:
            holders.setdefault(slot, []).append(index)
        if load.sides & leads:
            leaders.setdefault(load.sides & leads, []).append(index)
    return kept, absorbed


def _leads(loads: Iterable[Item]) -> int:
    """Return the sides that ease something: boxes that have them come before what they ease."""
    leads = 0
    for load in loads:
        for side, _ in load.eased:
            leads |= side
    return leads


def _order(load: Item, leads: int, index: int) -> tuple[bool, int, int]:
    return not load.sides & leads, -len(load.slots), index


def _brings(load: Item, other: Item) -> bool:
    """Say whether a box that has one load has all that another needs, however eased."""
    return other.within(load.sides) <= load.core and not other.sides & ~load.sides


def orders(kept: list[int], loads: Sequence[Item]) -> Iterable[list[int]]:
    """Yield the orders in which boxes are filled: by size, then by what stands side by side."""
    yield kept
    leads = _leads(loads)
    yield sorted(kept, key=lambda i: (not loads[i].sides & leads, sorted(loads[i].slots)))


def fitted(order: Iterable[int], loads: Sequence[Item], rules: PackingRules) -> list[OpenBin]:
    """Put each load where it adds the fewest slots, then where the least room is left."""
    boxes: list[OpenBin] = []
    holders: dict[int, list[int]] = {}
    by_size: list[dict[int, None]] = [{} for _ in range(rules.capacity + 1)]
    for index in order:
        load = loads[index]
        near = {place for slot in load.slots for place in holders.get(slot, ())}
        if load.eased:
            eased = sum(side for side, _ in load.eased)
            near.update(place for place, box in enumerate(boxes) if box.sides & eased)
        growths = [(boxes[place].growth(load), -boxes[place].size, place) for place in near]
        fits = [(growth, size, place) for growth, size, place in growths if growth is not None]
        if fits:
            place = min(fits)[2]
        else:
            place = _fullest(load, boxes, by_size)
            if place == len(boxes):
                boxes.append(OpenBin(rules))
        box = boxes[place]
        by_size[box.size].pop(place, None)
        before = len(box.slots)
        box.take(index, load)
        if len(box.slots) > before:
            for slot in load.within(box.sides):
                if place not in holders.setdefault(slot, []):
                    holders[slot].append(place)
        by_size[box.size][place] = None
    return boxes


def moved(boxes: list[OpenBin], loads: Sequence[Item], rules: PackingRules) -> list[OpenBin]:
    """Move loads to where they share more, and empty boxes whose loads find room in others."""
    # Who is eased stays where that is so.
    for _ in range(0 if any(load.eased for load in loads) else MOST_PASSES):
        shifted, boxes = _shifted(boxes, loads, rules)
        fewer = _without_smallest(boxes, loads, rules)
        if not shifted and fewer is None:
            break
        boxes = boxes if fewer is None else fewer
    return boxes


def _shifted(
    boxes: list[OpenBin], loads: Sequence[Item], rules: PackingRules
) -> tuple[bool, list[OpenBin]]:
    """Move each load to where it adds less than it takes where it is; say whether any moved."""
    holders: dict[int, set[int]] = {}
    for place, box in enumerate(boxes):
        for slot in box.slots:
            holders.setdefault(slot, set()).add(place)
    shifted = False
    for source in range(len(boxes)):
        for index in tuple(boxes[source].loads):
            load = loads[index]
            rest = _boxed((other for other in boxes[source].loads if other != index), loads, rules)
            freed = boxes[source].size - (rest.size if rest.loads else 0)
            near = {place for slot in load.slots for place in holders[slot]} - {source}
            growths = ((boxes[place].growth(load), place) for place in sorted(near))
            fits = [(growth, place) for growth, place in growths if growth is not None]
            if fits and min(fits)[0] < freed:
                boxes[source] = rest
                boxes[min(fits)[1]].take(index, load)
                shifted = True
    return shifted, [box for box in boxes if box.loads]


def _without_smallest(
    boxes: list[OpenBin], loads: Sequence[Item], rules: PackingRules
) -> list[OpenBin] | None:
    """Return the boxes with the loads of the smallest in the others, `None` if they do not fit."""
    smallest = min(range(len(boxes)), key=lambda place: boxes[place].size, default=0)
    others = [_boxed(box.loads, loads, rules) for n, box in enumerate(boxes) if n != smallest]
    for index in boxes[smallest].loads if boxes else ():
        growths = ((box.growth(loads[index]), -box.size, n) for n, box in enumerate(others))
        fits = [(growth, size, place) for growth, size, place in growths if growth is not None]
        if not fits:
            return None
        others[min(fits)[2]].take(index, loads[index])
    return others if boxes else None


def _boxed(indexes: Iterable[int], loads: Sequence[Item], rules: PackingRules) -> OpenBin:
    """Make a box of some loads."""
    box = OpenBin(rules)
    for index in indexes:
        box.take(index, loads[index])
    return box


def _fullest(load: Item, boxes: list[OpenBin], by_size: list[dict[int, None]]) -> int:
    """Return the fullest box that a load fits into, or the number of the next new one."""
    for locations in by_size[len(by_size) - len(load.slots) :: -1]:
        for place in locations:
            if boxes[place].growth(load) is not None:
                return place
    return len(boxes)


def filled(
    boxes: list[OpenBin], crowds: Sequence[ItemGroup], rules: PackingRules
) -> tuple[Bin, ...]:
    """Let the crowds into the boxes, those first that fit into fewest, and close them."""
    for index in sorted(
        range(len(crowds)), key=lambda i: (not crowds[i].sides, crowds[i].is_short)
    ):
        crowd = crowds[index]
        left = crowd.count
        if crowd.is_short:
            # One short slot each, first, for the boxes that would need a helper.
            for box in boxes:
                if not box.is_short and left:
                    left -= box.fill(index, crowd, 1)
        for box in boxes:
            if not left:
                break
            left -= box.fill(index, crowd, left)
        while left:
            boxes.append(OpenBin(rules))
            left -= boxes[-1].fill(index, crowd, left)
    return tuple(box.closed() for box in boxes)


def cost_of(boxes: Sequence[Bin]) -> tuple[int, int]:
    """Return the number of bins and the names in them: fewer is better, in this order."""
    return len(boxes), sum(box.size for box in boxes)


def with_items(box: Bin, absorbed: dict[int, list[int]]) -> Bin:
    """Add the loads that those in a box bring along."""
    brought = [other for index in box.loads for other in absorbed.get(index, ())]
    return box.__replace__(loads=tuple(sorted((*box.loads, *brought)))) if brought else box
