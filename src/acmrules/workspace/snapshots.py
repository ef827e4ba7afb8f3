"""Certificates as files have them at one time: read, and not judged."""

from __future__ import annotations

import os

from acmrules.model.declaration import ScopedDeclaration
from acmrules.readers import registry
from acmrules.syntax.source import InputError
from acmrules.workspace import files
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Mapping

    from acmrules.readers.terraform.reader import Load, ModuleTree
    from acmrules.workspace.resolver import SettingsResolver


class State:
    """What some files hold at one time; `data` and `load` give their bytes, and modules' files.

    `begin` is the folder, or the file, that the comparison begins at: what follows it in a name is
    what the two sides have in common. `scopes` are those of all files, whether or not they hold
    anything. `moves` are the old addresses of what `moved` blocks of
    Terraform moved, by scope and new address.
    """

    def __init__(
        self,
        lookup: SettingsResolver,
        kinds: Container[str] | None,
        data: Callable[[str], bytes] = files.read_bytes,
        load: Load = files.module,
        begin: str = "",
    ) -> None:
        self._lookup = lookup
        self._kinds = kinds
        self._data = data
        self._load = load
        self._begin = "" if begin in ("", os.curdir) else os.path.join(os.path.normpath(begin), "")
        self.held: list[ScopedDeclaration] = []
        self.scopes: set[str] = set()
        self.moves: dict[str, Mapping[str, str]] = {}
        self.unreadable: dict[str, InputError] = {}
        self.defects: list[str] = []

    def take(self, paths: Iterable[str]) -> None:
        """Read files of their own."""
        for path in paths:
            self.scopes.add(self._scope(path))
            self._trying(path, lambda path=path: self._take(path))  # type: ignore[misc]

    def take_importers(self, paths: Iterable[str]) -> None:
        """Read those files that may use the certificates of others, and were not read yet."""
        known = {held.declaration.file for held in self.held}
        for path in paths:
            if path not in known:
                self._trying(path, lambda path=path: self._take(path, importing=True))  # type: ignore[misc]

    def _take(self, path: str, *, importing: bool = False) -> None:
        data = self._data(path)
        terms = self._lookup.terms(path)
        is_worth = registry.may_contain_imports if importing else registry.may_contain_certificates
        if terms.excluded or not is_worth(path, data, self._kinds):
            return
        source = files.decode(path, registry.as_text(path, data))
        declarations = registry.read(source, terms.parameters, self._kinds, importing=importing)
        self.held += [
            ScopedDeclaration(declaration, self._scope(path)) for declaration in declarations
        ]

    def configuration(self) -> ModuleTree:
        """Return the modules of Terraform at this time."""
        return registry.configuration(self._load)

    def take_modules(
        self,
        configuration: ModuleTree,
        folders: Iterable[str],
        concerns: Callable[[str], bool] = bool,
    ) -> None:
        """Read modules of Terraform, and keep what concerns some files."""
        if self._kinds is not None and "terraform" not in self._kinds:
            return
        folders = [*folders]
        self.scopes.update(self._scope(os.path.join(folder, "")) for folder in folders)
        for root in configuration.roots(folders):
            self._trying(
                root or os.curdir,
                lambda root=root: self._take_module(configuration, root, concerns),  # type: ignore[misc]
            )
        for path, unreadable in configuration.unreadable.items():
            if concerns(path) and path.endswith(registry.MODULE_SUFFIXES):
                self.unreadable[path] = unreadable

    def _take_module(
        self, configuration: ModuleTree, root: str, concerns: Callable[[str], bool]
    ) -> None:
        terms = self._lookup.terms(os.path.join(root, "main.tf"))
        if terms.excluded:
            return
        scope = self._scope(os.path.join(root, ""))
        for declaration in configuration.declarations(root, terms.parameters):
            if any(map(concerns, declaration.files())):
                self.held.append(ScopedDeclaration(declaration, scope))
        self.moves[scope] = configuration.moves(root)

    def broken(self) -> set[str]:
        """Return the scopes of which nothing, or not all, could be read."""
        folders = (os.path.join(os.path.dirname(name), "") for name in self.unreadable)
        return {self._scope(path) for path in (*self.unreadable, *folders)}

    def _scope(self, path: str) -> str:
        return os.path.join(os.path.normpath(path), "").removeprefix(self._begin)[:-1]

    def _trying(self, path: str, read: Callable[[], None]) -> None:
        """Read something; what is wrong with it must not keep the others from being read."""
        from acmrules.workspace.errors import describe_crash

        try:
            read()
        except InputError as error:
            self.unreadable[error.name] = error.with_traceback(None)
        except SettingsError as error:
            self.unreadable |= {each.name: each for each in error.mistakes}
        except Exception as error:  # noqa: BLE001  (as `Run` does)
            self.defects.append(f"{path}: {describe_crash(error)}")


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders of those files that Terraform reads as modules."""
    return {os.path.dirname(path) for path in paths if path.endswith(registry.MODULE_SUFFIXES)}


def on_their_own(paths: Iterable[str]) -> list[str]:
    """Return those files that are read one by one, by the suffixes that are read in folders."""
    return [
        path
        for path in paths
        if path.endswith(registry.WALKED_SUFFIXES) and not path.endswith(registry.MODULE_SUFFIXES)
    ]


def below(paths: Collection[str]) -> Callable[[str], bool]:
    """Return what says whether a file is one of some, or lies below one of some folders."""
    whole = {os.path.abspath(path) for path in paths}
    begins = tuple(os.path.join(path, "") for path in whole)

    def is_below(file: str) -> bool:
        asked = os.path.abspath(file)
        return asked in whole or asked.startswith(begins)

    return is_below
