"""The package of diagnoses: it exports what its functions take and return."""

import inspect

import acmrules
from acmrules import diagnosis


def test_the_names_are_public():
    """Each name of the package is a public name of the library."""
    for name in diagnosis.__all__:
        assert getattr(acmrules, name) is getattr(diagnosis, name)


def test_each_name_is_documented():
    """Each class and function has a docstring."""
    assert all(inspect.getdoc(getattr(diagnosis, name)) for name in diagnosis.__all__)
