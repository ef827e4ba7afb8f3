"""The extension of griffe that prepares the docstrings of public names for the API reference.

mkdocstrings reads the source, so it does not see what the package does at run time. Docstrings
name other objects in backticks, and have examples for `doctest`. This module adds constructors of
value classes, tables of the members of enumerations, links, and blocks of code.
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import griffe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

FOLDER = Path(__file__).parent / "pages" / "reference"
SOURCES = Path(__file__).parents[1] / "src"

_DIRECTIVE = re.compile(r"^::: (\S+)$", re.MULTILINE)
_CODE = re.compile(r"(?<![`\[\\])`([A-Za-z_][\w.]*)(\(\))?`(?!`)")
_VALUE = "acmrules.values.Value"
_ENUMERATIONS = ("enum.Enum", "enum.IntEnum", "enum.StrEnum")
_LABELS = {"classmethod", "property", "staticmethod"}
_LONGEST_VALUE = 100
_LONGEST_CODE = 40
_FEWEST_ITEMS = 3
_MADE = griffe.ParameterKind.positional_or_keyword


def documented() -> dict[str, str]:
    """Return the paths that the pages document, with the name of the page of each."""
    return {
        path: page.name
        for page in sorted(FOLDER.glob("*.md"))
        for path in _DIRECTIVE.findall(page.read_text("utf-8"))
    }


class ApiReference(griffe.Extension):
    """Completes the objects on the pages of the reference when the package is loaded."""

    def on_package(self, *, pkg: griffe.Module, **_: object) -> None:
        """Complete what is documented; other packages stay as they are."""
        if pkg.path != "acmrules":
            return
        catalogue = Catalogue(pkg, [*documented()])
        for path, shown in catalogue.shown.items():
            if isinstance(shown, griffe.Class):
                complete_class(shown, catalogue)
            for each in (shown, *members_of(shown)):
                each.labels &= _LABELS
                complete_docstring(each, path, catalogue)
                if isinstance(each, griffe.Function):
                    complete_defaults(each)
                elif isinstance(each, griffe.Attribute) and len(str(each.value)) > _LONGEST_VALUE:
                    each.value = None


class Catalogue:
    """The documented objects, by the path at which a program imports them."""

    def __init__(self, package: griffe.Module, paths: list[str]) -> None:
        self.shown: dict[str, griffe.Object] = {}
        for path in paths:
            self.shown[path] = target_of(package[path.removeprefix("acmrules.")])

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The documented paths by the path of the definition."""
        return {shown.path: path for path, shown in self.shown.items()}

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """The documented paths of classes and types by their names, which are distinct."""
        names = [path.rpartition(".")[2] for path in self.shown]
        return {
            name: path
            for name, path in zip(names, self.shown, strict=True)
            if name[:1].isupper() and names.count(name) == 1
        }

    def path_of(self, word: str, near: griffe.Object, own: str) -> str | None:
        """Return the path that a word in backticks means in the docstring of an object."""
        if word in self.shown or word in self.homes:
            return self.homes.get(word, word)
        first, _, member = word.partition(".")
        if first in self.classes:
            path = self.classes[first]
            if not member:
                return None if path == own and near is self.shown[own] else path
            has_member = member in self.shown[path].members
            return f"{path}.{member}" if has_member and is_shown(self.shown[path][member]) else path
        if isinstance(near, griffe.Function) and word in [each.name for each in near.parameters]:
            return None
        scope = self.shown[own]
        if isinstance(scope, griffe.Class):
            member_here = scope.members.get(word)
            if member_here is not None and member_here is not near and is_shown(member_here):
                return f"{own}.{word}"
            return None
        other = self.homes.get(f"{scope.module.path}.{word}")
        return other if other != own else None


def target_of(found: griffe.Object | griffe.Alias) -> griffe.Object:
    """Return an object where it is defined."""
    return found.final_target if isinstance(found, griffe.Alias) else found


def members_of(shown: griffe.Object) -> Iterator[griffe.Object]:
    """Yield the members of a class that its page shows."""
    if isinstance(shown, griffe.Class):
        for member in shown.members.values():
            if member.name == "__init__" or not member.name.startswith("_"):
                yield target_of(member)


def is_shown(member: griffe.Object | griffe.Alias) -> bool:
    """Return whether a page has a heading for a member."""
    return member.has_docstring and not member.name.startswith("_")


def complete_class(cls: griffe.Class, catalogue: Catalogue) -> None:
    """Add to a class what is there at run time, and what it inherits from private classes."""
    bases = [str(getattr(base, "canonical_path", base)) for base in cls.bases]
    lineage = [each for each in cls.mro() if each.path.startswith("acmrules.")]
    is_value = any(each.path == _VALUE for each in lineage)
    new = cls.members.get("__new__")
    if any(base in _ENUMERATIONS for base in bases):
        add_members_table(cls)
    elif "__init__" not in cls.members and isinstance(new, griffe.Function):
        _, *rest = new.parameters
        add_constructor(cls, rest)
    elif is_value and not any("__init__" in each.members for each in (cls, *lineage[:-1])):
        fields = [each for base in (*reversed(lineage), cls) for each in fields_of(base)]
        add_constructor(cls, fields)
    if "__init__" in cls.members:
        add_errors_of_constructor(cls)
    for base in lineage:
        if base.path not in catalogue.homes and base.path != _VALUE:
            for name, member in base.members.items():
                if name not in cls.members and is_shown(member):
                    cls.set_member(name, griffe.Alias(name, member))
    cls.bases = [
        base
        for base, path in zip(cls.bases, bases, strict=True)
        if path in catalogue.homes or not path.startswith("acmrules.")
        if not path.rpartition(".")[2].startswith("_")
    ]
    if is_value and not cls.bases:
        cls.bases = [griffe.ExprName("Value", parent=cls.package["values"])]


def fields_of(cls: griffe.Class) -> Iterator[griffe.Parameter]:
    """Yield the fields of a value class as parameters of its constructor."""
    for name, member in cls.members.items():
        if not isinstance(member, griffe.Attribute) or "property" in member.labels:
            continue
        if member.annotation is not None and not name.startswith("_"):
            yield griffe.Parameter(
                name, annotation=member.annotation, kind=_MADE, default=member.value
            )


def add_constructor(cls: griffe.Class, parameters: list[griffe.Parameter]) -> None:
    """Give a class the constructor that it has at run time."""
    own = griffe.Parameter("self", kind=_MADE)
    made = griffe.Function("__init__", parameters=griffe.Parameters(own, *parameters))
    cls.set_member("__init__", made)


def add_errors_of_constructor(cls: griffe.Class) -> None:
    """Add the errors that a constructor raises to the docstring of its class."""
    stated = cls.members["__init__"].docstring
    if stated is None or cls.docstring is None:
        return
    if stated.value.startswith("Raise "):
        raises = stated.value.replace("Raise ", "The constructor raises ", 1)
        parts = [*parts_of(cls.docstring.value)]
        place = next((i for i, (_, is_example) in enumerate(parts) if is_example), len(parts))
        texts = [text for text, _ in parts]
        cls.docstring.value = "\n\n".join([*texts[:place], raises, *texts[place:]])
    cls.members["__init__"].docstring = None


def paragraphs(prose: str, words: Collection[str]) -> Iterator[str]:
    """Yield a paragraph of prose, with errors apart, and sentences about parameters as a list.

    A sentence that starts with a parameter starts an item, and so does one that mentions a new one.
    """
    before: list[str] = []
    items: list[str] = []
    errors: list[str] = []
    seen: set[str] = set()
    for sentence in re.split(r"(?<=\.) (?=[A-Z`])", " ".join(prose.split())):
        named = {word for word in re.findall(r"`(\w+)`", sentence) if word in words}
        if errors or sentence.startswith(("Raises ", "The constructor raises ")):
            errors.append(sentence)
        elif (sentence.startswith("`") and named) or (items and named - seen):
            items.append(sentence)
        elif items:
            items[-1] += f" {sentence}"
        else:
            before.append(sentence)
        seen |= named
    if len(items) < _FEWEST_ITEMS:
        before, items = [*before, *items], []
    yield from filter(None, [" ".join(before), "\n".join(f"- {item}" for item in items)])
    if errors:
        yield " ".join(errors)


def parameters_of(shown: griffe.Object) -> list[str]:
    """Return the names of the parameters of a function, or of the constructor of a class."""
    called = shown.members.get("__init__") if isinstance(shown, griffe.Class) else shown
    return [each.name for each in called.parameters] if isinstance(called, griffe.Function) else []


def complete_defaults(function: griffe.Function) -> None:
    """Replace defaults that only the source can name, such as `acm.NAMES_QUOTA.value`."""
    for parameter in function.parameters:
        written = str(parameter.default)
        if re.fullmatch(r"_[A-Z_]+", written):
            parameter.default = function.module[written].value
        elif written.endswith(".value"):
            if str(SOURCES) not in sys.path:
                sys.path.append(str(SOURCES))
            home = vars(import_module(function.module.path))
            parameter.default = repr(eval(written, home))  # noqa: S307  (from the source)


def add_members_table(cls: griffe.Class) -> None:
    """Add a table of the members of an enumeration to its docstring."""
    values = {
        name: str(member.value)
        for name, member in cls.members.items()
        if isinstance(member, griffe.Attribute) and member.value is not None
        if not name.startswith("_")
    }
    if cls.docstring is None or not values:
        return
    is_prose = max(map(len, values.values())) > _LONGEST_CODE
    rows = [
        f"| `{name}` | {prose_of(value) if is_prose else code_of(value)} |"
        for name, value in values.items()
    ]
    table = "\n".join(["| member | value |", "| --- | --- |", *rows])
    cls.docstring.value = f"{cls.docstring.value.rstrip()}\n\n{table}"


def code_of(literal: str) -> str:
    """Return a literal as code for a cell of a table, in the quotes of the project."""
    value = ast.literal_eval(literal)
    return f'`"{value}"`' if isinstance(value, str) else f"`{literal}`"


def prose_of(literal: str) -> str:
    """Return the text of a literal as Markdown for a cell of a table."""
    text: str = ast.literal_eval(literal)
    return re.sub(r"(?<!`)\*(?!`)", r"\\*", text.replace("|", "\\|"))


def complete_docstring(shown: griffe.Object, own: str, catalogue: Catalogue) -> None:
    """Turn a docstring into Markdown: examples into blocks, and names into links; once."""
    if shown.docstring is None or "completed" in shown.extra:
        return
    shown.extra["completed"] = {}
    parts = []
    for text, is_example in parts_of(shown.docstring.value):
        if is_example:
            parts.append(f"```pycon\n{text}\n```")
            continue
        as_it_is = text.startswith(("|", "-")) or not isinstance(
            shown, griffe.Class | griffe.Function
        )
        prose = [text] if as_it_is else paragraphs(text, parameters_of(shown))
        parts += [
            _CODE.sub(lambda word: linked(word, shown, own, catalogue), each) for each in prose
        ]
    shown.docstring.value = "\n\n".join(parts)


def linked(word: re.Match[str], shown: griffe.Object, own: str, catalogue: Catalogue) -> str:
    """Return a word in backticks, as a link if it names something documented."""
    path = catalogue.path_of(word[1], shown, own)
    return f"[{word[0]}][{path}]" if path else word[0]


def parts_of(docstring: str) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs of a docstring, and whether each is an example for `doctest`."""
    for paragraph in re.split(r"\n\s*\n", docstring.strip("\n")):
        start = re.search(r"^( *)>>> ", paragraph, re.MULTILINE)
        if start is None:
            yield paragraph, False
            continue
        if before := paragraph[: start.start()].strip():
            yield before, False
        lines = paragraph[start.start() :].splitlines()
        yield "\n".join(line.removeprefix(start[1]) for line in lines), True
