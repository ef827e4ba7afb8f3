"""The public interface: the names that the package exports."""

import ast
import builtins
import importlib
import inspect
import pydoc
import re
import subprocess
import sys
import typing
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
        homes = {f"acmrules.{home}", "types", "typing"}
        assert getattr(value, "__module__", f"acmrules.{home}") in homes


def test_type_checkers_see_the_same_names():
    """The imports for type checkers are those of the table, each exported under its own name."""
    tree = ast.parse(Path(acmrules.__file__).read_text(encoding="utf-8"))
    guarded, _ = [node for node in tree.body if isinstance(node, ast.If)]
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


STANDARD = {"Iterable", "Iterator", "Mapping", "date", "datetime", "None"}
"""The names of the standard library in public signatures."""

VARIABLES = {"V"}
"""The type variables, which mean any value."""


def public_members():
    """Yield the public functions, classes, methods and properties, with their names."""
    for name in acmrules.__all__:
        value = getattr(acmrules, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            yield name, value
        if not inspect.isclass(value):
            continue
        for key, member in vars(value).items():
            function = getattr(member, "fget", None) or getattr(member, "__func__", member)
            is_public = not key.startswith("_") or key in {"__init__", "__new__"}
            if is_public and inspect.isfunction(function):
                yield f"{name}.{key}", function


MEMBERS = dict(public_members())


@pytest.mark.parametrize("name", MEMBERS)
def test_every_annotation_is_a_type_at_run_time(name):
    """`typing.get_type_hints` resolves every annotation of the public interface."""
    hints = typing.get_type_hints(MEMBERS[name])
    assert not [each for each in hints.values() if isinstance(each, str | typing.ForwardRef)]


def test_every_type_in_a_signature_is_exported():
    """Each name in a public annotation is exported, or built in."""
    known = {*acmrules.__all__, *vars(builtins), *STANDARD, *VARIABLES}
    unknown = {}
    for name, member in MEMBERS.items():
        if isinstance(member, type) and not hasattr(member, "_fields"):
            continue
        for annotation in inspect.get_annotations(member).values():
            found = {each.rpartition(".")[2] for each in re.findall(r"[\w.]+", str(annotation))}
            if missing := found - known - {""}:
                unknown[name] = missing
    assert unknown == {}


INTERNAL = {"Check", "Example", "Source", "Path", "Any", "Self", "Callable", "PathLike", "Layout"}
"""Names in annotations of the linter that only its own code needs."""


@pytest.mark.parametrize("name", ["check", "check_params", "check_paths", "check_text"])
def test_every_annotation_of_a_check_is_a_type_at_run_time(name):
    """`typing.get_type_hints` resolves the arguments and the report of each check."""
    hints = typing.get_type_hints(getattr(lint, name))
    assert hints["return"] is lint.Report
    assert hints["settings"] == lint.GivenSettings


def test_every_type_in_the_linter_is_exported():
    """What a report contains, and what a check raises, can be imported from the linter."""
    known = {*lint.__all__, *acmrules.__all__, *vars(builtins), *STANDARD, *INTERNAL}
    unknown = {}
    for name in lint.__all__:
        value = getattr(lint, name)
        for member in [value, *vars(value).values()] if inspect.isclass(value) else [value]:
            function = getattr(member, "fget", None) or getattr(member, "__func__", member)
            if not inspect.isfunction(function) and not inspect.isclass(function):
                continue
            if getattr(function, "__name__", "_").startswith("_"):
                continue
            if inspect.isclass(function) and function is not value:
                continue
            annotations = inspect.get_annotations(function).values()
            words = {each for one in annotations for each in re.findall(r"[A-Z]\w+", str(one))}
            if missing := words - known:
                unknown[f"{name}.{function.__name__}"] = missing
    assert unknown == {}
    assert issubclass(lint.SettingsError, acmrules.AcmRulesError)


VALUES = [name for name in acmrules.__all__ if hasattr(getattr(acmrules, name), "_fields")]


@pytest.mark.parametrize("name", VALUES)
def test_a_value_shows_its_parameters(name):
    """The signature of a value class has a typed parameter for each argument."""
    kind = getattr(acmrules, name)
    parameters = inspect.signature(kind).parameters
    assert parameters
    assert all(each.annotation is not each.empty for each in parameters.values())
    if "__init__" not in vars(kind):
        assert tuple(parameters) == kind._fields


def test_a_value_lists_its_fields_and_methods():
    """`dir` of a value contains the fields and the public methods, and nothing else in public."""
    region = acmrules.Region.of("eu-west-1")
    shown = {name for name in dir(region) if not name.startswith("_")}
    assert shown == {"name", "partition", "of", "to_dict", "from_dict", "to_json"}


@pytest.mark.parametrize("name", MEMBERS)
def test_everything_public_is_documented(name):
    """Each public name has a docstring, which `help` shows with its signature."""
    member = MEMBERS[name]
    if name.rpartition(".")[2] not in {"__init__", "__new__"}:
        assert member.__doc__, name
    if "." not in name:
        page = pydoc.plain(pydoc.render_doc(member))
        assert "*args" not in page.partition("Method resolution")[0]
        assert not re.search(r"^ \|  _[a-z]", page, re.MULTILINE)
        assert member.__doc__.splitlines()[0].strip() in page
