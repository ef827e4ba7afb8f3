"""The search for a better packing than one that is known, and for the proof that there is none."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.planner.packing.model import Cost, Item, ItemGroup, PackingRules


class Search:
    """Branch and bound: each load in order goes into each box that has room, then into a new one.

    `groups` is the best that was found, the indexes of loads by box, `None` while nothing is
    better than what was known. Beside the loads there are `extras`: short slots that go anywhere.
    """

    def __init__(
        self, loads: Sequence[Item], singles: Sequence[ItemGroup], extras: int, rules: PackingRules
    ) -> None:
        self.groups: list[list[int]] | None = None
        self._rules = rules
        self._extras = extras
        numbers = {s: 1 << n for n, s in enumerate(sorted({s for x in loads for s in x.slots}))}

        def bits(slots: frozenset[int]) -> int:
            return sum(numbers[slot] for slot in slots)

        self._loads = [
            (bits(x.slots), x.sides, x.against, [(side, bits(s)) for side, s in x.eased])
            for x in loads
        ]
        self._short = bits(rules.short & numbers.keys())
        alone = [1 << n for n in range(len(numbers), len(numbers) + len(singles))]
        self._loads += [
            (slot, x.sides, x.against, []) for slot, x in zip(alone, singles, strict=True)
        ]
        self._short |= sum(slot for slot, x in zip(alone, singles, strict=True) if x.is_short)
        self._alike = [False] * len(loads) + [
            n > 0 and x is singles[n - 1] for n, x in enumerate(singles)
        ]
        self._ahead = [0]
        for core in reversed([*(bits(x.core) for x in loads), *alone]):
            self._ahead.append(self._ahead[-1] | core)
        self._ahead.reverse()
        self._boxes: list[tuple[int, int, int]] = []
        self._placed: list[int] = []

    def run(self, known: Cost, goal: Cost, steps: int) -> bool:
        """Search for less than what is known, and say whether the search came to its end."""
        self._best, self._goal, self._left = known, goal, steps
        self._place(0)
        return self._left >= 0

    def _place(self, index: int) -> None:
        self._left -= 1
        if self._left < 0 or not self._is_promising(index):
            return
        if index == len(self._loads):
            self._keep()
            return
        slots, sides, against, eased = self._loads[index]
        first = self._placed[-1] if self._alike[index] else 0
        choices = []
        for place, (names, has, averse) in enumerate(self._boxes[first:], first):
            if against & has:
                continue
            needed = next((s for side, s in eased if side & has), slots)
            grown = names | needed
            box = (grown, has | sides, averse | against)
            if self._size(box) <= self._rules.capacity:
                choices.append((grown.bit_count() - names.bit_count(), place, box))
        for _, place, box in sorted(choices):
            before = self._boxes[place]
            self._boxes[place] = box
            self._placed.append(place)
            self._place(index + 1)
            self._placed.pop()
            self._boxes[place] = before
        self._boxes.append((slots, sides, against))
        self._placed.append(len(self._boxes) - 1)
        self._place(index + 1)
        self._placed.pop()
        self._boxes.pop()

    def _size(self, box: tuple[int, int, int]) -> int:
        """Count the slots of a box, all it has where it needs a helper and none can come in."""
        slots, sides, against = box
        if slots & self._short:
            return slots.bit_count()
        return slots.bit_count() + (
            1 if self._rules.helps(sides, against) else self._rules.capacity
        )

    def _is_promising(self, index: int) -> bool:
        """Say whether what is left to place may still end up better than the best that is known."""
        if self._best == self._goal:
            return False
        used = taken = 0
        for slots, _, _ in self._boxes:
            used |= slots
            taken += slots.bit_count()
        taken += (self._ahead[index] & ~used).bit_count() + self._extras
        boxes = max(len(self._boxes), -(-taken // self._rules.capacity), self._goal[0])
        return (boxes, max(taken, self._goal[1])) < self._best

    def _keep(self) -> None:
        """Keep what is found, if it is better once the extras are in."""
        capacity = self._rules.capacity
        taken = sum(slots.bit_count() for slots, _, _ in self._boxes)
        long = sum(1 for slots, _, _ in self._boxes if not slots & self._short)
        taken += max(self._extras, long)
        cost = max(len(self._boxes), -(-taken // capacity)), taken
        if cost < self._best:
            self._best = cost
            self.groups = [[] for _ in self._boxes]
            for index, place in enumerate(self._placed):
                self.groups[place].append(index)
