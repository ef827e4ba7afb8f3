"""A search for a packing that is better than the known one, or for the proof that none exists."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.planner.packing.model import Cost, Item, ItemGroup, PackingRules


class Search:
    """Branch and bound: put each item, in order, into each bin with room, then into a new bin.

    `assignment` is the best packing found: the indexes of the items by bin, or `None` if no packing
    is better than the known one. `extras` is the number of short slots that fit into any bin.
    """

    def __init__(
        self, items: Sequence[Item], singles: Sequence[ItemGroup], extras: int, rules: PackingRules
    ) -> None:
        self.assignment: list[list[int]] | None = None
        self._rules = rules
        self._extras = extras
        numbers = {s: 1 << n for n, s in enumerate(sorted({s for x in items for s in x.slots}))}

        def bits(slots: frozenset[int]) -> int:
            return sum(numbers[slot] for slot in slots)

        self._items = [
            (bits(x.slots), x.sides, x.against, [(side, bits(s)) for side, s in x.alternatives])
            for x in items
        ]
        self._short = bits(rules.short & numbers.keys())
        alone = [1 << n for n in range(len(numbers), len(numbers) + len(singles))]
        self._items += [
            (slot, x.sides, x.against, []) for slot, x in zip(alone, singles, strict=True)
        ]
        self._short |= sum(slot for slot, x in zip(alone, singles, strict=True) if x.is_short)
        self._alike = [False] * len(items) + [
            n > 0 and x is singles[n - 1] for n, x in enumerate(singles)
        ]
        self._ahead = [0]
        for core in reversed([*(bits(x.core) for x in items), *alone]):
            self._ahead.append(self._ahead[-1] | core)
        self._ahead.reverse()
        self._bins: list[tuple[int, int, int]] = []
        self._placed: list[int] = []

    def run(self, known: Cost, goal: Cost, steps: int) -> bool:
        """Search for a packing below the known cost, and return whether the search finished."""
        self._best, self._goal, self._left = known, goal, steps
        self._place(0)
        return self._left >= 0

    def _place(self, index: int) -> None:
        self._left -= 1
        if self._left < 0 or not self._is_promising(index):
            return
        if index == len(self._items):
            self._keep()
            return
        slots, sides, against, alternatives = self._items[index]
        first = self._placed[-1] if self._alike[index] else 0
        choices = []
        for place, (names, has, averse) in enumerate(self._bins[first:], first):
            if against & has:
                continue
            needed = next((s for side, s in alternatives if side & has), slots)
            grown = names | needed
            bin_ = (grown, has | sides, averse | against)
            if self._size(bin_) <= self._rules.capacity:
                choices.append((grown.bit_count() - names.bit_count(), place, bin_))
        for _, place, bin_ in sorted(choices):
            before = self._bins[place]
            self._bins[place] = bin_
            self._placed.append(place)
            self._place(index + 1)
            self._placed.pop()
            self._bins[place] = before
        self._bins.append((slots, sides, against))
        self._placed.append(len(self._bins) - 1)
        self._place(index + 1)
        self._placed.pop()
        self._bins.pop()

    def _size(self, bin_: tuple[int, int, int]) -> int:
        """Return the number of slots of a bin, too many if it needs a helper and none fits."""
        slots, sides, against = bin_
        if slots & self._short:
            return slots.bit_count()
        return slots.bit_count() + (
            1 if self._rules.helps(sides, against) else self._rules.capacity
        )

    def _is_promising(self, index: int) -> bool:
        """Return whether a packing with the remaining items may be better than the best."""
        if self._best == self._goal:
            return False
        used = taken = 0
        for slots, _, _ in self._bins:
            used |= slots
            taken += slots.bit_count()
        taken += (self._ahead[index] & ~used).bit_count() + self._extras
        bins = max(len(self._bins), -(-taken // self._rules.capacity), self._goal[0])
        return (bins, max(taken, self._goal[1])) < self._best

    def _keep(self) -> None:
        """Keep the current packing if it is better, with the extras added."""
        capacity = self._rules.capacity
        taken = sum(slots.bit_count() for slots, _, _ in self._bins)
        long = sum(1 for slots, _, _ in self._bins if not slots & self._short)
        taken += max(self._extras, long)
        cost = max(len(self._bins), -(-taken // capacity)), taken
        if cost < self._best:
            self._best = cost
            self.assignment = [[] for _ in self._bins]
            for index, place in enumerate(self._placed):
                self.assignment[place].append(index)
