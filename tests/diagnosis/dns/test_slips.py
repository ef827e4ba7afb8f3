"""The names under which a validation record is written by mistake."""

import doctest

from acmrules.diagnosis.dns import slips


def test_the_examples_of_the_docstrings_hold():
    """Each kind of slip has an example in its docstring."""
    assert doctest.testmod(slips).attempted == 3
    assert doctest.testmod(slips).failed == 0


def test_a_slip_is_a_different_name():
    """No slip is the name of the record itself, and each is listed once."""
    found = slips.slips("_x.example.com", "example.com", ["example.com", "", "com"])
    assert "_x.example.com" not in found
    assert len(found) == len({*found})


def test_each_kind_of_slip_is_found():
    """The zone twice, a missing underscore, missing labels; only zones above the name count."""
    found = slips.slips("_x.www.example.com", "www.example.com", ["example.com", "other.io"])
    assert found == (
        "_x.www.example.com.example.com",
        "_x.www.example.com.other.io",
        "_x.www.example.com.www.example.com",
        "x.www.example.com",
        "_x.example.com",
    )
