"""Find strings in a fixed column: a hash table whose buckets are Arrow arrays, built once.

The kernel `index_in` builds a table at each call. For a slice of names and a million strings, that
takes longer than everything else. Here, the cost of a row depends neither on the number of strings
nor on the length of the slice.
"""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

_HASH_BITS = 32
_FACTOR = 0x9E3779B1
"""The factor of the hash. It is odd, so its powers have inverses modulo 2 ** 32."""

_INVERSE = pow(_FACTOR, -1, 1 << _HASH_BITS)

_ROWS_AT_ONCE = 4096
"""The number of strings that are hashed at once, so that what is made in between stays in cache."""

_USUAL_BITS = 20
"""The bits of the length of so many names in bytes; longer strings need more powers."""


class StringIndex:
    """The positions of distinct strings in a column, which has no null.

    `strings` has them in another order, in which those of one bucket are adjacent. `order` is the
    position in the column that each of them had.
    """

    __slots__ = ("_bits", "_continues", "_heads", "order", "strings")

    def __init__(self, strings: pa.StringArray) -> None:
        self._bits = len(strings).bit_length() + 1
        buckets = _buckets(strings, self._bits)
        self.order = pc.sort_indices(buckets).cast(pa.uint32())
        self.strings = strings.take(self.order)
        buckets = buckets.take(self.order)
        at_end = pa.array([False] * min(len(strings), 1), pa.bool_())
        repeats = pc.equal(buckets.slice(1), buckets.slice(0, max(len(strings) - 1, 0)))
        self._continues = pa.concat_arrays([repeats, at_end])
        is_head = pc.invert(pa.concat_arrays([at_end, repeats]))
        heads = pc.indices_nonzero(is_head).cast(pa.uint32())
        all_buckets = _counted(1 << self._bits)
        self._heads = heads.take(pc.index_in(all_buckets, value_set=buckets.take(heads)))

    def find(self, strings: pa.StringArray) -> pa.UInt32Array:
        """Return the position of each string in `strings`; null if it is absent or null."""
        at = self._heads.take(_buckets(strings, self._bits))
        is_open = pc.and_(pc.is_valid(strings), pc.is_valid(at))
        # Each step compares what the step before left open with the next string of its bucket.
        steps = [(pa.nulls(len(strings), pa.uint32()), is_open)]
        while pc.any(is_open).as_py():
            strings, at = strings.filter(is_open), at.filter(is_open)
            is_here = pc.equal(self.strings.take(at), strings)
            is_open = pc.and_(pc.invert(is_here), self._continues.take(at))
            steps.append((pc.if_else(is_here, at, _ABSENT), is_open))
            at = pc.add(at, _ONE)
        found = pa.nulls(0, pa.uint32())
        for of_step, was_open in reversed(steps):
            found = pc.replace_with_mask(of_step, was_open, found)
        return found


_ABSENT = pa.scalar(None, pa.uint32())
_ONE = pa.scalar(1, pa.uint32())


def _buckets(strings: pa.StringArray, bits: int) -> pa.UInt32Array:
    """Return the first bits of the hash of each string."""
    hashes = [
        _hashes(strings.slice(start, _ROWS_AT_ONCE))
        for start in range(0, max(len(strings), 1), _ROWS_AT_ONCE)
    ]
    # The first bits of a product depend on all bits, unlike the last ones.
    mixed = pc.multiply(pa.concat_arrays(hashes), pa.scalar(_FACTOR, pa.uint32()))
    return pc.shift_right(mixed, pa.scalar(_HASH_BITS - bits, pa.uint32()))


def _hashes(strings: pa.StringArray) -> pa.UInt32Array:
    """Return the polynomial of the bytes of each string, modulo 2 ** 32.

    One running sum over the bytes of all strings has the polynomial of each as a difference, whose
    lowest power depends on where the string begins.
    """
    if not len(strings):
        return pa.array([], pa.uint32())
    _, offsets, data = strings.buffers()
    places = pa.Array.from_buffers(
        pa.int32(), len(strings) + 1, [None, offsets], offset=strings.offset
    )
    begin, end = places[0].as_py(), places[-1].as_py()
    octets = pa.Array.from_buffers(pa.uint8(), end - begin, [None, data], offset=begin)
    terms = pc.multiply(octets.cast(pa.uint32()), _powers(_FACTOR, end - begin))
    sums = pa.concat_arrays([pa.array([0], pa.uint32()), pc.cumulative_sum(terms)])
    places = pc.subtract(places, begin)
    at = sums.take(places)
    scale = _powers(_INVERSE, end - begin + 1).take(places.slice(0, len(strings)))
    return pc.multiply(pc.subtract(at.slice(1), at.slice(0, len(strings))), scale)


def _powers(factor: int, count: int) -> pa.UInt32Array:
    """Return powers of a factor modulo 2 ** 32."""
    return _power_table(factor, max(count.bit_length(), _USUAL_BITS)).slice(0, count)


@cache
def _power_table(factor: int, bits: int) -> pa.UInt32Array:
    return pc.cumulative_prod(pa.repeat(pa.scalar(factor, pa.uint32()), 1 << bits))


def _counted(count: int) -> pa.UInt32Array:
    """Return the numbers from 0 up to a count."""
    return pc.subtract(pc.cumulative_sum(pa.repeat(_ONE, count)), _ONE)
