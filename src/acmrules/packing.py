"""Loads into as few boxes as hold them, where what two loads have in common takes its place once.

A slot is a place in a box; loads that need the same slot share it. Sides are sets of bits: what
takes one side is against others, and a box holds nothing that is against another thing in it.
"""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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


class Crowd(Value):
    """Loads of one slot each that nobody else needs, and that are all alike."""

    count: int
    is_short: bool = True
    sides: int = 0
    against: int = 0


class Rules(Value):
    """How many slots a box has, and that one of them must be short.

    A box without a short slot is given one more, if one of the `helpers` (sides, and what they
    are against) can come in.
    """

    capacity: int
    short: frozenset[int]
    helpers: tuple[tuple[int, int], ...]


class Box(Value):
    """What came into a box: slots, the indexes of loads, and how many of each crowd."""

    slots: frozenset[int]
    loads: tuple[int, ...]
    crowds: tuple[tuple[int, int], ...]
    needs_helper: bool = False

    @property
    def size(self) -> int:
        """How many slots are taken."""
        return len(self.slots) + sum(count for _, count in self.crowds) + self.needs_helper


class Packing(Value):
    """The boxes; none has fewer of them than `bound`, or with as many, fewer slots taken."""

    boxes: tuple[Box, ...]
    bound: int
    slots_bound: int


def pack(loads: Sequence[Load], crowds: Sequence[Crowd], rules: Rules) -> Packing:
    """Pack loads and crowds, each of which fits into a box by itself."""
    boxes: list[_Open] = []
    for index in sorted(range(len(loads)), key=lambda i: (-len(loads[i].slots), i)):
        load = loads[index]
        fitting = [box for box in boxes if box.takes(load, rules)]
        if fitting:
            best = min(fitting, key=lambda box: len(load.within(box.sides) - box.slots))
        else:
            best = _Open()
            boxes.append(best)
        best.take(index, load, rules)
    for index in sorted(range(len(crowds)), key=lambda i: (not crowds[i].sides, crowds[i].is_short)):
        crowd = crowds[index]
        left = crowd.count
        for box in boxes:
            left -= box.fill(index, crowd, left, rules)
        while left:
            boxes.append(_Open())
            left -= boxes[-1].fill(index, crowd, left, rules)
    slots = len(frozenset().union(*(load.slots for load in loads)))
    slots += sum(crowd.count for crowd in crowds)
    closed = tuple(box.closed() for box in boxes)
    return Packing(closed, -(-slots // rules.capacity), slots)


class _Open:
    """A box that is being filled."""

    def __init__(self) -> None:
        self.slots: set[int] = set()
        self.loads: list[int] = []
        self.crowds: list[tuple[int, int]] = []
        self.filled = 0
        self.sides = 0
        self.against = 0
        self.is_short = False

    def takes(self, load: Load, rules: Rules) -> bool:
        if load.against & self.sides:
            return False
        slots = load.within(self.sides)
        taken = self.filled + len(self.slots | slots)
        if not self.is_short and rules.short.isdisjoint(slots):
            taken += 1
            if not helped(self.sides | load.sides, self.against | load.against, rules):
                return False
        return taken <= rules.capacity

    def take(self, index: int, load: Load, rules: Rules) -> None:
        slots = load.within(self.sides)
        self.slots |= slots
        self.loads.append(index)
        self.sides |= load.sides
        self.against |= load.against
        self.is_short = self.is_short or not rules.short.isdisjoint(slots)

    def fill(self, index: int, crowd: Crowd, left: int, rules: Rules) -> int:
        """Take as many of a crowd as there are and as fit, and say how many."""
        if crowd.against & self.sides:
            return 0
        sides, against = self.sides | crowd.sides, self.against | crowd.against
        is_short = self.is_short or crowd.is_short
        if not is_short and not helped(sides, against, rules):
            return 0
        count = min(left, rules.capacity - self.filled - len(self.slots) - (not is_short))
        if count > 0:
            self.crowds.append((index, count))
            self.filled += count
            self.sides, self.against, self.is_short = sides, against, is_short
        return max(count, 0)

    def closed(self) -> Box:
        return Box(
            frozenset(self.slots), tuple(sorted(self.loads)), tuple(self.crowds), not self.is_short
        )


def helped(sides: int, against: int, rules: Rules) -> bool:
    """Say whether a box can be given a short slot."""
    return any(not (sides & averse or against & side) for side, averse in rules.helpers)
