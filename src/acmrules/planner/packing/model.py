"""The data of the packing algorithms: items, groups of equal items, bins, and their rules."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    Cost = tuple[int, int]
    """The number of bins, and the number of occupied slots in them."""


class Item(Value):
    """A set of slots that must be in one bin.

    `sides` are the sides of the item, as bits, and `against` the sides that its bin must not have.
    `alternatives` are pairs of a side and slots: in a bin with this side, the item needs only these
    slots.
    """

    slots: frozenset[int]
    sides: int = 0
    against: int = 0
    alternatives: tuple[tuple[int, frozenset[int]], ...] = ()

    def within(self, sides: int) -> frozenset[int]:
        """Return the slots that the item needs in a bin with some sides."""
        for side, needed in self.alternatives:
            if side & sides:
                return needed
        return self.slots

    @property
    def core(self) -> frozenset[int]:
        """The slots that the item needs in every bin."""
        return self.slots.intersection(*(needed for _, needed in self.alternatives))


class ItemGroup(Value):
    """Equal items with one slot each, which no other item shares."""

    count: int
    is_short: bool = True
    sides: int = 0
    against: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether its items fit into every bin with room."""
        return self.is_short and not self.sides


class PackingRules(Value):
    """What fits into a bin.

    A bin has up to `capacity` slots, at least one of them short, and at most one side of each set
    in `apart`. A bin without a short slot gets one of the `helpers` (their sides, and the sides
    they are against) as an additional slot.
    """

    capacity: int
    short: frozenset[int]
    helpers: tuple[tuple[int, int], ...] = ((0, 0),)
    apart: tuple[int, ...] = ()

    def helps(self, sides: int, against: int) -> bool:
        """Return whether a helper fits into a bin."""
        return any(not (sides & averse or against & side) for side, averse in self.helpers)


class Bin(Value):
    """A full bin: its slots, the indexes of its items, and the number of items of each group."""

    slots: frozenset[int]
    items: tuple[int, ...]
    groups: tuple[tuple[int, int], ...] = ()
    needs_helper: bool = False

    @property
    def size(self) -> int:
        """The number of occupied slots."""
        return len(self.slots) + sum(count for _, count in self.groups) + self.needs_helper


class Packing(Value):
    """The bins, with lower bounds for their number and for the occupied slots."""

    bins: tuple[Bin, ...]
    bound: int
    slots_bound: int


class OpenBin:
    """A bin that accepts items."""

    __slots__ = ("against", "grouped", "groups", "is_short", "items", "rules", "sides", "slots")

    def __init__(self, rules: PackingRules) -> None:
        self.rules = rules
        self.slots: set[int] = set()
        self.items: list[int] = []
        self.groups: list[tuple[int, int]] = []
        self.grouped = 0
        self.sides = 0
        self.against = 0
        self.is_short = False

    @property
    def size(self) -> int:
        """The number of occupied slots, including one for a helper if the bin needs one."""
        return len(self.slots) + self.grouped + (not self.is_short)

    def added_slots(self, item: Item) -> int | None:
        """Return the number of slots that an item would add, or `None` if it does not fit."""
        if item.against & self.sides:
            return None
        slots = item.within(self.sides)
        size = len(self.slots | slots) + self.grouped
        if not self.is_short and self.rules.short.isdisjoint(slots):
            size += 1
            if not self.rules.helps(self.sides | item.sides, self.against | item.against):
                return None
        return size - self.size if size <= self.rules.capacity else None

    def add(self, index: int, item: Item) -> None:
        """Add an item, which must fit."""
        slots = item.within(self.sides)
        self.slots |= slots
        self.items.append(index)
        self.sides |= item.sides
        self.against |= item.against
        self.is_short = self.is_short or not self.rules.short.isdisjoint(slots)

    def add_group(self, index: int, group: ItemGroup, most: int) -> int:
        """Add as many items of a group as fit, up to `most`, and return their number."""
        if group.against & self.sides:
            return 0
        sides, against = self.sides | group.sides, self.against | group.against
        is_short = self.is_short or group.is_short
        if not is_short and not self.rules.helps(sides, against):
            return 0
        room = self.rules.capacity - len(self.slots) - self.grouped - (not is_short)
        count = max(0, min(most, room))
        if count:
            self.groups.append((index, count))
            self.grouped += count
            self.sides, self.against, self.is_short = sides, against, is_short
        return count

    def closed(self) -> Bin:
        """Return the bin as a value."""
        groups: dict[int, int] = {}
        for index, count in self.groups:
            groups[index] = groups.get(index, 0) + count
        slots, items = frozenset(self.slots), tuple(sorted(self.items))
        return Bin(slots, items, tuple(groups.items()), not self.is_short)
