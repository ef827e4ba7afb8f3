"""Columns of domain names: their public suffixes, and their base domain names."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.names import unchecked_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.suffixes import PublicSuffixes

_ROOT = pa.scalar(0, pa.int32())
_ONE = pa.scalar(1, pa.int32())
_DOT = pa.scalar(ord("."), pa.uint8())
_UNLISTED_LABEL = "\n"
"""A label that is in no rule, because rules are lines."""


class FoundSuffixes(Value):
    """The suffixes of some domain names: columns with one row for each of them.

    `base_domain_names` are null for a public suffix itself, and `sections` for one that the list
    does not have.
    """

    suffixes: pa.StringArray
    sections: pa.StringArray
    base_domain_names: pa.StringArray


def find_suffixes(domains: pa.StringArray, suffixes: PublicSuffixes) -> FoundSuffixes:
    """Return the suffixes of canonical domain names; all are null for a null."""
    if domains.null_count == len(domains):
        nothing = pa.nulls(len(domains), pa.string())
        return FoundSuffixes(nothing, nothing, nothing)
    tree = _tree_of(suffixes)
    names = _LabeledNames(pc.fill_null(domains, ""))
    nodes = _deepest_nodes(tree, names, names.ends, names.counts)
    more = pc.greater(names.counts, tree.label_counts.take(nodes)).cast(pa.int32())
    answers = pc.add(pc.add(nodes, nodes), more)
    counts = pc.min_element_wise(tree.suffix_counts.take(answers), names.counts)
    valid = domains.is_valid()
    base_counts = pc.min_element_wise(pc.add(counts, _ONE), names.counts)
    has_base = pc.and_(valid, pc.less(counts, names.counts))
    return FoundSuffixes(
        names.last_labels(names.ends, counts, valid),
        tree.sections.take(answers),
        names.last_labels(names.ends, base_counts, has_base),
    )


class _LabeledNames:
    """Names in one string, in which the last labels of a name are a slice.

    `counts` are the numbers of labels of the names, and `ends` the sums of these up to each name.
    All numbers are 32-bit integers.
    """

    __slots__ = ("_places", "_starts", "_text", "counts", "ends")

    def __init__(self, names: pa.StringArray) -> None:
        self.counts = pc.add(pc.count_substring(names, "."), _ONE)
        self.ends = pc.cumulative_sum(self.counts)
        all_names = pa.ListArray.from_arrays(pa.array([0, len(names)], pa.int32()), names)
        text = pc.binary_join(all_names, ".")
        self._text = text.buffers()[2]
        self._starts = _starts_of_labels(self._text, pc.binary_length(text)[0].as_py())
        self._places = pc.subtract(pc.cumulative_sum(pa.repeat(_ONE, 2 * len(names))), _ONE)

    def last_labels(
        self,
        ends: pa.Int32Array,
        counts: pa.Int32Array | pa.Int32Scalar,
        wanted: pa.BooleanArray | None = None,
    ) -> pa.StringArray:
        """Return so many last labels of the names with these ends; null for one not wanted."""
        size = len(ends)
        after = pc.subtract(self._starts.take(ends), _ONE)
        # No labels are an empty slice: a list may have an exception for a top-level domain.
        first = pc.min_element_wise(self._starts.take(pc.subtract(ends, counts)), after)
        # Row by row, the offsets of a table with both columns; then every second slice is an end.
        places = self._places.slice(0, 2 * size)
        columns = pc.multiply(pc.bit_wise_and(places, _ONE), pa.scalar(size, pa.int32()))
        rows = pc.shift_right(places, _ONE)
        offsets = pa.concat_arrays([first, after]).take(pc.add(rows, columns))
        slices = pa.StringArray.from_buffers(2 * size - 1, offsets.buffers()[1], self._text)
        ours = pc.shift_left(places.slice(0, size), _ONE)
        return slices.take(ours if wanted is None else pc.if_else(wanted, ours, None))


def _starts_of_labels(text: pa.Buffer, size: int) -> pa.Int32Array:
    """Return where each label of a string starts, and where one more label would start."""
    characters = pa.Array.from_buffers(pa.uint8(), size, [None, text])
    dots = pc.indices_nonzero(pc.equal(characters, _DOT)).cast(pa.int32())
    first, last = pa.array([0], pa.int32()), pa.array([size + 1], pa.int32())
    return pa.concat_arrays([first, pc.add(dots, _ONE), last])


class _Level(Value):
    """The domains with as many labels, those that have domains below them first.

    `first` is the node of the first domain, and `parents` the number of those with domains below.
    """

    domains: pa.StringArray
    first: pa.Int32Scalar
    parents: pa.Int32Scalar


class _SuffixTree(Value):
    """The domains of all rules and their ancestors, as nodes of a tree; node 0 is the root.

    `label_counts` has a row for each node. The other columns have two: for the domain itself, and
    for names below it that are below no deeper node. `suffix_counts` are the numbers of labels of
    their public suffixes; a name with fewer labels is a public suffix itself.
    """

    levels: tuple[_Level, ...]
    label_counts: pa.Int32Array
    suffix_counts: pa.Int32Array
    sections: pa.StringArray


def _tree_of(suffixes: PublicSuffixes) -> _SuffixTree:
    """Return the tree of a list, which is made once and kept with the list."""
    tree = suffixes._tables  # noqa: SLF001  (its place is for this module alone)
    if not isinstance(tree, _SuffixTree):
        # Two threads that do this at once make equal trees.
        tree = suffixes._tables = _make_tree(suffixes)  # noqa: SLF001
    return tree


def _make_tree(suffixes: PublicSuffixes) -> _SuffixTree:
    domains = {""}
    for rule in suffixes.rule_domains():
        domain = rule
        while domain not in domains:
            domains.add(domain)
            domain = domain.partition(".")[2]
    parents = {domain.partition(".")[2] for domain in domains}
    levels: list[list[str]] = [[] for _ in range(max(1, *map(_label_count, domains)) + 1)]
    for domain in sorted(domains, key=lambda domain: domain not in parents):
        levels[_label_count(domain)].append(domain)
    nodes = [domain for level in levels for domain in level]
    names = []
    for domain in nodes:
        below = unchecked_name(f"{_UNLISTED_LABEL}.{domain}" if domain else _UNLISTED_LABEL)
        # A name has two labels or more, so the own row of a top-level domain is never read.
        names += [unchecked_name(domain) if "." in domain else below, below]
    return _SuffixTree(
        tuple(_levels(levels, parents)),
        pa.array(map(_label_count, nodes), pa.int32()),
        pa.array((_label_count(suffixes.public_suffix(name)) for name in names), pa.int32()),
        pa.array(map(suffixes.section, names), pa.string()),
    )


def _levels(levels: list[list[str]], parents: set[str]) -> Iterator[_Level]:
    first = 0
    for domains in levels:
        yield _Level(
            pa.array(domains, pa.string()),
            pa.scalar(first, pa.int32()),
            pa.scalar(sum(domain in parents for domain in domains), pa.int32()),
        )
        first += len(domains)


def _label_count(domain: str) -> int:
    return domain.count(".") + 1 if domain else 0


def _deepest_nodes(
    tree: _SuffixTree,
    names: _LabeledNames,
    ends: pa.Int32Array,
    counts: pa.Int32Array,
    level: int = 1,
) -> pa.Int32Array:
    """Return the deepest node that each name is at or below, of a level and those below it.

    It is the root if there is none.
    """
    here = tree.levels[level]
    labels = pa.scalar(level, pa.int32())
    found = pc.index_in(names.last_labels(ends, labels), value_set=here.domains)
    nodes = pc.fill_null(pc.add(found, here.first), _ROOT)
    # Few names are below domains that have rules below them, so each level has fewer names.
    deeper = pc.fill_null(pc.and_(pc.less(found, here.parents), pc.greater(counts, labels)), False)
    if not pc.any(deeper).as_py():
        return nodes
    below = _deepest_nodes(tree, names, ends.filter(deeper), counts.filter(deeper), level + 1)
    known = pc.if_else(pc.equal(below, _ROOT), nodes.filter(deeper), below)
    return pc.replace_with_mask(nodes, deeper, known)
