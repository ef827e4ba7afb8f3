"""A folder that is checked again after each edit of its files.

Its findings are those of `acmrules check .` in that folder, if the files had the texts that an
editor shows. Only what has changed is read and checked again.
"""

from __future__ import annotations

import os
import re

from acmrules.lint.findings import Report
from acmrules.model.batches import Batch, link
from acmrules.readers import registry
from acmrules.readers.registry import MODULE_SUFFIXES, WALKED_SUFFIXES, is_certificate_file
from acmrules.syntax.source import InputError
from acmrules.values import Value
from acmrules.workspace import settings_file
from acmrules.workspace.checked_files import CheckedFiles
from acmrules.workspace.checks import inputs_of
from acmrules.workspace.discover import Inputs, discover
from acmrules.workspace.open_files import KnownDisk, OpenTexts
from acmrules.workspace.other_texts import OnlyTexts
from acmrules.workspace.remembered import Findings, Modules, ParsedFiles, RememberingLoader
from acmrules.workspace.run import Stages
from acmrules.workspace.settings import OWN, PROJECT, SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from acmrules.lint.findings import Finding
    from acmrules.workspace.files import Files
    from acmrules.workspace.resolver import SettingsResolver

WHOLE, ALONE = "whole", "alone"
"""Whether the files next to the open ones are read."""

SETTINGS_FILES = (OWN, PROJECT)
"""The names of settings files."""

_LISTS = (".txt", ".names")
"""The suffixes of lists of names, which are read only if you name them."""

_is_like_name = re.compile(r"[\w*-]+(?:\.[\w*-]+)+\.?").fullmatch


class Check(Value):
    """The report of a check, the problems with files, and the files, for fixes.

    `bugs` are unexpected errors, each with the file.
    """

    report: Report
    unreadable: tuple[InputError, ...]
    bugs: tuple[InputError, ...]
    files: CheckedFiles


class OpenFolder:
    """The files of a folder, which is the current one during each check.

    `texts` of a check are those of the open files, by normalized path. A file that `acmrules check`
    reads only if you name it is checked while it is open. `paths` are the folder, or a single file
    in it. With the scope `ALONE`, no other file is read.

    Files on disk are read once, until `forget` is called.
    """

    def __init__(
        self,
        resolver_of: Callable[[date], SettingsResolver],
        paths: tuple[str, ...] = (os.curdir,),
        scope: str = WHOLE,
    ) -> None:
        self._resolver_of = resolver_of
        self._paths = paths
        self._scope = scope
        self._on_disk: _OnDisk | None = None

    def forget(self, path: str | None = None) -> None:
        """Read a file on disk again in the next check; without a path, find and read all of them.

        The path is normalized. Settings files are read again in any case.
        """
        if path is None:
            self._on_disk = None
        elif self._on_disk is not None:
            self._on_disk.forget(path, self._resolver_of(self._on_disk.today))

    def has_found(self, path: str) -> bool:
        """Return whether a normalized path is that of a file that was found on disk."""
        known = self._on_disk
        return known is not None and known.inputs is not None and path in known.inputs.order

    def check(
        self,
        texts: Mapping[str, str],
        today: date,
        step: Callable[..., None] | None = None,
    ) -> Check:
        """Return the check of all files; raises what `step` raises, which is called often."""
        known = self._on_disk
        if known is None or known.today != today:
            known = self._on_disk = _OnDisk(self._resolver_of(today), today)
        inputs = self._inputs(known, texts)
        files: Files = OpenTexts(known.disk, texts)
        if self._scope == ALONE:
            files = OnlyTexts({self._paths[0]: texts.get(self._paths[0], "")})
        resolver = known.resolver
        loader = RememberingLoader(
            resolver.settings_of, files, texts, known.parsed, known.modules, step
        )
        loader.is_alone = self._scope == ALONE
        stages = Stages(inputs, loader, today, step)
        with loader.troubles.guard(os.curdir):
            resolver.settings_of(os.curdir)

        def findings(again: Iterable[Batch]) -> Sequence[Finding]:
            return stages.report(stages.lint(again, settings_of)).findings

        settings_of = known.findings.settings_of(resolver.settings_of)
        batches = [*loader.batches(inputs)]
        linked = [*link(batches, loader.importing)]
        report = stages.report(stages.lint(linked, settings_of))
        known.findings.end()
        checked = CheckedFiles(loader, batches, linked, report.findings, findings)
        unreadable = _with_open_settings(loader.troubles.unreadable, texts)
        return Check(report, tuple(unreadable), loader.troubles.bugs, checked)

    def _inputs(self, known: _OnDisk, texts: Mapping[str, str]) -> Inputs:
        """Return the files of a check; only those that a user has to name count as named."""
        if self._scope == ALONE:
            return inputs_of(self._paths).__replace__(named=frozenset())
        if known.inputs is None:
            found = discover(self._paths)
            named = found.named if self._paths == (os.curdir,) else frozenset[str]()
            known.inputs = found.__replace__(named=named)
        inputs = with_open(known.inputs, texts)
        files = (each for each in inputs.files if each in texts or not known.is_silent(each))
        return inputs.__replace__(files=tuple(files))


class _OnDisk:
    """What the last check read of the files on disk, until they change."""

    def __init__(self, resolver: SettingsResolver, today: date) -> None:
        self.resolver = resolver
        self.today = today
        self.disk = KnownDisk()
        self.inputs: Inputs | None = None
        self.parsed = ParsedFiles()
        self.modules = Modules()
        self.findings = Findings()
        self._silent: dict[str | InputError, bool] = {}

    def forget(self, path: str, resolver: SettingsResolver) -> None:
        """Read a file again, and the settings."""
        self.resolver = resolver
        self.disk.forget(path)
        self.modules.touch(path)
        self._silent.pop(path, None)

    def is_silent(self, path: str | InputError) -> bool:
        """Return whether the file on disk declares nothing, and uses nothing of other files."""
        if path not in self._silent:
            self._silent[path] = isinstance(path, str) and self._says_nothing(path)
        return self._silent[path]

    def _says_nothing(self, path: str) -> bool:
        if is_certificate_file(path):
            return False
        try:
            data = self.disk.read(path)
        except InputError:
            return False
        is_silent = not (
            registry.may_contain_certificates(path, data)
            or registry.may_contain_imports(path, data)
            or registry.may_contain_nested_stacks(data)
        )
        if is_silent:
            self.disk.forget(path)
        return is_silent


def _with_open_settings(
    unreadable: Iterable[InputError], texts: Mapping[str, str]
) -> Iterator[InputError]:
    """Yield errors; those of an open settings file are those of its text.

    The settings in that text apply when it is saved.
    """
    texts = {path: text for path, text in texts.items() if os.path.basename(path) in SETTINGS_FILES}
    yield from (each for each in unreadable if os.path.normpath(each.name) not in texts)
    for path, text in texts.items():
        folder, name = os.path.split(os.path.abspath(path))
        try:
            settings_file.read(path, text, folder, is_own=name == OWN)
        except InputError as error:
            yield error
        except SettingsError as error:
            yield from error.mistakes


def with_open(inputs: Inputs, texts: Mapping[str, str]) -> Inputs:
    """Return inputs with the open files that a walk does not find: new ones, and named ones."""
    found = [*inputs.files]
    modules = {**inputs.modules}
    named, order = {*inputs.named}, {**inputs.order}
    for path, text in texts.items():
        is_named = _is_named(path, text)
        if is_named:
            named.add(path)
        is_new = path.endswith(WALKED_SUFFIXES) and not os.path.lexists(path)
        if path in order or not (is_new or is_named):
            continue
        order[path] = len(order)
        if path.endswith(MODULE_SUFFIXES):
            folder = os.path.dirname(path)
            modules[folder] = modules.get(folder, frozenset()) | {path}
        else:
            found.append(path)
    return Inputs(tuple(found), frozenset(named), modules, order)


def _is_named(path: str, text: str) -> bool:
    """Return whether an open file is checked as if a user had named it."""
    if path.endswith(_LISTS):
        lines = [line.partition("#")[0].strip() for line in text.splitlines()]
        return any(lines) and all(map(_is_like_name, filter(None, lines)))
    return is_certificate_file(path)
