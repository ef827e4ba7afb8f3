"""Finds the environments of root modules: variable files and Terragrunt configurations.

Nothing is searched unless a check of the root waits for one of its variables.
"""

from __future__ import annotations

import os

from acmrules.messages import counted, quoted_list
from acmrules.model.not_checked import PARAMETER, NotChecked, whole_file
from acmrules.readers.terraform.environments import Environment, names_in
from acmrules.syntax.source import InputError, Source
from acmrules.workspace import files as disk
from acmrules.workspace.listing import DiskFolders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.readers.terraform.terragrunt import Unit
    from acmrules.workspace.checkouts import Checkouts
    from acmrules.workspace.files import Entry
    from acmrules.workspace.listing import Folders

    Read = Callable[[str], bytes]
    """Returns the bytes of a file; raises `InputError`."""

    Entries = tuple[list[str], list[str]]
    """The names of the variable files in a folder, and of the folders that may contain some."""

_SUFFIXES = (".tfvars", ".tfvars.json")
_OF_MODULES = (".tf", ".tf.json")
_LOADED = ("terraform.tfvars", "terraform.tfvars.json")
_AUTO = (".auto.tfvars", ".auto.tfvars.json")

# The names that public repositories use.
_FOLDERS = (
    *("account", "conf", "deploy", "env", "inventor", "param", "region", "setting", "stage"),
    *("tfvar", "var", "workspace"),
)
"""How the names of folders begin that contain the variable files of environments."""

_STAGES = (
    *("dev", "int", "live", "nonprod", "perf", "pre", "prd", "prod", "qa", "sandbox", "stag"),
    *("stg", "test", "uat"),
)
"""How the names of environments begin."""

_COMMON = frozenset(
    ("all", "base", "common", "default", "defaults", "global", "globals", "shared", "variables")
)
"""The names of variable files that go with those of each environment."""

_EXAMPLES = ("example", "sample", "template", "dummy", "fixture", "tests", "testdata")
"""Words in the names of files and folders whose values are not deployed."""

_MOST_FOLDERS = 100
_MOST_UNITS = 2_000


class Environments:
    """The environments of root modules in a run; `tops` are the folders that it walks.

    `checkouts` limit which files the configurations of Terragrunt may include. The files are
    searched in `folders`, by default those on disk. `unreadable` are the errors of the last search.

    In a run of single files, such as a hook, units of Terragrunt are not searched, because that
    means to walk all folders.
    """

    def __init__(
        self, tops: Iterable[str], checkouts: Checkouts, folders: Folders | None = None
    ) -> None:
        self._tops = [*tops]
        self._checkouts = checkouts
        self._folders = folders or DiskFolders()
        self.unreadable: list[InputError] = []
        self._paths: list[str] | None = None
        self._read_units: set[str] = set()
        self._units: dict[str, list[tuple[str, Unit]]] = {}
        self._entries: dict[str, Entries] = {}
        self._read_with: Read | None = None

    def of(self, root: str, read: Read) -> Iterator[Environment]:
        """Yield what may be environments of a root module, in the order of their labels.

        If there are none in its folder, those in the folder above are searched, unless the run
        does not include it.
        """
        if read != self._read_with:
            self._read_units, self._units, self._entries = set(), {}, {}
            self._read_with = read
        search = _Search(root, read, self._folders, self._entries_of)
        self.unreadable = search.unreadable
        found = [*search.environments()]
        above = os.path.normpath(os.path.join(root, os.pardir))
        if not found and self._includes(above):
            found = [*search.environments("" if above == os.curdir else above)]
        found += self._terragrunt(root, read)
        yield from sorted(found, key=lambda each: each.label)

    def _entries_of(self, folder: str) -> Entries:
        """Return what is relevant in a folder, which many root modules may be in."""
        if folder not in self._entries:
            self._entries[folder] = self._folders.entries(folder, _may_have_environments)
        return self._entries[folder]

    def _includes(self, folder: str) -> bool:
        whole = os.path.abspath(folder)
        tops = [os.path.abspath(top) for top in self._tops or ["."]]
        return any(whole == top or whole.startswith(top.rstrip(os.sep) + os.sep) for top in tops)

    def _terragrunt(self, root: str, read: Read) -> Iterator[Environment]:
        from acmrules.readers.terraform.terragrunt import NAME

        own = os.path.normpath(os.path.join(root, NAME))
        for path in (own, *self._unit_paths()) if not self._read_units else (own,):
            self._read_unit(path, read)
        for path, found in self._units.get(root or ".", ()):
            yield Environment(_shown(path, root), (), found.inputs, found.paths)

    def _read_unit(self, path: str, read: Read) -> None:
        """Read a configuration, and add its unit to those of its module."""
        from acmrules.readers.terraform.terragrunt import unit

        def source(path: str) -> Source | None:
            if not self._folders.is_file(path) or not self._checkouts.includes(path):
                return None
            try:
                return disk.decode(path, read(path))
            except InputError:
                return None

        if path not in self._read_units:
            self._read_units.add(path)
            if found := unit(path, source):
                module = os.path.normpath(found.module or ".")
                self._units.setdefault(module, []).append((path, found))

    def _unit_paths(self) -> list[str]:
        """Return the configurations of Terragrunt in the run, searched once."""
        if self._paths is None:
            from acmrules.readers.terraform.terragrunt import NAME

            self._paths = []
            for top in self._tops:
                for found in self._folders.walk(top, NAME):
                    self._paths.append(found)
                    if len(self._paths) == _MOST_UNITS:
                        return self._paths
        return self._paths


def _shown(path: str, root: str) -> str:
    """Return a path relative to a root module if it is inside."""
    inside = os.path.normpath(path)
    return inside.removeprefix(root + os.sep) if root else inside


def not_read(root: str, fitting: Iterable[Environment]) -> Iterator[NotChecked]:
    """Yield what was not checked in a root module because it has environments."""
    found = [*fitting]
    if found:
        count = counted(len(found), "environment")
        options = " ".join(f"--var-file {source.name}" for source in found[0].files)
        labels = quoted_list([each.label for each in found])
        yield NotChecked(
            whole_file(os.path.join(root, "main.tf")),
            PARAMETER,
            f"the values of {count} ({labels})",
            "are not read",
            f"pass those of one, such as `{options or '--param NAME=VALUE'}`",
        )


class _Search:
    """The search for the variable files of a root module; `unreadable` are its errors.

    `entries_of` returns what is relevant in the folder where a search begins.
    """

    def __init__(
        self, root: str, read: Read, folders: Folders, entries_of: Callable[[str], Entries]
    ) -> None:
        self.root = root
        self.read = read
        self.unreadable: list[InputError] = []
        self._folders = folders
        self._entries_of = entries_of

    def environments(self, above: str | None = None) -> Iterator[Environment]:
        """Yield the environments whose variable files are in a folder, and in folders below it."""
        top = self.root if above is None else above
        own, folders = self._entries_of(top)
        whole = _Folder(top, own, self, is_top=True)
        if above is None:
            yield from whole.environments(())
        common = whole.common if above is None else ()
        for name in folders[:_MOST_FOLDERS]:
            folder = os.path.join(top, name)
            inside, below = self._folders.entries(folder, _is_part)
            found = _Folder(folder, inside, self)
            if found.is_module:
                continue
            if not name.lower().startswith(_FOLDERS):
                yield from found.together(common)
                continue
            yield from found.environments(common)
            for inner in below[:_MOST_FOLDERS]:
                names, _ = self._folders.entries(os.path.join(folder, inner), _is_part)
                one = _Folder(os.path.join(folder, inner), names, self)
                if not one.is_module:
                    yield from one.together((*common, *found.common))


def _may_have_environments(entry: Entry) -> bool:
    """Return whether an entry is a variable file, or a folder named like those of environments."""
    if entry.name.endswith(_SUFFIXES):
        return True
    begins = entry.name.lower().startswith((*_FOLDERS, *_STAGES))
    return begins and not _is_example(entry.name) and entry.is_dir(follow_symlinks=False)


def _is_part(entry: Entry) -> bool:
    """Return whether an entry is a folder, or a file of a module or with its variables."""
    return entry.name.endswith((*_SUFFIXES, *_OF_MODULES)) or entry.is_dir(follow_symlinks=False)


class _Folder:
    """The variable files of a folder."""

    def __init__(
        self, folder: str, names: list[str], search: _Search, *, is_top: bool = False
    ) -> None:
        self._root = search.root
        self._folder = folder
        self.is_module = any(name.endswith(_OF_MODULES) for name in names)
        loaded = _LOADED if is_top else ()
        chosen = [
            name
            for name in names
            if name.endswith(_SUFFIXES)
            and not (is_top and (name in loaded or name.endswith(_AUTO)))
            and not _is_example(name)
        ]
        self._sources: list[Source] = []
        for name in chosen[:_MOST_FOLDERS] if is_top or not self.is_module else ():
            path = os.path.join(folder, name)
            try:
                self._sources.append(disk.decode(path, search.read(path)))
            except InputError as error:
                search.unreadable.append(error.with_traceback(None))
        common = [each for each in self._sources if _stem(each.name) in _COMMON]
        if len(common) == len(self._sources):
            common = []  # There is nothing that they could go with.
        self.common = tuple(common)

    def environments(self, common: tuple[Source, ...]) -> Iterator[Environment]:
        """Yield each file as an environment, on top of common ones."""
        below = (*common, *self.common)
        for each in self._sources:
            if each not in self.common:
                yield self._environment(each.name, (*below, each))

    def together(self, common: tuple[Source, ...]) -> Iterator[Environment]:
        """Yield all files as one environment, or each as one if two set the same variable."""
        if len(self._sources) > 1 and _are_disjoint(self._sources):
            yield self._environment(self._folder, (*common, *self._sources))
        else:
            yield from self.environments(common)

    def _environment(self, path: str, sources: tuple[Source, ...]) -> Environment:
        paths = tuple(source.name for source in sources)
        return Environment(_shown(path, self._root), sources, {}, paths)


def _is_example(name: str) -> bool:
    return any(word in name.lower() for word in _EXAMPLES)


def _stem(path: str) -> str:
    name = os.path.basename(path).removesuffix(".json").removesuffix(".tfvars")
    return name.lower()


def _are_disjoint(sources: list[Source]) -> bool:
    seen: set[str] = set()
    for source in sources:
        try:
            names = names_in(source)
        except InputError:
            return False
        if names & seen:
            return False
        seen |= names
    return True
