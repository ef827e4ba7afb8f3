import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import columns
from tests.support.examined import scalar_row

from acmrules.arrow.common_faults import common_faults
from acmrules.strategies import domain_names

OF_FAULTS = ("fault", "fault_start", "fault_end")


def fault_rows(texts):
    """Return the faults and spans of strings."""
    found = common_faults(pa.array(texts, pa.string()))
    arrays = found.faults, found.starts, found.ends
    return [*zip(*(array.to_pylist() for array in arrays), strict=True)]


def scalar_faults(text):
    """Return the fault and the span that `parse_name` reports."""
    return tuple(scalar_row(text.encode(), columns=OF_FAULTS).values())


def slips():
    """Draw names with one sign too many or too few, some of them longer than any that is read."""
    signs = st.sampled_from(["_", ".", "_.", "-_", "*", "*.", "-", "..", "_" * 64, "a." * 500, " "])
    crossed = st.builds(
        lambda name, place, sign: name[: place % len(name)] + sign + name[place % len(name) :],
        domain_names().map(str),
        st.integers(0, 100),
        signs,
    )
    numbers = st.lists(st.sampled_from(["1", "256", "1a", "0" * 99, "_"]), max_size=5)
    ends = st.sampled_from(["", ".", "_", "."])
    return st.builds(str.__add__, crossed | numbers.map(".".join), ends) | columns.edge_texts()


class TestCommonFaults:
    @given(st.lists(slips(), min_size=1, max_size=8))
    def test_a_fault_is_that_of_parse_name(self, texts):
        """A string has the fault and the span that `parse_name` reports, or none of them."""
        for text, row in zip(texts, fault_rows(texts), strict=True):
            assert row in {(None, None, None), scalar_faults(text)}

    @pytest.mark.parametrize(
        ("text", "row"),
        [
            ("_dmarc.example.com", ("UNDERSCORE", 0, 1)),
            ("*.a.b_c-.example_.-", ("UNDERSCORE", 5, 6)),
            ("www.example.com.", ("TRAILING_DOT", 15, 16)),
            ("*.a_b.-.", ("TRAILING_DOT", 7, 8)),
            ("192.0.2.300", ("IP_ADDRESS", 0, 11)),
            ("localhost", ("SINGLE_LABEL", 0, 9)),
            ("*.com", ("TOP_LEVEL_WILDCARD", 0, 5)),
        ],
    )
    def test_common_faults_are_found(self, text, row):
        """The kernels find these faults, which `parse_name` reports too."""
        assert fault_rows([text]) == [row] == [scalar_faults(text)]

    @pytest.mark.parametrize("text", ["", "a.io", "*", "-a_b.c..io", "-a.b_c.io", "7", "1.2.3.4.5"])
    def test_other_strings_have_no_common_fault(self, text):
        """A name, and a string with another fault, have nulls."""
        assert fault_rows([text, None]) == [(None, None, None)] * 2

    def test_no_strings_have_no_faults(self):
        """Columns without rows have their types."""
        found = common_faults(pa.array([], pa.string()))
        types = found.faults.type, found.starts.type, found.ends.type
        assert types == (pa.string(), pa.int32(), pa.int32())
