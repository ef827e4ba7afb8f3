"""Problems with files: each is reported once, without an effect on other files."""

import pytest

from acmrules.errors import NoSuffixList
from acmrules.syntax.source import InputError
from acmrules.workspace.errors import Troubles
from acmrules.workspace.settings import SettingsError


def test_an_error_of_a_file_is_added():
    """Errors of inputs and settings are added as they are, and others as defects of acmrules."""
    troubles = Troubles()
    for error in (
        InputError("a", "is bad"),
        SettingsError(InputError("b", "is bad"), InputError("b", "is worse")),
        RuntimeError("oops"),
    ):
        for name in ("x", ""):
            with troubles.guard(name):
                raise error
    assert [str(error) for error in troubles.unreadable] == [
        "a: is bad",
        "b: is bad",
        "b: is worse",
    ]
    assert all(error.__traceback__ is None for error in troubles.unreadable)
    assert [str(bug).partition(" at ")[0] for bug in troubles.bugs] == [
        f"{name}: a bug in acmrules, please report it: RuntimeError: oops" for name in ("x", ".")
    ]
    assert [*troubles] == [*troubles.unreadable, *troubles.bugs]


@pytest.mark.parametrize("error", [NoSuffixList("x", "y"), KeyboardInterrupt()])
def test_an_error_of_all_files_is_raised(error):
    """A missing list and an interrupt by the user end the run."""
    troubles = Troubles()
    with pytest.raises(type(error)), troubles.guard("a"):
        raise error
    assert [*troubles] == []


@pytest.mark.parametrize("order", [(False, True), (True, False)])
def test_an_error_is_no_warning(order):
    """An input that is named and also found in a directory fails the run, in either order."""
    troubles, others = Troubles(), Troubles()
    others.refuse(InputError("a", "is bad"), is_warning=True)
    assert not others.fails
    for is_warning in order:
        troubles.refuse(InputError("a", "is bad"), is_warning=is_warning)
    troubles.add(others)
    assert troubles.fails
    assert [each.is_warning for each in troubles.unreadable] == [False]


def test_troubles_are_added_to_others():
    """Known problems are not repeated."""
    troubles, others = Troubles(), Troubles()
    for each in (troubles, others):
        each.refuse(InputError("a", "is bad"))
        each.add_bug(InputError("b", "oops"))
    others.refuse(InputError("c", "is bad"))
    troubles.add(others)
    assert [str(each) for each in troubles] == ["a: is bad", "c: is bad", "b: oops"]
