"""What a check reuses from the previous one: parsed files, modules, and findings."""

from __future__ import annotations

import os

from acmrules.lint.pipeline import FixedSettings
from acmrules.syntax.hcl import parse
from acmrules.syntax.source import InputError
from acmrules.values import Value
from acmrules.workspace import files
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Loader
from acmrules.workspace.open_files import Tracked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from typing import Any

    from acmrules.lint.findings import Finding, Skip
    from acmrules.lint.linter import Linter
    from acmrules.model.batches import Batch
    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.readers.options import Parameters
    from acmrules.readers.terraform.lookups import LookUp
    from acmrules.readers.terraform.reader import Load, ModuleTree
    from acmrules.syntax.hcl.ast import File
    from acmrules.syntax.source import Source
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.workspace.files import Files

    Parsed = tuple[tuple[Declaration, ...], tuple[NotChecked, ...]]
    Checked = tuple[list[Finding], list[Skip]]


class ParsedFiles:
    """The declarations of files, each with the text and the parameters that they come from."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], tuple[str, Parameters, Parsed]] = {}

    def of(
        self,
        source: Source,
        parameters: Parameters,
        read: Callable[..., Parsed],
        *,
        importing: bool,
    ) -> Parsed:
        """Return what `read` returns, which is called if anything has changed."""
        key = source.name, importing
        known = self._known.get(key)
        if known is None or known[1] != parameters or known[0] != source.text:
            found = read(source, parameters, importing=importing)
            known = self._known[key] = source.text, parameters, found
        return known[2]


class RootResult(Value):
    """What a root module declares, the problems with it, and the errors of its files."""

    batch: Batch | None
    troubles: Troubles
    errors: Mapping[str, InputError]


class Modules:
    """The batches of all Terraform modules, and what was read for them.

    They are valid until a file that one of them has read, or a file of a module, changes. `roots`
    are the results of root modules. `reported` are the files whose findings are reported, and
    `look_ups` those of all root modules.
    """

    def __init__(self) -> None:
        self.roots: dict[str, RootResult] = {}
        self.reported: frozenset[str] = frozenset()
        self.look_ups: tuple[LookUp, ...] = ()
        self.imported: frozenset[str] | None = None
        self._batches: list[Batch] | None = None
        self._troubles = Troubles()
        self._excluded: frozenset[str] = frozenset()
        self._texts: Mapping[str, str] = {}
        self._read: set[str] = set()
        self._touched: set[str] = set()
        self._parsed: dict[str, tuple[Source, File | InputError]] = {}

    def touch(self, path: str) -> None:
        """Note that a file has changed on disk."""
        self._touched.add(path)

    def changed(self, texts: Mapping[str, str]) -> set[str]:
        """Return the files that the batches depend on and whose texts have changed."""
        opened = texts.keys() | self._texts.keys()
        others = {path for path in opened if texts.get(path) != self._texts.get(path)}
        return {
            path
            for path in others | self._touched
            if path in self._read or files.is_of_module(os.path.basename(path))
        }

    def are_current(self, texts: Mapping[str, str]) -> bool:
        """Return whether the batches are those for some texts of open files."""
        return self._batches is not None and not self.changed(texts)

    def outdated(self, texts: Mapping[str, str]) -> set[str] | None:
        """Return the folders whose files have changed; `None` if everything is outdated."""
        changed = self.changed(texts)
        if self._batches is None or changed & self._read:
            return None
        return {os.path.dirname(path) for path in changed}

    def parse(self, source: Source) -> File:
        """Return a parsed file; raises `InputError`, the same one for the same text."""
        known = self._parsed.get(source.name)
        if known is None or known[0] is not source:
            try:
                found: File | InputError = parse.parse(source)
            except InputError as error:
                found = error.with_traceback(None)
            known = self._parsed[source.name] = source, found
        if isinstance(known[1], InputError):
            raise known[1]
        return known[1]

    def keep(
        self,
        batches: list[Batch],
        troubles: Troubles,
        excluded: frozenset[str],
        texts: Mapping[str, str],
        read: set[str],
    ) -> None:
        """Keep the batches of modules, and their problems."""
        self._batches, self._troubles, self._excluded = batches, troubles, excluded
        self._texts, self._read = texts, read
        self._touched.clear()
        self.imported = None

    def batches(self, troubles: Troubles, excluded: set[str]) -> list[Batch]:
        """Return the batches, and add their problems and excluded files to those of a run."""
        troubles.add(self._troubles)
        excluded |= self._excluded
        return self._batches or []

    @property
    def read(self) -> set[str]:
        """The files that were read for the batches, other than those of modules."""
        return self._read


class RememberingLoader(Loader):
    """A loader that reads only what has changed since the last run.

    `parsed` and `modules` are what is known from earlier runs. `texts` are those of open files.
    """

    def __init__(
        self,
        settings_of: Callable[[str], FileSettings],
        files: Files,
        texts: Mapping[str, str],
        parsed: ParsedFiles,
        modules: Modules,
        step: Callable[..., None] | None = None,
    ) -> None:
        self._tracked = Tracked(files)
        super().__init__(settings_of, self._tracked, Troubles(), step=step, is_hook=True)
        self._parsed, self._module_memory, self._open = parsed, modules, texts
        self._concerned: Container[str] | None = None
        self._look_ups: tuple[LookUp, ...] = ()
        self._reported = frozenset[str]()
        self._results: dict[str, RootResult] = {}

    def parsed(
        self, source: Source, parameters: Parameters, *, importing: bool
    ) -> tuple[tuple[Declaration, ...], tuple[NotChecked, ...]]:
        """Return what a source declares, and what is not checked in it; raises `InputError`."""
        return self._parsed.of(source, parameters, super().parsed, importing=importing)

    def module_tree(self, load: Load | None = None) -> ModuleTree:
        """Return the Terraform modules of the files, which are parsed once."""
        tree = super().module_tree(load)
        tree.parse = self._module_memory.parse
        return tree

    def of_modules(self, modules: Mapping[str, frozenset[str]]) -> Iterator[Batch]:
        """Yield the root modules of folders; a module that another one calls is read with it."""
        memory = self._module_memory
        if not memory.are_current(self._open):
            whole, self.troubles = self.troubles, Troubles()
            before = {*self.excluded}
            self._tracked.read_paths.clear()
            self._results, self._concerned = {}, None
            try:
                batches = [*super().of_modules(modules)]
                read = {*self._tracked.read_paths}
                if memory.outdated(self._open) is not None:
                    read |= memory.read  # Not every root module was read again.
                excluded = frozenset(self.excluded - before)
                memory.roots = self._results
                memory.reported, memory.look_ups = self._reported, self._look_ups
                memory.keep(batches, self.troubles, excluded, {**self._open}, read)
            finally:
                self.troubles = whole
        yield from memory.batches(self.troubles, self.excluded)

    def root(self, tree: ModuleTree, root: str, reported: frozenset[str]) -> Batch | None:
        """Return what concerns some files among the declarations below a root module, if any."""
        memory = self._module_memory
        if self._concerned is None:
            self._concerned = self._concerned_roots(tree, reported)
            self._reported, self._look_ups = reported, tree.look_ups()
        known = memory.roots.get(root)
        if known is None or root in self._concerned:
            known = self._read_root(tree, root, reported)
        self._results[root] = known
        self.troubles.add(known.troubles)
        for name, error in known.errors.items():
            tree.unreadable.setdefault(name, error)
        return known.batch

    def _concerned_roots(self, tree: ModuleTree, reported: frozenset[str]) -> Container[str]:
        """Return the root modules that have to be read again."""
        memory = self._module_memory
        outdated = memory.outdated(self._open)
        if outdated is None or reported != memory.reported or tree.look_ups() != memory.look_ups:
            return memory.roots
        return {*tree.concerned(memory.roots, outdated)}

    def _read_root(self, tree: ModuleTree, root: str, reported: frozenset[str]) -> RootResult:
        """Return the result of a root module."""
        whole, self.troubles = self.troubles, Troubles()
        before = {*tree.unreadable}
        try:
            batch = super().root(tree, root, reported)
            errors = {name: error for name, error in tree.unreadable.items() if name not in before}
            return RootResult(batch, self.troubles, errors)
        finally:
            self.troubles = whole

    def imported_by(self, modules: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the normalized paths of the certificate files that modules may import."""
        memory = self._module_memory
        if not memory.are_current(self._open):
            return super().imported_by(modules)
        if memory.imported is None:
            memory.imported = super().imported_by(modules)
        return memory.imported


class Findings:
    """The findings of declarations, each checked once by each linter."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Linter, Declaration, Checked]] = {}
        self._used: dict[tuple[int, int], tuple[Linter, Declaration, Checked]] = {}
        self._linters: dict[int, RememberingLinter] = {}

    def settings_of(
        self, settings_of: Callable[[str], FileSettings]
    ) -> Callable[[str], FixedSettings]:
        """Return the settings of a file, with a linter that checks each declaration once."""

        def remembering(path: str) -> FixedSettings:
            own = settings_of(path)
            linter = self._linters.setdefault(id(own.linter), RememberingLinter(own.linter, self))
            return FixedSettings(linter, own.fail_on, own.baseline)  # type: ignore[arg-type]

        return remembering

    def of(self, linter: Linter, declaration: Declaration) -> Checked:
        """Return what a linter finds in a declaration."""
        key = id(linter), id(declaration)
        known = self._used.get(key) or self._known.get(key)
        if known is None:
            known = linter, declaration, linter.check(declaration)
        self._used[key] = known
        found, skips = known[2]
        return [*found], [*skips]

    def end(self) -> None:
        """Forget what the last run did not need."""
        self._known, self._used = self._used, {}


class RememberingLinter:
    """A linter that checks each declaration once."""

    def __init__(self, linter: Linter, findings: Findings) -> None:
        self._linter = linter
        self._findings = findings

    def check(self, declaration: Declaration) -> Checked:
        """Return the findings and skips of a declaration."""
        return self._findings.of(self._linter, declaration)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._linter, name)
