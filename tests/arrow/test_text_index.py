import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.arrow import text_index
from acmrules.arrow.text_index import TextIndex

TEXTS = st.text(st.sampled_from("ab.*é😀\0"), max_size=6) | st.text("ab", min_size=60, max_size=70)


def positions(texts, sought):
    """Return where each string is in the texts of an index, by `list.index`."""
    return [texts.index(text) if text in texts else None for text in sought]


class TestTextIndex:
    """The positions of texts are those of a search from the beginning."""

    @given(
        st.lists(TEXTS, unique=True),
        st.lists(TEXTS | st.none()),
        st.integers(0, 5),
        st.integers(1, 4),
    )
    def test_find_is_a_search_of_the_whole_column(self, texts, sought, start, rows):
        """A text is found where it is, and nothing else is, in slices and hashed in parts too."""
        sought += texts
        column = pa.array(texts, pa.string())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(text_index, "_ROWS_AT_ONCE", rows)
            index = TextIndex(column)
            found = index.find(pa.array(sought, pa.string()).slice(start))
        assert index.texts.equals(column.take(index.order))
        assert found.to_pylist() == positions(index.texts.to_pylist(), sought[start:])

    @given(st.lists(TEXTS, unique=True, min_size=1), st.lists(TEXTS))
    def test_texts_of_one_bucket_are_found(self, texts, sought):
        """If all texts have the same hash, they are compared one after the other."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                text_index,
                "_hashes",
                lambda texts: pa.repeat(pa.scalar(7, pa.uint32()), len(texts)),
            )
            found = TextIndex(pa.array(texts)).find(pa.array(sought + texts, pa.string()))
        assert found.to_pylist() == positions(texts, sought + texts)

    def test_an_index_of_nothing_finds_nothing(self):
        """There may be no text, and no text to find."""
        index = TextIndex(pa.array([], pa.string()))
        assert index.find(pa.array(["", "a", None], pa.string())).to_pylist() == [None] * 3
        assert index.find(pa.array([], pa.string())).to_pylist() == []

    def test_texts_may_be_longer_than_usual(self, monkeypatch):
        """Texts of more bytes than the usual table of powers has are found too."""
        monkeypatch.setattr(text_index, "_USUAL_BITS", 3)
        text_index._power_table.cache_clear()
        texts = ["a" * size for size in range(100)]
        assert TextIndex(pa.array(texts)).find(pa.array(texts)).null_count == 0
        text_index._power_table.cache_clear()

    def test_few_texts_share_a_bucket(self):
        """Numbered names are spread well: one in ten buckets has more than two at most."""
        texts = pa.array(
            [f"{word}{number}.example.com" for word in ("a", "host-") for number in range(5000)]
        )
        counts = text_index._buckets(texts, 15).value_counts().field("counts").to_pylist()
        assert sum(count > 2 for count in counts) < len(counts) / 10
        assert max(counts) < 10
