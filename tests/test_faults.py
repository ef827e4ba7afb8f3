"""Whether a string is a name, and why it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.errors import InvalidName
from acmrules.faults import is_name, name_fault
from acmrules.names import parse_name
from acmrules.strategies import names


@given(names() | st.text())
def test_a_fault_is_that_of_the_error(text):
    """`name_fault` returns the fault of the error that `parse_name` raises, and `is_name` none."""
    text, fault = str(text), None
    try:
        parse_name(text)
    except InvalidName as error:
        fault = error.fault
    assert name_fault(text) is fault
    assert is_name(text) is (fault is None)


@given(names())
def test_a_name_has_no_fault(name):
    """A value that is a name already is one."""
    assert is_name(name)
    assert name_fault(name) is None


@pytest.mark.parametrize("ask", [is_name, name_fault])
def test_another_type_is_an_error(ask):
    """A value that is not a string is an error with its type."""
    with pytest.raises(TypeError, match="must be a string, not `bytes`"):
        ask(b"example.com")
