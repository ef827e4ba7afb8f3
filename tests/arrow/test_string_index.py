import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.arrow import string_index
from acmrules.arrow.string_index import StringIndex

STRINGS = st.text(st.sampled_from("ab.*é😀\0"), max_size=6) | st.text(
    "ab", min_size=60, max_size=70
)


def positions(strings, sought):
    """Return where each string is in the strings of an index, by `list.index`."""
    return [strings.index(string) if string in strings else None for string in sought]


class TestStringIndex:
    """The positions of strings are those of a search from the beginning."""

    @given(
        st.lists(STRINGS, unique=True),
        st.lists(STRINGS | st.none()),
        st.integers(0, 5),
        st.integers(1, 4),
    )
    def test_find_is_a_search_of_the_whole_column(self, strings, sought, start, rows):
        """A string is found where it is, and nothing else is, in slices and hashed in parts too."""
        sought += strings
        column = pa.array(strings, pa.string())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(string_index, "_ROWS_AT_ONCE", rows)
            index = StringIndex(column)
            found = index.find(pa.array(sought, pa.string()).slice(start))
        assert index.strings.equals(column.take(index.order))
        assert found.to_pylist() == positions(index.strings.to_pylist(), sought[start:])

    @given(st.lists(STRINGS, unique=True, min_size=1), st.lists(STRINGS))
    def test_strings_of_one_bucket_are_found(self, strings, sought):
        """If all strings have the same hash, they are compared one after the other."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                string_index,
                "_hashes",
                lambda strings: pa.repeat(pa.scalar(7, pa.uint32()), len(strings)),
            )
            found = StringIndex(pa.array(strings)).find(pa.array(sought + strings, pa.string()))
        assert found.to_pylist() == positions(strings, sought + strings)

    def test_an_index_of_nothing_finds_nothing(self):
        """There may be no string, and no string to find."""
        index = StringIndex(pa.array([], pa.string()))
        assert index.find(pa.array(["", "a", None], pa.string())).to_pylist() == [None] * 3
        assert index.find(pa.array([], pa.string())).to_pylist() == []

    def test_strings_may_be_longer_than_usual(self, monkeypatch):
        """Strings of more bytes than the usual table of powers has are found too."""
        monkeypatch.setattr(string_index, "_USUAL_BITS", 3)
        string_index._power_table.cache_clear()
        strings = ["a" * size for size in range(100)]
        assert StringIndex(pa.array(strings)).find(pa.array(strings)).null_count == 0
        string_index._power_table.cache_clear()

    def test_few_strings_share_a_bucket(self):
        """Numbered names are spread well: one in ten buckets has more than two at most."""
        strings = pa.array(
            [f"{word}{number}.example.com" for word in ("a", "host-") for number in range(5000)]
        )
        counts = string_index._buckets(strings, 15).value_counts().field("counts").to_pylist()
        assert sum(count > 2 for count in counts) < len(counts) / 10
        assert max(counts) < 10
