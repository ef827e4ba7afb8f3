"""Loads into as few boxes as hold them, where what two loads have in common takes its place once.

A slot is a place in a box; loads that need the same slot share it. Sides are sets of bits: a box
holds nothing that has a side which something else in it is against.
"""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Groups = list[list[int]]
    """The indexes of loads, by box."""
    Cost = tuple[int, int]
    """How many boxes, and how many slots taken in them."""


class Load(Value):
    """Slots that must be in one box together.

    `eased` are pairs: in a box that has the first, a side, the second are all slots it needs.
    """

    slots: frozenset[int]
    sides: int = 0
    against: int = 0
    eased: tuple[tuple[int, frozenset[int]], ...] = ()

    def within(self, sides: int) -> frozenset[int]:
        """Return the slots that the load needs in a box with some sides."""
        for side, needed in self.eased:
            if side & sides:
                return needed
        return self.slots

    @property
    def core(self) -> frozenset[int]:
        """The slots that the load needs in any box."""
        return self.slots.intersection(*(needed for _, needed in self.eased))


class Crowd(Value):
    """Loads of one slot each that nobody else needs, and that are all alike."""

    count: int
    is_short: bool = True
    sides: int = 0
    against: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether its loads go into any box with room."""
        return self.is_short and not self.sides


class Rules(Value):
    """What a box holds: `capacity` slots, one of them short, and one side of each set in `apart`.

    A box without a short slot is given one more, where one of the `helpers` (sides, and what they
    are against) can come in.
    """

    capacity: int
    short: frozenset[int]
    helpers: tuple[tuple[int, int], ...] = ((0, 0),)
    apart: tuple[int, ...] = ()

    def helps(self, sides: int, against: int) -> bool:
        """Say whether a box can be given a short slot."""
        return any(not (sides & averse or against & side) for side, averse in self.helpers)


class Box(Value):
    """What came into a box: slots, the indexes of loads, and how many of each crowd."""

    slots: frozenset[int]
    loads: tuple[int, ...]
    crowds: tuple[tuple[int, int], ...] = ()
    needs_helper: bool = False

    @property
    def size(self) -> int:
        """How many slots are taken."""
        return len(self.slots) + sum(count for _, count in self.crowds) + self.needs_helper


class Packing(Value):
    """Boxes, and that no packing has fewer than `bound`, nor as many with fewer slots taken."""

    boxes: tuple[Box, ...]
    bound: int
    slots_bound: int


class OpenBox:
    """A box that is being filled."""

    __slots__ = ("against", "crowds", "filled", "is_short", "loads", "rules", "sides", "slots")

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.slots: set[int] = set()
        self.loads: list[int] = []
        self.crowds: list[tuple[int, int]] = []
        self.filled = 0
        self.sides = 0
        self.against = 0
        self.is_short = False

    @property
    def size(self) -> int:
        """How many slots are taken, or kept for a helper."""
        return len(self.slots) + self.filled + (not self.is_short)

    def growth(self, load: Load) -> int | None:
        """Return how many slots a load would add, `None` where it cannot come in."""
        if load.against & self.sides:
            return None
        slots = load.within(self.sides)
        size = len(self.slots | slots) + self.filled
        if not self.is_short and self.rules.short.isdisjoint(slots):
            size += 1
            if not self.rules.helps(self.sides | load.sides, self.against | load.against):
                return None
        return size - self.size if size <= self.rules.capacity else None

    def take(self, index: int, load: Load) -> None:
        """Put a load in."""
        slots = load.within(self.sides)
        self.slots |= slots
        self.loads.append(index)
        self.sides |= load.sides
        self.against |= load.against
        self.is_short = self.is_short or not self.rules.short.isdisjoint(slots)

    def fill(self, index: int, crowd: Crowd, most: int) -> int:
        """Put in as many of a crowd as fit, and say how many."""
        if crowd.against & self.sides:
            return 0
        sides, against = self.sides | crowd.sides, self.against | crowd.against
        is_short = self.is_short or crowd.is_short
        if not is_short and not self.rules.helps(sides, against):
            return 0
        room = self.rules.capacity - len(self.slots) - self.filled - (not is_short)
        count = max(0, min(most, room))
        if count:
            self.crowds.append((index, count))
            self.filled += count
            self.sides, self.against, self.is_short = sides, against, is_short
        return count

    def closed(self) -> Box:
        """Return what came in."""
        crowds: dict[int, int] = {}
        for index, count in self.crowds:
            crowds[index] = crowds.get(index, 0) + count
        slots, loads = frozenset(self.slots), tuple(sorted(self.loads))
        return Box(slots, loads, tuple(crowds.items()), not self.is_short)


MOST_SEARCHED = 60
"""Loads up to which a search is begun: beyond, it would not come to its end."""

MOST_PASSES = 20
"""Times that loads are moved to where they share more."""

STEPS = 20_000
"""Steps of a search after which it is given up."""


def pack(
    loads: Sequence[Load], crowds: Sequence[Crowd], rules: Rules, steps: int = STEPS
) -> Packing:
    """Pack loads and crowds, each of which fits into a box by itself.

    Where what is found at once is not known to be the best, a search goes on from there for
    `steps` steps; if it comes to its end before, there is no better packing.
    """
    from acmrules.packing_bounds import least_boxes, least_slots

    kept, absorbed = _undominated(loads)
    found = min(
        (
            _filled(_moved(_fitted(order, loads, rules), loads, rules), crowds, rules)
            for order in _orders(kept, loads)
        ),
        key=_cost,
    )
    needed = [loads[index] for index in kept]
    bound = least_boxes(needed, crowds, rules)
    slots_bound = least_slots(needed, crowds, rules, bound)
    if _cost(found) > (bound, slots_bound):
        goal = bound, slots_bound
        found, is_best = _searched(found, goal, kept, loads, crowds, rules, steps)
        if is_best:
            bound, slots_bound = _cost(found)
    slots_bound = max(slots_bound, least_slots(needed, crowds, rules, len(found)))
    return Packing(tuple(_with(box, absorbed) for box in found), bound, slots_bound)


def _searched(
    found: tuple[Box, ...],
    goal: Cost,
    kept: list[int],
    loads: Sequence[Load],
    crowds: Sequence[Crowd],
    rules: Rules,
    steps: int,
) -> tuple[tuple[Box, ...], bool]:
    """Search for better boxes, and say whether the search came to its end."""
    from acmrules.packing_search import Search

    extras = sum(crowd.count for crowd in crowds if crowd.is_plain)
    others = [n for n, crowd in enumerate(crowds) for _ in range(crowd.count) if not crowd.is_plain]
    if len(kept) + len(others) > MOST_SEARCHED:
        return found, False
    search = Search([loads[i] for i in kept], [crowds[n] for n in others], extras, rules)
    is_best = search.run(_cost(found), goal, steps)
    if search.groups is None:
        return found, is_best
    boxes = []
    for group in search.groups:
        boxes.append(OpenBox(rules))
        for index in group:
            if index < len(kept):
                boxes[-1].take(kept[index], loads[kept[index]])
            else:
                number = others[index - len(kept)]
                boxes[-1].fill(number, crowds[number], 1)
    left = [crowd if crowd.is_plain else crowd.__replace__(count=0) for crowd in crowds]
    return _filled(boxes, left, rules), is_best


def _undominated(loads: Sequence[Load]) -> tuple[list[int], dict[int, list[int]]]:
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


def _leads(loads: Iterable[Load]) -> int:
    """Return the sides that ease something: boxes that have them come before what they ease."""
    leads = 0
    for load in loads:
        for side, _ in load.eased:
            leads |= side
    return leads


def _order(load: Load, leads: int, index: int) -> tuple[bool, int, int]:
    return not load.sides & leads, -len(load.slots), index


def _brings(load: Load, other: Load) -> bool:
    """Say whether a box that has one load has all that another needs, however eased."""
    return other.within(load.sides) <= load.core and not other.sides & ~load.sides


def _orders(kept: list[int], loads: Sequence[Load]) -> Iterable[list[int]]:
    """Yield the orders in which boxes are filled: by size, then by what stands side by side."""
    yield kept
    leads = _leads(loads)
    yield sorted(kept, key=lambda i: (not loads[i].sides & leads, sorted(loads[i].slots)))


def _fitted(order: Iterable[int], loads: Sequence[Load], rules: Rules) -> list[OpenBox]:
    """Put each load where it adds the fewest slots, then where the least room is left."""
    boxes: list[OpenBox] = []
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
                boxes.append(OpenBox(rules))
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


def _moved(boxes: list[OpenBox], loads: Sequence[Load], rules: Rules) -> list[OpenBox]:
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
    boxes: list[OpenBox], loads: Sequence[Load], rules: Rules
) -> tuple[bool, list[OpenBox]]:
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
    boxes: list[OpenBox], loads: Sequence[Load], rules: Rules
) -> list[OpenBox] | None:
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


def _boxed(indexes: Iterable[int], loads: Sequence[Load], rules: Rules) -> OpenBox:
    """Make a box of some loads."""
    box = OpenBox(rules)
    for index in indexes:
        box.take(index, loads[index])
    return box


def _fullest(load: Load, boxes: list[OpenBox], by_size: list[dict[int, None]]) -> int:
    """Return the fullest box that a load fits into, or the number of the next new one."""
    for places in by_size[len(by_size) - len(load.slots) :: -1]:
        for place in places:
            if boxes[place].growth(load) is not None:
                return place
    return len(boxes)


def _filled(boxes: list[OpenBox], crowds: Sequence[Crowd], rules: Rules) -> tuple[Box, ...]:
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
            boxes.append(OpenBox(rules))
            left -= boxes[-1].fill(index, crowd, left)
    return tuple(box.closed() for box in boxes)


def _cost(boxes: Sequence[Box]) -> tuple[int, int]:
    return len(boxes), sum(box.size for box in boxes)


def _with(box: Box, absorbed: dict[int, list[int]]) -> Box:
    """Add the loads that those in a box bring along."""
    brought = [other for index in box.loads for other in absorbed.get(index, ())]
    return box.__replace__(loads=tuple(sorted((*box.loads, *brought)))) if brought else box
