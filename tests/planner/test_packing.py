"""Packings respect the rules, and small ones are the best of all packings."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from acmrules.planner.packing.model import Item, ItemGroup, PackingRules
from acmrules.planner.packing.solve import pack

ENTRIES = (0b11, 0b1100)


def against(sides):
    """Return the sides that exclude some sides."""
    bits = [1 << n for n in range(4) if sides >> n & 1]
    averse = 0
    for bit in bits:
        averse |= sum(entry & ~bit for entry in ENTRIES if entry & bit)
    return averse


def is_torn(sides):
    return bool(sides & against(sides))


@st.composite
def packings(draw):
    """Draw rules, and items and groups that fit into a bin on their own."""
    capacity = draw(st.integers(1, 5))
    slots = draw(st.lists(st.sampled_from([0, 0, 0, 0, 1, 2, 4, 8]), min_size=1, max_size=8))
    short = frozenset(n for n in range(len(slots)) if draw(st.integers(0, 3)))
    helpers = tuple(sorted({(slots[n], against(slots[n])) for n in short}))
    rules = PackingRules(capacity, short, helpers, ENTRIES)
    items = []
    for needed in draw(
        st.lists(st.frozensets(st.integers(0, len(slots) - 1), min_size=1), max_size=5)
    ):
        sides = 0
        for slot in needed:
            sides |= slots[slot]
        size = len(needed) + needed.isdisjoint(short)
        if is_torn(sides) or size > capacity:
            continue
        if needed.isdisjoint(short) and not rules.helps(sides, against(sides)):
            continue
        items.append(Item(needed, sides, against(sides)))
    groups = []
    for kind in draw(
        st.sets(st.tuples(st.booleans(), st.sampled_from([0, 0, 1, 2, 4])), max_size=2)
    ):
        is_short, sides = kind
        if is_short or (capacity > 1 and rules.helps(sides, against(sides))):
            groups.append(ItemGroup(draw(st.integers(1, 3)), is_short, sides, against(sides)))
    return items, groups, rules


def all_items(items, groups, rules):
    """Return all items, including those of groups, and all short slots."""
    found, short = list(items), set(rules.short)
    for group in groups:
        for _ in range(group.count):
            slot = 100 + len(found)
            found.append(Item(frozenset([slot]), group.sides, group.against))
            if group.is_short:
                short.add(slot)
    return found, short


def size_of(group, short, rules):
    """Return the number of slots of a set of items in a bin, `None` if they do not fit."""
    sides = averse = 0
    for item in group:
        sides |= item.sides
        averse |= item.against
    slots = {slot for item in group for slot in item.within(sides)}
    if sides & averse:
        return None
    if slots.isdisjoint(short) and not rules.helps(sides, averse):
        return None
    size = len(slots) + slots.isdisjoint(short)
    return size if size <= rules.capacity else None


def least(items, short, rules):
    """Return the fewest bins and slots among all partitions."""
    best = [(len(items) + 1, 0)]

    def place(index, groups):
        if index == len(items):
            sizes = [size_of(group, short, rules) for group in groups]
            if None not in sizes:
                best.append((len(groups), sum(sizes)))
            return
        for group in groups:
            group.append(items[index])
            place(index + 1, groups)
            group.pop()
        place(index + 1, [*groups, [items[index]]])

    place(0, [])
    return min(best)


def cost(packing):
    return len(packing.bins), sum(bin_.size for bin_ in packing.bins)


@given(
    packings().filter(lambda p: 0 < len(p[0]) + sum(c.count for c in p[1]) <= 7), st.integers(0, 40)
)
def test_never_worse_than_the_best(given_, steps):
    """A finished search has the best packing, and an unfinished one has correct bounds."""
    items, groups, rules = given_
    best = least(*all_items(items, groups, rules), rules)
    full, short = pack(items, groups, rules), pack(items, groups, rules, steps)
    assert cost(full) == best == (full.bound, full.slots_bound)
    assert short.bound <= best[0] <= cost(short)[0]
    if cost(short)[0] == best[0]:
        assert short.slots_bound <= best[1] <= cost(short)[1]


@settings(deadline=None)
@given(packings(), st.integers(0, 40))
def test_bins_respect_the_rules(given_, steps):
    """Every item is in exactly one bin, and every bin respects the rules."""
    items, groups, rules = given_
    packing = pack(items, groups, rules, steps)
    _, short = all_items((), groups, rules)
    assert sorted(n for bin_ in packing.bins for n in bin_.items) == [*range(len(items))]
    for index, group in enumerate(groups):
        held = [many for bin_ in packing.bins for n, many in bin_.groups if n == index]
        assert sum(held) == group.count
    numbers = count(1000)
    for bin_ in packing.bins:
        members = [items[n] for n in bin_.items]
        taken = []
        for index, many in bin_.groups:
            group = groups[index]
            for _ in range(many):
                slot = next(numbers)
                taken.append(Item(frozenset([slot]), group.sides, group.against))
                if group.is_short:
                    short.add(slot)
        assert size_of([*members, *taken], short, rules) == bin_.size


def test_eased():
    """An item needs only its alternative slots in a bin with the matching side."""
    leading = Item(frozenset([0]), 1)
    alternatives = Item(frozenset([1, 2]), 0, 0, ((1, frozenset([2])),))
    packing = pack([alternatives, leading], (), PackingRules(2, frozenset([0, 1, 2])))
    [bin_] = packing.bins
    assert (bin_.slots, bin_.items) == ({0, 2}, (0, 1))
    assert alternatives.within(2) == alternatives.slots
    assert (packing.bound, packing.slots_bound) == (1, 2)


def test_eased_altogether():
    """An item whose alternative needs no slots is included."""
    leading = Item(frozenset([0, 5]), 1)
    alternatives = Item(frozenset([1]), 0, 0, ((1, frozenset()),))
    [bin_] = pack([alternatives, leading], (), PackingRules(2, frozenset([0, 1]))).bins
    assert bin_.items == (0, 1)


def test_nothing():
    """An empty packing has no bins."""
    assert pack((), (), PackingRules(3, frozenset())).bins == ()


def test_bound_by_weight():
    """Two items of three slots do not fit into a bin of five, and the bound shows it."""
    items = [Item(frozenset([n, n + 100, n + 200])) for n in range(90)]
    packing = pack(items, (), PackingRules(5, frozenset(range(300))))
    assert len(packing.bins) == packing.bound == 90


def test_bound_by_thirds():
    """Two items of four slots fit into a bin of ten, and the bound shows it."""
    items = [Item(frozenset(range(4 * n, 4 * n + 4))) for n in range(90)]
    packing = pack(items, (), PackingRules(10, frozenset(range(360))))
    assert len(packing.bins) == packing.bound == 45


def test_a_gap_is_stated():
    """Without a search, the bound is lower than the number of bins."""
    items = [Item(frozenset({n % 23, 30 + n * n % 29, 60 + n * 7 % 31})) for n in range(80)]
    packing = pack(items, (), PackingRules(6, frozenset(range(100))))
    assert packing.bound < len(packing.bins)


def test_nothing_new():
    """An item needs no additional slots if two others together have its slots."""
    items = [Item(frozenset({0, 1, 2})), Item(frozenset({3, 4, 5})), Item(frozenset({2, 3}))]
    [bin_] = pack(items, (), PackingRules(6, frozenset(range(6)))).bins
    assert bin_.size == 6


def test_no_helper_for_both():
    """Items whose only helpers exclude each other are in different bins."""
    rules = PackingRules(5, frozenset({8, 9}), ((1, 2), (2, 1)), ENTRIES)
    items = [Item(frozenset({0, 1}), 4, 8), Item(frozenset({2, 3}), 4, 8)]
    assert len(pack(items, (), rules).bins) == 1
    torn = PackingRules(5, frozenset({8}), ((1, 2),), ENTRIES)
    items = [Item(frozenset({0, 1}), 1, 2), Item(frozenset({8, 3}), 2, 1)]
    assert len(pack(items, [ItemGroup(1, False)], torn).bins) == 2
    helped = PackingRules(5, frozenset({8, 9}), ((5, 10), (10, 5)), ENTRIES)
    items = [Item(frozenset({0, 1}), 1, 2), Item(frozenset({2, 3}), 8, 4)]
    assert len(pack(items, (), helped).bins) == 2
    groups = [ItemGroup(1, False, 8, 4)]
    assert len(pack(items[:1], groups, helped).bins) == 2
