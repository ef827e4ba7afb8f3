"""The types of the fields of value classes, from annotations that name what only checkers import.

Modules import under `if TYPE_CHECKING:` what no run needs. The names of these imports are resolved
here, from the source of the module, when a program needs the types of fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterator
    from typing import Any

_own_annotations: Callable[[type], dict[str, Any]] = type.__dict__["__annotations__"].__get__  # noqa: RUF063  (loads `inspect`)


@cache
def field_types(cls: type) -> dict[str, Any]:
    """Return the type of each annotated field of a class and its bases, in order."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        # The metaclass of values has annotations too, which an ordinary look-up would find.
        if base is not object and (annotations := _own_annotations(base)):
            names = names_of(base.__module__)
            for field, annotation in annotations.items():
                is_text = isinstance(annotation, str)
                found[field] = names.evaluated(annotation) if is_text else annotation
    return found


@cache
def names_of(module_name: str) -> CheckedNames:
    """Return the names that a module defines for type checkers only."""
    module = __import__(module_name, fromlist=("__name__",))
    loader = getattr(module.__spec__, "loader", None)
    read = getattr(loader, "get_source", None)
    return CheckedNames(vars(module), (read(module_name) if read else None) or "")


class CheckedNames(Mapping[str, object]):
    """The names in the `if TYPE_CHECKING:` blocks of a module, resolved when they are used."""

    def __init__(self, names: dict[str, Any], source: str) -> None:
        self._names = names
        self._statements: dict[str, ast.ImportFrom | ast.expr] = {}
        if "if TYPE_CHECKING:" in source:
            self._statements = dict(_for_checkers(source))

    def evaluated(self, annotation: str) -> Any:  # noqa: ANN401  (a type)
        """Return the type that an annotation names; raises `NameError`."""
        return eval(annotation, self._names, self)  # noqa: S307  (from the source of the module)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (a type)
        from ast import ImportFrom, unparse

        statement = self._statements[name]
        if not isinstance(statement, ImportFrom):
            return self.evaluated(unparse(statement))
        origin = next(each.name for each in statement.names if (each.asname or each.name) == name)
        home = names_of(str(statement.module))
        return home[origin] if origin in home else home.evaluated(origin)

    def __iter__(self) -> Iterator[str]:
        return iter(self._statements)

    def __len__(self) -> int:
        return len(self._statements)


def _for_checkers(source: str) -> Iterator[tuple[str, ast.ImportFrom | ast.expr]]:
    """Yield the imports and aliases in the `if TYPE_CHECKING:` blocks of a module, by name."""
    import ast

    for block in ast.parse(source).body:
        if not isinstance(block, ast.If) or ast.unparse(block.test) != "TYPE_CHECKING":
            continue
        for statement in block.body:
            if isinstance(statement, ast.ImportFrom):
                yield from ((each.asname or each.name, statement) for each in statement.names)
            elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                yield statement.targets[0].id, statement.value
