"""What the packing algorithms share: items, their groups, bins, and the cost of a packing."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    Groups = list[list[int]]
    """The indexes of loads, by box."""

    Cost = tuple[int, int]
    """How many boxes, and how many slots taken in them."""


class Item(Value):
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


class ItemGroup(Value):
    """Loads of one slot each that nobody else needs, and that are all alike."""

    count: int
    is_short: bool = True
    sides: int = 0
    against: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether its loads go into any box with room."""
        return self.is_short and not self.sides


class PackingRules(Value):
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


class Bin(Value):
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

    boxes: tuple[Bin, ...]
    bound: int
    slots_bound: int


class OpenBin:
    """A box that is being filled."""

    __slots__ = ("against", "crowds", "filled", "is_short", "loads", "rules", "sides", "slots")

    def __init__(self, rules: PackingRules) -> None:
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

    def growth(self, load: Item) -> int | None:
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

    def take(self, index: int, load: Item) -> None:
        """Put a load in."""
        slots = load.within(self.sides)
        self.slots |= slots
        self.loads.append(index)
        self.sides |= load.sides
        self.against |= load.against
        self.is_short = self.is_short or not self.rules.short.isdisjoint(slots)

    def fill(self, index: int, crowd: ItemGroup, most: int) -> int:
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

    def closed(self) -> Bin:
        """Return what came in."""
        crowds: dict[int, int] = {}
        for index, count in self.crowds:
            crowds[index] = crowds.get(index, 0) + count
        slots, loads = frozenset(self.slots), tuple(sorted(self.loads))
        return Bin(slots, loads, tuple(crowds.items()), not self.is_short)
