"""Reads inputs as declarations, batch by batch: files one by one, Terraform by root module."""

from __future__ import annotations

import os

from acmrules.model.batches import Batch, link
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.syntax.source import InputError, Source
from acmrules.workspace import files
from acmrules.workspace.discover import Inputs, folders_of
from acmrules.workspace.errors import Troubles
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from typing import Protocol

    from acmrules.model.declaration import Declaration
    from acmrules.readers.terraform.reader import Load, ModuleTree
    from acmrules.workspace.file_settings import FileSettings

    class Files(Protocol):
        """Files at one time, such as those on disk or those of a Git revision."""

        def read(self, path: str) -> bytes:
            """Return the bytes of a file; raises `InputError`."""

        def module(self, folder: str) -> Iterable[Source | InputError]:
            """Yield the files of a folder that Terraform itself loads, sorted by name."""


_MARKER = "acmrules"
"""The word that every file with a suppression contains."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""The first bytes of UTF-16 files, which are not binary but have no certificates."""


class Disk:
    """The files on disk; those of a module are read once."""

    def __init__(self) -> None:
        self._modules: dict[str, tuple[Source | InputError, ...]] = {}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        return files.read_bytes(path)

    def module(self, folder: str) -> tuple[Source | InputError, ...]:
        """Return the files of a folder that Terraform itself loads, sorted by name."""
        if folder not in self._modules:
            self._modules[folder] = tuple(files.module(folder))
        return self._modules[folder]


class Overlay:
    """Files, with new texts for some of them, by name."""

    def __init__(self, below: Files, texts: Mapping[str, str]) -> None:
        self._below = below
        self._texts = texts

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, or of its new text; raises `InputError`."""
        text = self._texts.get(path)
        return self._below.read(path) if text is None else text.encode()

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the files of a folder that Terraform itself loads, sorted by name."""
        for found in self._below.module(folder):
            text = self._texts.get(found.name)
            yield found if text is None else Source(found.name, text)


class Loader:
    """Reads files as declarations, each by its own settings.

    What cannot be read is added to `troubles`. `excluded` are the normalized paths of files that
    the settings leave out. With `kinds`, only the readers of these names are used.
    """

    def __init__(
        self,
        settings_of: Callable[[str], FileSettings],
        files: Files,
        troubles: Troubles,
        kinds: Container[str] | None = None,
        scope: ReadScope = ReadScope.CERTIFICATES,
        step: Callable[[str], None] | None = None,
    ) -> None:
        self.settings_of = settings_of
        self.troubles = troubles
        self.excluded: set[str] = set()
        self._files = files
        self._kinds = kinds
        self._scope = scope
        self._step = step
        self._importers: dict[str, bytes] = {}

    def batches(self, inputs: Inputs) -> Iterator[Batch]:
        """Yield the declarations of inputs: files in their order, then modules."""
        for path in inputs.files:
            if isinstance(path, InputError):
                self._refuse(path)
                continue
            if self._step is not None:
                self._step(path)
            batch = self.file(path, named=path in inputs.named)
            if batch is not None:
                yield batch
        if inputs.modules:
            yield from self._modules(inputs.modules)

    def reloaded(
        self,
        batches: Iterable[Batch],
        texts: Mapping[str, str],
        troubles: Troubles | None = None,
    ) -> Iterator[Batch]:
        """Yield batches, linked, with other texts for some files.

        Only the files and root modules that these texts concern are read again. `batches` are not
        linked yet. What cannot be read is added to `troubles`, if given, instead of those of this
        loader.
        """
        files = Overlay(self._files, texts)
        own = self.troubles if troubles is None else troubles
        over = Loader(self.settings_of, files, own, self._kinds, self._scope)
        over._importers = {
            path: texts[path].encode() if path in texts else data
            for path, data in self._importers.items()
        }
        return link(over._again(batches, texts), over.importing)

    def _again(self, batches: Iterable[Batch], texts: Mapping[str, str]) -> Iterator[Batch]:
        """Yield batches; those that the new texts concern are read again."""
        batches = [*batches]
        folders = folders_of(texts)
        tree = self.module_tree() if folders else None
        roots = [batch.name for batch in batches if batch.reported is not None]
        concerned = tree.concerned(roots, folders) if tree else []
        for batch in batches:
            again: Batch | None = batch
            if batch.reported is None:
                again = self.file(batch.name) if batch.name in texts else batch
            elif tree and not batch.declarations:
                again = _annotated(batch.reported, (source for source, _ in batch.annotated), texts)
            elif tree and batch.name in concerned:
                again = self._root(tree, batch.name, batch.reported)
            if again is not None:
                yield again

    # Files

    def file(self, path: str, *, named: bool = False) -> Batch | None:
        """Return what a file declares; `None` if that is nothing, or if it cannot be read."""
        with self.troubles.guard(path):
            try:
                return self._file(path, named=named)
            except InputError as error:
                self._refuse(error)
        return None

    def importer(self, path: str) -> Batch | None:
        """Return what a file declares if it may use the certificate of another file."""
        with self.troubles.guard(path):
            known = self._importers.get(path)
            data = self._files.read(path) if known is None else known
            if registry.may_contain_imports(path, data, self._kinds):
                return self._read(path, data, importing=True)
        return None

    def importing(self) -> Iterator[Batch]:
        """Yield what the files declare that have no certificate, and may use that of another.

        Nothing is reported if such a file cannot be read, because it is checked only with others.
        """
        for path, data in self._importers.items():
            batch = None
            with self.troubles.guard(path):
                try:
                    batch = self._read(path, data, importing=True)
                except (InputError, SettingsError):
                    continue
            if batch is not None:
                yield batch

    def _file(self, path: str, *, named: bool) -> Batch | None:
        data = self._files.read(path)
        if registry.may_contain_certificates(path, data, self._kinds, self._scope):
            return self._read(path, data)
        if named and b"\0" in data and not data.startswith(_UTF_16):
            raise InputError(path, "is binary")
        self._remember_importer(path, data)
        return None

    def _read(self, path: str, data: bytes, *, importing: bool = False) -> Batch | None:
        """Return what the bytes of a file declare, unless the settings leave the file out."""
        settings = self.settings_of(path)
        if settings.excluded:
            if not importing:
                self.excluded.add(os.path.normpath(path))
            return None
        source = files.decode(path, registry.as_text(path, data))
        declarations = registry.read(
            source, self._parameters(settings), self._kinds, importing=importing
        )
        if declarations:
            annotated = ((source, declarations[0].tool),) if _MARKER in source.text else ()
            return Batch(path, declarations, frozenset((path,)), None, annotated)
        if not importing:
            self._remember_importer(path, data)
        return None

    def _remember_importer(self, path: str, data: bytes) -> None:
        if self._scope is ReadScope.CERTIFICATES and registry.may_contain_imports(
            path, data, self._kinds
        ):
            self._importers[path] = data

    def _parameters(self, settings: FileSettings) -> Parameters:
        if self._scope is ReadScope.CERTIFICATES:
            return settings.parameters
        return settings.parameters.__replace__(scope=self._scope)

    def _refuse(self, error: InputError) -> None:
        """Report a file that cannot be read, unless the settings leave it out."""
        if not self._is_excluded(error.name):
            self.troubles.refuse(error)

    def _is_excluded(self, path: str) -> bool:
        """Return whether settings leave a file out, and count it; wrong ones leave nothing out."""
        try:
            excluded = self.settings_of(path).excluded
        except SettingsError:
            return False
        if excluded:
            self.excluded.add(os.path.normpath(path))
        return excluded

    # Modules

    def reads(self, kind: str) -> bool:
        """Return whether the reader of a name is used."""
        return self._kinds is None or kind in self._kinds

    def module_tree(self, load: Load | None = None) -> ModuleTree:
        """Return the Terraform modules of the files."""
        parameters = Parameters({}, scope=self._scope)
        return registry.configuration(load or self._files.module, parameters)

    def module(self, tree: ModuleTree, root: str) -> tuple[Declaration, ...]:
        """Return what a root module declares, and the modules that it calls."""
        with self.troubles.guard(root):
            settings = self.settings_of(os.path.join(root, "main.tf"))
            return tree.declarations(root, self._parameters(settings))
        return ()

    def _modules(self, modules: Mapping[str, frozenset[str]]) -> Iterator[Batch]:
        """Yield the root modules of folders; a module that another one calls is read with it."""
        kept = {
            folder: names
            for folder, paths in modules.items()
            if (names := {path for path in paths if not self._is_excluded(path)})
        }
        reported = frozenset(name for names in kept.values() for name in names)
        sources: list[Source] = []
        tree = self.module_tree(lambda folder: self._with_annotated(folder, sources))
        for root in tree.roots(kept):
            batch = self._root(tree, root, reported)
            if batch is not None:
                yield batch
        for path in sorted(reported & tree.unreadable.keys()):
            self.troubles.refuse(tree.unreadable[path])
        if sources:
            yield _annotated(reported, sources, {})

    def _with_annotated(
        self, folder: str, annotated: list[Source]
    ) -> Iterator[Source | InputError]:
        """Yield the files of a module, and add those that may contain suppressions to a list."""
        for found in self._files.module(folder):
            if self._step is not None:
                self._step(found.name)
            if isinstance(found, Source) and _MARKER in found.text:
                annotated.append(found)
            yield found

    def _root(self, tree: ModuleTree, root: str, reported: frozenset[str]) -> Batch | None:
        """Return what concerns some files among the declarations below a root module, if any."""
        declarations = _concerned(self.module(tree, root), reported)
        if not declarations:
            return None
        own = frozenset(each.file for each in declarations if each.file in reported)
        return Batch(root, declarations, own, reported)


def _concerned(
    declarations: tuple[Declaration, ...], reported: frozenset[str]
) -> tuple[Declaration, ...]:
    """Return those declarations that are in some files, at least in part.

    If no declaration is in one of the files, that file may define values of any of them.
    """
    found = [(declaration, {*declaration.files()}) for declaration in declarations]
    if reported <= set[str]().union(*(names for _, names in found)):
        return tuple(declaration for declaration, names in found if names & reported)
    return declarations


def _annotated(
    reported: frozenset[str], sources: Iterable[Source], texts: Mapping[str, str]
) -> Batch:
    """Return the sources of modules that may contain suppressions, as a batch of their own."""
    pairs = (
        (Source(each.name, texts[each.name]) if each.name in texts else each, None)
        for each in sources
    )
    return Batch("", (), frozenset(), reported, tuple(pairs))
