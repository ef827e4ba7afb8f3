"""Finds the files of a run: paths in, files and Terraform modules out.

Only `.gitignore` files are opened.
"""

from __future__ import annotations

import os

from acmrules.readers.registry import MODULE_SUFFIXES, WALKED_SUFFIXES
from acmrules.syntax.source import STANDARD_INPUT, InputError
from acmrules.values import Value
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping


class Inputs(Value):
    """The files of a run, each once.

    `files` are read one by one; an error is in the place of what cannot be walked. `named` are the
    paths that a caller named, as they are written and normalized. `modules` are the Terraform
    files by folder. `order` numbers all paths, as they were found and normalized.
    """

    files: tuple[str | InputError, ...]
    named: frozenset[str]
    modules: Mapping[str, frozenset[str]]
    order: Mapping[str, int]

    @property
    def errors(self) -> tuple[InputError, ...]:
        """The folders and files that cannot be walked."""
        return tuple(each for each in self.files if isinstance(each, InputError))


def discover(
    paths: Iterable[str],
    kinds: Container[str] | None = None,
    *,
    standard_input: str | None = None,
) -> Inputs:
    """Return the files of paths, and of the folders among them.

    With `kinds`, Terraform modules are only found if the reader of that name is one of them.
    `standard_input` is the path of the file whose text is standard input; it need not exist.
    """
    found: list[str | InputError] = []
    named: set[str] = set()
    modules: dict[str, set[str]] = {}
    order: dict[str, int] = {}

    def add(path: str, *, is_named: bool) -> None:
        normal = os.path.normpath(path)
        if normal in order:
            return
        order[normal] = order[path] = len(order)
        is_known = not is_named or path == standard_input or os.path.isfile(path)
        is_of_module = normal.endswith(MODULE_SUFFIXES) and is_known
        if not is_of_module:
            found.append(path)
        elif kinds is None or "terraform" in kinds:
            modules.setdefault(os.path.dirname(normal), set()).add(normal)

    for path in paths:
        named.update((path, os.path.normpath(path)))
        if path == STANDARD_INPUT or not os.path.isdir(path):
            add(path, is_named=True)
            continue
        for each in files.walk(path, WALKED_SUFFIXES):
            if isinstance(each, InputError):
                found.append(each)
            else:
                add(each.removeprefix("./"), is_named=False)
    whole = {folder: frozenset(names) for folder, names in modules.items()}
    return Inputs(tuple(found), frozenset(named), whole, order)


def inputs_alone(name: str, kinds: Container[str] | None) -> Inputs:
    """Return the inputs of a run over one file, whether it exists or not."""
    normal = os.path.normpath(name)
    order = {normal: 0, name: 0}
    named = frozenset((name, normal))
    if not normal.endswith(MODULE_SUFFIXES):
        return Inputs((name,), named, {}, order)
    folder = {os.path.dirname(normal): frozenset((normal,))}
    return Inputs((), named, folder if kinds is None or "terraform" in kinds else {}, order)


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders of those files that Terraform reads as modules."""
    return {os.path.dirname(path) for path in paths if path.endswith(MODULE_SUFFIXES)}


def single_files(paths: Iterable[str]) -> list[str]:
    """Return those files that are read one by one, rather than with the others of their folder."""
    return [
        path
        for path in paths
        if path.endswith(WALKED_SUFFIXES) and not path.endswith(MODULE_SUFFIXES)
    ]
