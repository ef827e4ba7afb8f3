"""Packing by union: never a broken box, never worse than the best of few, never below its bound."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from acmrules.planner.packing.model import Item, ItemGroup, PackingRules
from acmrules.planner.packing.solve import pack

ENTRIES = (0b11, 0b1100)


def against(sides):
    """Return the other sides of the entries that some sides are of."""
    bits = [1 << n for n in range(4) if sides >> n & 1]
    averse = 0
    for bit in bits:
        averse |= sum(entry & ~bit for entry in ENTRIES if entry & bit)
    return averse


def is_torn(sides):
    return bool(sides & against(sides))


@st.composite
def packings(draw):
    """Draw loads, crowds and rules in which each of them fits into a box by itself."""
    capacity = draw(st.integers(1, 5))
    slots = draw(st.lists(st.sampled_from([0, 0, 0, 0, 1, 2, 4, 8]), min_size=1, max_size=8))
    short = frozenset(n for n in range(len(slots)) if draw(st.integers(0, 3)))
    helpers = tuple(sorted({(slots[n], against(slots[n])) for n in short}))
    rules = PackingRules(capacity, short, helpers, ENTRIES)
    loads = []
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
        loads.append(Item(needed, sides, against(sides)))
    crowds = []
    for kind in draw(
        st.sets(st.tuples(st.booleans(), st.sampled_from([0, 0, 1, 2, 4])), max_size=2)
    ):
        is_short, sides = kind
        if is_short or (capacity > 1 and rules.helps(sides, against(sides))):
            crowds.append(ItemGroup(draw(st.integers(1, 3)), is_short, sides, against(sides)))
    return loads, crowds, rules


def items_of(loads, crowds, rules):
    """Return loads and the members of crowds alike, and all slots that are short."""
    items, short = list(loads), set(rules.short)
    for crowd in crowds:
        for _ in range(crowd.count):
            slot = 100 + len(items)
            items.append(Item(frozenset([slot]), crowd.sides, crowd.against))
            if crowd.is_short:
                short.add(slot)
    return items, short


def size_of(group, short, rules):
    """Return how many slots a group takes in a box, `None` where it cannot be in one."""
    sides = averse = 0
    for load in group:
        sides |= load.sides
        averse |= load.against
    slots = {slot for load in group for slot in load.within(sides)}
    if sides & averse:
        return None
    if slots.isdisjoint(short) and not rules.helps(sides, averse):
        return None
    size = len(slots) + slots.isdisjoint(short)
    return size if size <= rules.capacity else None


def least(items, short, rules):
    """Return the fewest boxes and slots, by trying all partitions."""
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
    return len(packing.boxes), sum(box.size for box in packing.boxes)


@given(
    packings().filter(lambda p: 0 < len(p[0]) + sum(c.count for c in p[1]) <= 7), st.integers(0, 40)
)
def test_never_worse_than_the_best(given_, steps):
    """A search that ends has the best packing; one that is cut short knows how far it may be."""
    loads, crowds, rules = given_
    best = least(*items_of(loads, crowds, rules), rules)
    full, short = pack(loads, crowds, rules), pack(loads, crowds, rules, steps)
    assert cost(full) == best == (full.bound, full.slots_bound)
    assert short.bound <= best[0] <= cost(short)[0]
    if cost(short)[0] == best[0]:
        assert short.slots_bound <= best[1] <= cost(short)[1]


@settings(deadline=None)
@given(packings(), st.integers(0, 40))
def test_boxes_hold_what_they_say(given_, steps):
    """Every load and every member of a crowd is in one box, and no box is broken."""
    loads, crowds, rules = given_
    packing = pack(loads, crowds, rules, steps)
    _, short = items_of((), crowds, rules)
    assert sorted(n for box in packing.boxes for n in box.loads) == [*range(len(loads))]
    for index, crowd in enumerate(crowds):
        held = [many for box in packing.boxes for n, many in box.crowds if n == index]
        assert sum(held) == crowd.count
    numbers = count(1000)
    for box in packing.boxes:
        group = [loads[n] for n in box.loads]
        taken = []
        for index, many in box.crowds:
            crowd = crowds[index]
            for _ in range(many):
                slot = next(numbers)
                taken.append(Item(frozenset([slot]), crowd.sides, crowd.against))
                if crowd.is_short:
                    short.add(slot)
        assert size_of([*group, *taken], short, rules) == box.size


def test_eased():
    """In a box with a side that eases a load, it takes no slot of its own."""
    leading = Item(frozenset([0]), 1)
    eased = Item(frozenset([1, 2]), 0, 0, ((1, frozenset([2])),))
    packing = pack([eased, leading], (), PackingRules(2, frozenset([0, 1, 2])))
    [box] = packing.boxes
    assert (box.slots, box.loads) == ({0, 2}, (0, 1))
    assert eased.within(2) == eased.slots
    assert (packing.bound, packing.slots_bound) == (1, 2)


def test_eased_altogether():
    """A load that is eased of all it needs is brought along."""
    leading = Item(frozenset([0, 5]), 1)
    eased = Item(frozenset([1]), 0, 0, ((1, frozenset()),))
    [box] = pack([eased, leading], (), PackingRules(2, frozenset([0, 1]))).boxes
    assert box.loads == (0, 1)


def test_nothing():
    """Nothing needs no box."""
    assert pack((), (), PackingRules(3, frozenset())).boxes == ()


def test_bound_by_weight():
    """Loads of three in boxes of five: none has two, which counting slots does not see."""
    loads = [Item(frozenset([n, n + 100, n + 200])) for n in range(90)]
    packing = pack(loads, (), PackingRules(5, frozenset(range(300))))
    assert len(packing.boxes) == packing.bound == 90


def test_bound_by_thirds():
    """Loads of four in boxes of ten go by twos."""
    loads = [Item(frozenset(range(4 * n, 4 * n + 4))) for n in range(90)]
    packing = pack(loads, (), PackingRules(10, frozenset(range(360))))
    assert len(packing.boxes) == packing.bound == 45


def test_a_gap_is_stated():
    """Where the search is not begun, the bound stays below."""
    loads = [Item(frozenset({n % 23, 30 + n * n % 29, 60 + n * 7 % 31})) for n in range(80)]
    packing = pack(loads, (), PackingRules(6, frozenset(range(100))))
    assert packing.bound < len(packing.boxes)


def test_nothing_new():
    """A load that others in a box have all slots of takes none, though neither brings it along."""
    loads = [Item(frozenset({0, 1, 2})), Item(frozenset({3, 4, 5})), Item(frozenset({2, 3}))]
    [box] = pack(loads, (), PackingRules(6, frozenset(range(6)))).boxes
    assert box.size == 6


def test_no_helper_for_both():
    """Two long loads whose only helpers are held apart are in two boxes, and so are two crowds."""
    rules = PackingRules(5, frozenset({8, 9}), ((1, 2), (2, 1)), ENTRIES)
    loads = [Item(frozenset({0, 1}), 4, 8), Item(frozenset({2, 3}), 4, 8)]
    assert len(pack(loads, (), rules).boxes) == 1
    torn = PackingRules(5, frozenset({8}), ((1, 2),), ENTRIES)
    loads = [Item(frozenset({0, 1}), 1, 2), Item(frozenset({8, 3}), 2, 1)]
    assert len(pack(loads, [ItemGroup(1, False)], torn).boxes) == 2
    helped = PackingRules(5, frozenset({8, 9}), ((5, 10), (10, 5)), ENTRIES)
    loads = [Item(frozenset({0, 1}), 1, 2), Item(frozenset({2, 3}), 8, 4)]
    assert len(pack(loads, (), helped).boxes) == 2
    crowds = [ItemGroup(1, False, 8, 4)]
    assert len(pack(loads[:1], crowds, helped).boxes) == 2
