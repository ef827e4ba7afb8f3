"""The declarations of files at one time, with the scopes in which they are compared."""

from __future__ import annotations

import os

from acmrules.model.declaration import ScopedDeclaration
from acmrules.readers.registry import MODULE_SUFFIXES
from acmrules.syntax.source import InputError
from acmrules.values import Value
from acmrules.workspace.load import MODULE_PARAMETERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from acmrules.model.batches import Batch
    from acmrules.model.declaration import Declaration
    from acmrules.readers.terraform.environments import Environment
    from acmrules.readers.terraform.reader import ModuleTree
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.listing import Folders
    from acmrules.workspace.load import Loader

    EnvironmentDeclarations = tuple[Environment, tuple[Declaration, ...]]


class Root(Value):
    """A root module with its declarations; those in the selected files are compared."""

    tree: ModuleTree
    folder: str
    declarations: tuple[Declaration, ...]
    is_selected: Callable[[str], bool]


class Snapshot:
    """The declarations of files at one time, as a loader reads them.

    `begin` is the folder or the file where a comparison begins; the rest of a path is the same on
    both sides. `scopes` are those of all files, with or without declarations.
    `source_errors` are the calls of local modules that cannot be read, by scope.
    `roots` are the root modules by scope, if the loader compares.
    `moves` are the old addresses from the `moved` blocks of Terraform, by scope and new address.
    """

    def __init__(self, loader: Loader, begin: str = "") -> None:
        self._loader = loader
        self._begin = "" if begin in ("", os.curdir) else os.path.join(os.path.normpath(begin), "")
        self.declarations: list[ScopedDeclaration] = []
        self.scopes: set[str] = set()
        self.moves: dict[str, Mapping[str, str]] = {}
        self.source_errors: dict[str, list[InputError]] = {}
        self.roots: dict[str, Root] = {}
        self._unreadable: set[str] = set()

    @property
    def troubles(self) -> Troubles:
        """The problems with the files."""
        return self._loader.troubles

    def add_files(self, paths: Iterable[str]) -> None:
        """Add files that are read one by one."""
        for path in paths:
            self.scopes.add(self._scope(path))
            self._add(path, self._loader.file(path))

    def refuse(self, error: InputError) -> None:
        """Add a file that was read but cannot be compared."""
        self._loader.refuse(error)

    def add_importers(self, paths: Iterable[str]) -> None:
        """Add those files that may use the certificates of others, unless they were read before."""
        known = {each.declaration.file for each in self.declarations}
        for path in paths:
            if path not in known:
                self._add(path, self._loader.importer(path))

    def _add(self, path: str, batch: Batch | None) -> None:
        if batch is not None:
            scope = self._scope(path)
            self.declarations += [ScopedDeclaration(each, scope) for each in batch.declarations]

    def module_tree(self) -> ModuleTree:
        """Return the Terraform modules at this time."""
        return self._loader.module_tree()

    def add_modules(
        self, tree: ModuleTree, folders: Iterable[str], is_selected: Callable[[str], bool] = bool
    ) -> None:
        """Add the declarations of Terraform modules that are in the selected files."""
        if not self._loader.reads("terraform"):
            return
        folders = [*folders]
        self.scopes.update(self._scope(os.path.join(folder, "")) for folder in folders)
        for root in tree.roots(folders):
            with self.troubles.guard(root):
                self._add_module(tree, root, is_selected)
        for path, error in tree.unreadable.items():
            if is_selected(path) and path.endswith(MODULE_SUFFIXES):
                self._loader.refuse(error)

    def _add_module(self, tree: ModuleTree, root: str, is_selected: Callable[[str], bool]) -> None:
        if self._loader.settings_of(os.path.join(root, "main.tf")).excluded:
            return
        scope = self._scope(os.path.join(root, ""))
        found = self._loader.module(tree, root)
        self._add_selected(found, scope, is_selected)
        self.moves[scope] = tree.moves(root)
        if self._loader.compares:
            self.roots[scope] = Root(tree, root, found, is_selected)
            self.source_errors[scope] = [*tree.source_errors(lambda _: False, root)]

    def _add_selected(
        self, found: Iterable[Declaration], scope: str, is_selected: Callable[[str], bool]
    ) -> None:
        for declaration in found:
            if any(map(is_selected, declaration.files())):
                self.declarations.append(ScopedDeclaration(declaration, scope))

    # Environments

    def search_in(self, folders: Folders) -> None:
        """Search the files of environments in some folders, instead of those on disk."""
        self._loader.folders = folders

    def environment_files(self, root: str) -> set[str]:
        """Return the files of what may be environments of a root module."""
        offered, _ = self._loader.offered_environments(root)
        return {os.path.normpath(path) for each in offered for path in each.paths}

    def fitting_environments(self, scope: str) -> set[str]:
        """Return the labels of the environments that a root module depends on."""
        root = self.roots.get(scope)
        if root is None or not any(
            each.parameters - MODULE_PARAMETERS for each in root.declarations
        ):
            return set()
        found = self._loader.fitting_environments(root.tree, root.folder, root.declarations)
        return {self._label(each) for each in found}

    def offered_environments(self, scope: str) -> tuple[dict[str, Environment], list[InputError]]:
        """Return what may be environments of a root module by label, and the errors in them."""
        root = self.roots.get(scope)
        if root is None:
            return {}, []
        offered, errors = self._loader.offered_environments(root.folder)
        declared = root.tree.parameters(root.folder)
        return {
            self._label(each): each.__replace__(
                label=self._label(each),
                inputs={name: each.inputs[name] for name in each.inputs if name in declared},
            )
            for each in offered
        }, errors

    def read_environments(
        self, scope: str, chosen: Iterable[Environment]
    ) -> tuple[list[EnvironmentDeclarations], list[InputError]]:
        """Return what a root module declares in some environments, and the errors in reading it."""
        root = self.roots[scope]
        read: list[EnvironmentDeclarations] = []
        errors: list[InputError] = []
        for each in chosen:
            try:
                read.append((each, self._loader.in_environment(root.tree, root.folder, each)))
            except InputError as error:
                errors.append(error.with_traceback(None))
        return read, errors

    def replace(self, scope: str, found: Iterable[Declaration]) -> None:
        """Replace the declarations of a root module."""
        files = {each.file for each in self.roots[scope].declarations}
        self.declarations = [
            each
            for each in self.declarations
            if each.scope != scope or each.declaration.file not in files
        ]
        self._add_selected(found, scope, self.roots[scope].is_selected)

    def _label(self, environment: Environment) -> str:
        return environment.label.removeprefix(self._begin)

    def add_same(self, root: str, other: Snapshot) -> None:
        """Add the declarations below a root module that another snapshot has."""
        scope = self._scope(os.path.join(root, ""))
        self.scopes.add(scope)
        self.declarations += [each for each in other.declarations if each.scope == scope]
        self.moves[scope] = other.moves.get(scope, {})
        self._unreadable |= other.unreadable_scopes()

    def unreadable_scopes(self) -> set[str]:
        """Return the scopes that could not be read, or not completely."""
        names = [error.name for error in self.troubles.unreadable]
        folders = (os.path.join(os.path.dirname(name), "") for name in names)
        return self._unreadable | {self._scope(path) for path in (*names, *folders)}

    def _scope(self, path: str) -> str:
        return os.path.join(os.path.normpath(path), "").removeprefix(self._begin)[:-1]


def absolute(paths: Iterable[str]) -> set[str]:
    """Return absolute paths, each also with the links of its folder resolved, as Git names it."""
    found = set()
    for path in map(os.path.abspath, paths):
        folder, name = (path, "") if os.path.isdir(path) else os.path.split(path)
        found |= {path, os.path.normpath(os.path.join(os.path.realpath(folder), name))}
    return found


def below(paths: Collection[str]) -> Callable[[str], bool]:
    """Return a function that returns whether a file is one of some paths, or in such a folder."""
    whole = absolute(paths)
    folders = tuple(os.path.join(path, "") for path in whole)

    def is_below(file: str) -> bool:
        absolute = os.path.abspath(file)
        return absolute in whole or absolute.startswith(folders)

    return is_below
