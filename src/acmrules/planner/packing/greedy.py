"""Greedy packing: the orders in which items are placed, and moves that improve a packing."""

from __future__ import annotations

from acmrules.planner.packing.model import Bin, Item, ItemGroup, OpenBin, PackingRules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


MOST_PASSES = 20
"""The maximum number of passes that move items to better bins."""


def undominated(items: Sequence[Item]) -> tuple[list[int], dict[int, list[int]]]:
    """Return the items that no other item includes, and the included items of each of them."""
    leading = _leading_sides(items)
    kept: list[int] = []
    absorbed: dict[int, list[int]] = {}
    holders: dict[int, list[int]] = {}
    leaders: dict[int, list[int]] = {}
    for index in sorted(range(len(items)), key=lambda i: _order(items[i], leading, i)):
        item = items[index]
        rarest = min((holders.get(slot, ()) for slot in item.slots), key=len)
        leads = [other for side, _ in item.alternatives for other in leaders.get(side, ())]
        owner = next((i for i in (*rarest, *leads) if _includes(items[i], item)), None)
        if owner is not None:
            absorbed.setdefault(owner, []).append(index)
            continue
        kept.append(index)
        for slot in item.slots:
            holders.setdefault(slot, []).append(index)
        if item.sides & leading:
            leaders.setdefault(item.sides & leading, []).append(index)
    return kept, absorbed


def _leading_sides(items: Iterable[Item]) -> int:
    """Return the sides that give an item alternatives; items with these sides are placed first."""
    leading = 0
    for item in items:
        for side, _ in item.alternatives:
            leading |= side
    return leading


def _order(item: Item, leading: int, index: int) -> tuple[bool, int, int]:
    return not item.sides & leading, -len(item.slots), index


def _includes(item: Item, other: Item) -> bool:
    """Return whether every bin with one item has all that another item needs."""
    return other.within(item.sides) <= item.core and not other.sides & ~item.sides


def orders(kept: list[int], items: Sequence[Item]) -> Iterable[list[int]]:
    """Yield the orders in which items are placed: first by size, then by slots."""
    yield kept
    leading = _leading_sides(items)
    yield sorted(kept, key=lambda i: (not items[i].sides & leading, sorted(items[i].slots)))


def best_fit(order: Iterable[int], items: Sequence[Item], rules: PackingRules) -> list[OpenBin]:
    """Put each item into the bin where it adds the fewest slots, or else into the fullest one."""
    bins: list[OpenBin] = []
    holders: dict[int, list[int]] = {}
    by_size: list[dict[int, None]] = [{} for _ in range(rules.capacity + 1)]
    for index in order:
        item = items[index]
        near = {place for slot in item.slots for place in holders.get(slot, ())}
        if item.alternatives:
            sides = sum(side for side, _ in item.alternatives)
            near.update(place for place, bin_ in enumerate(bins) if bin_.sides & sides)
        additions = [(bins[place].added_slots(item), -bins[place].size, place) for place in near]
        fits = [(added, size, place) for added, size, place in additions if added is not None]
        if fits:
            place = min(fits)[2]
        else:
            place = _fullest_bin(item, bins, by_size)
            if place == len(bins):
                bins.append(OpenBin(rules))
        bin_ = bins[place]
        by_size[bin_.size].pop(place, None)
        before = len(bin_.slots)
        bin_.add(index, item)
        if len(bin_.slots) > before:
            for slot in item.within(bin_.sides):
                if place not in holders.setdefault(slot, []):
                    holders[slot].append(place)
        by_size[bin_.size][place] = None
    return bins


def improved(bins: list[OpenBin], items: Sequence[Item], rules: PackingRules) -> list[OpenBin]:
    """Move items to bins where they share more slots, and remove bins that become unnecessary."""
    # The slots of an item with alternatives depend on its bin, so such items are not moved.
    for _ in range(0 if any(item.alternatives for item in items) else MOST_PASSES):
        has_moved, bins = _with_moves(bins, items, rules)
        fewer = _without_smallest(bins, items, rules)
        if not has_moved and fewer is None:
            break
        bins = bins if fewer is None else fewer
    return bins


def _with_moves(
    bins: list[OpenBin], items: Sequence[Item], rules: PackingRules
) -> tuple[bool, list[OpenBin]]:
    """Move each item to a bin where it needs fewer slots; return whether an item was moved."""
    holders: dict[int, set[int]] = {}
    for place, bin_ in enumerate(bins):
        for slot in bin_.slots:
            holders.setdefault(slot, set()).add(place)
    has_moved = False
    for source in range(len(bins)):
        for index in tuple(bins[source].items):
            item = items[index]
            rest = _bin_of((other for other in bins[source].items if other != index), items, rules)
            freed = bins[source].size - (rest.size if rest.items else 0)
            near = {place for slot in item.slots for place in holders[slot]} - {source}
            additions = ((bins[place].added_slots(item), place) for place in sorted(near))
            fits = [(added, place) for added, place in additions if added is not None]
            if fits and min(fits)[0] < freed:
                bins[source] = rest
                bins[min(fits)[1]].add(index, item)
                has_moved = True
    return has_moved, [bin_ for bin_ in bins if bin_.items]


def _without_smallest(
    bins: list[OpenBin], items: Sequence[Item], rules: PackingRules
) -> list[OpenBin] | None:
    """Move the items of the smallest bin to others; return `None` if they do not fit."""
    smallest = min(range(len(bins)), key=lambda place: bins[place].size, default=0)
    others = [_bin_of(bin_.items, items, rules) for n, bin_ in enumerate(bins) if n != smallest]
    for index in bins[smallest].items if bins else ():
        additions = (
            (bin_.added_slots(items[index]), -bin_.size, n) for n, bin_ in enumerate(others)
        )
        fits = [(added, size, place) for added, size, place in additions if added is not None]
        if not fits:
            return None
        others[min(fits)[2]].add(index, items[index])
    return others if bins else None


def _bin_of(indexes: Iterable[int], items: Sequence[Item], rules: PackingRules) -> OpenBin:
    """Return a bin with some items."""
    bin_ = OpenBin(rules)
    for index in indexes:
        bin_.add(index, items[index])
    return bin_


def _fullest_bin(item: Item, bins: list[OpenBin], by_size: list[dict[int, None]]) -> int:
    """Return the index of the fullest bin that an item fits into, or of a new bin."""
    for locations in by_size[len(by_size) - len(item.slots) :: -1]:
        for place in locations:
            if bins[place].added_slots(item) is not None:
                return place
    return len(bins)


def with_groups(
    bins: list[OpenBin], groups: Sequence[ItemGroup], rules: PackingRules
) -> tuple[Bin, ...]:
    """Add the groups to the bins, the most restricted groups first, and close the bins."""
    for index in sorted(
        range(len(groups)), key=lambda i: (not groups[i].sides, groups[i].is_short)
    ):
        group = groups[index]
        left = group.count
        if group.is_short:
            # A bin without a short slot gets one first, so that it needs no helper.
            for bin_ in bins:
                if not bin_.is_short and left:
                    left -= bin_.add_group(index, group, 1)
        for bin_ in bins:
            if not left:
                break
            left -= bin_.add_group(index, group, left)
        while left:
            bins.append(OpenBin(rules))
            left -= bins[-1].add_group(index, group, left)
    return tuple(bin_.closed() for bin_ in bins)


def cost_of(bins: Sequence[Bin]) -> tuple[int, int]:
    """Return the number of bins and the names in them: fewer is better, in this order."""
    return len(bins), sum(bin_.size for bin_ in bins)


def with_items(bin_: Bin, absorbed: dict[int, list[int]]) -> Bin:
    """Return a bin with the items that its own items include."""
    included = [other for index in bin_.items for other in absorbed.get(index, ())]
    return bin_.__replace__(items=tuple(sorted((*bin_.items, *included)))) if included else bin_
