"""The public interface: the names that the package exports."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import acmrules
from acmrules import lint


@pytest.mark.parametrize("name", acmrules.__all__)
def test_a_public_name_is_the_object_of_its_module(name):
    """Every public name is the object of that name in the module that defines it."""
    value = getattr(acmrules, name)
    home = next((h for h, names in acmrules._HOMES.items() if name in names), None)
    if home is None:
        assert name in {"__version__", "lint"}
    else:
        assert value is getattr(importlib.import_module(f"acmrules.{home}"), name)
        assert getattr(value, "__module__", f"acmrules.{home}") in {f"acmrules.{home}", "types"}


def test_type_checkers_see_the_same_names():
    """The imports for type checkers are those of the table, each exported under its own name."""
    tree = ast.parse(Path(acmrules.__file__).read_text(encoding="utf-8"))
    [guarded] = [node for node in tree.body if isinstance(node, ast.If)]
    declared = {
        (node.module.removeprefix("acmrules."), alias.name, alias.asname)
        for node in guarded.body
        for alias in node.names
    } - {("acmrules", "lint", "lint")}
    assert declared == {
        (home, name, name) for home, names in acmrules._HOMES.items() for name in names
    }


def test_names_are_listed():
    """The names are listed, and a star imports all of them."""
    assert dir(acmrules) == sorted(acmrules.__all__)
    imported = {}
    exec("from acmrules import *", imported)
    assert set(acmrules.__all__) <= set(imported)


def test_a_name_is_looked_up_once(monkeypatch):
    """A name is an attribute of the package after the first access."""
    monkeypatch.delitem(vars(acmrules), "covers", raising=False)
    assert acmrules.covers is vars(acmrules)["covers"]


@pytest.mark.parametrize("package", [acmrules, lint])
def test_other_names_are_rejected(package):
    """Any other name raises the usual error of a module."""
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        package.nothing  # noqa: B018  (the look-up is the test)


@pytest.mark.parametrize("name", lint.__all__)
def test_a_name_of_the_linter_is_the_object_of_its_module(name):
    """The linter offers the checks of programs, and what they return."""
    value = getattr(lint, name)
    home = next(home for home, names in lint._HOMES.items() if name in names)
    assert value is getattr(importlib.import_module(f"acmrules.{home}"), name)
    assert value is vars(lint)[name]


def test_the_linter_is_an_attribute_of_the_package():
    """`acmrules.lint` needs no import of its own, and loads nothing of the linter."""
    code = """
import sys
import acmrules
assert "acmrules.lint" not in sys.modules
known = {*sys.modules}
acmrules.lint
assert {*sys.modules} - known == {"acmrules.lint"}, {*sys.modules} - known
"""
    subprocess.run([sys.executable, "-c", code], check=True)
