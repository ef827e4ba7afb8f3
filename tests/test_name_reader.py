"""Reading a string as a name, character by character."""

import pytest
from hypothesis import given
from tests.support.strategies import name_texts

from acmrules.errors import InvalidName, NameFault
from acmrules.faults import is_name
from acmrules.name_reader import canonical_text
from acmrules.strategies import names


def reads(text):
    """Return whether the reader accepts a string."""
    try:
        return bool(canonical_text(text))
    except InvalidName:
        return False


@given(names())
def test_a_name_is_canonical(name):
    """The canonical form of a name, in any case, is its text."""
    assert canonical_text(str(name)) == canonical_text(str(name).upper()) == str(name)


@given(name_texts())
def test_names_are_read_alike(text):
    """Names, which decide about most strings without this module, accept those that it reads."""
    assert is_name(text) == reads(text)


def test_the_first_fault_is_that_of_the_whole_string():
    """A blank precedes a `*`, which precedes an empty label, which precedes an underscore."""
    faults = []
    for text in ("a_..*. io", "a_..*.io", "a_..io", "a_.io"):
        with pytest.raises(InvalidName) as raised:
            canonical_text(text)
        faults.append(raised.value.fault)
    assert faults == [
        NameFault.BLANK,
        NameFault.INNER_WILDCARD,
        NameFault.EMPTY_LABEL,
        NameFault.UNDERSCORE,
    ]
