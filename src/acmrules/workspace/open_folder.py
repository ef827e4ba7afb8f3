"""A folder whose files are checked again and again while some of them are edited.

Its findings are those of `acmrules check .` in that folder, if the files had the texts that an
editor shows.
"""

from __future__ import annotations

import os
import re

from acmrules.lint.findings import Report
from acmrules.model.batches import Batch, link
from acmrules.readers.registry import MODULE_SUFFIXES, WALKED_SUFFIXES, is_certificate_file
from acmrules.values import Value
from acmrules.workspace.checked_files import CheckedFiles
from acmrules.workspace.discover import Inputs, discover, inputs_alone
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Loader
from acmrules.workspace.other_texts import OneText, OpenTexts
from acmrules.workspace.run import Stages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from acmrules.lint.findings import Finding
    from acmrules.syntax.source import InputError
    from acmrules.workspace.files import Files
    from acmrules.workspace.resolver import SettingsResolver

WHOLE, ALONE = "whole", "alone"
"""Whether the files next to the open ones are read."""

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
    """

    def __init__(
        self,
        resolver_of: Callable[[], SettingsResolver],
        paths: tuple[str, ...] = (os.curdir,),
        scope: str = WHOLE,
    ) -> None:
        self._resolver_of = resolver_of
        self._paths = paths
        self._scope = scope

    def forget(self) -> None:
        """Read the files on disk again in the next check."""

    def check(
        self,
        texts: Mapping[str, str],
        today: date,
        step: Callable[..., None] | None = None,
    ) -> Check:
        """Return the check of all files; raises what `step` raises, which is called often."""
        resolver = self._resolver_of()
        inputs = self._inputs(texts)
        files: Files = OpenTexts(texts)
        if self._scope == ALONE:
            files = OneText(self._paths[0], texts.get(self._paths[0], ""))
        loader = Loader(resolver.settings_of, files, Troubles(), step=step, is_hook=True)
        loader.is_alone = self._scope == ALONE
        stages = Stages(inputs, loader, today, step)
        with loader.troubles.guard(os.curdir):
            resolver.settings_of(os.curdir)
        batches = [*loader.batches(inputs)]

        def findings(again: Iterable[Batch]) -> Sequence[Finding]:
            return stages.report(stages.lint(again)).findings

        linked = [*link(batches, loader.importing)]
        report = stages.report(stages.lint(linked))
        known = CheckedFiles(loader, batches, linked, report.findings, findings)
        troubles = loader.troubles
        return Check(report, troubles.unreadable, troubles.bugs, known)

    def _inputs(self, texts: Mapping[str, str]) -> Inputs:
        """Return the files of a check; only those that a user has to name count as named."""
        if self._scope == ALONE:
            return inputs_alone(self._paths[0], None).__replace__(named=frozenset())
        found = discover(self._paths)
        named = found.named if self._paths == (os.curdir,) else frozenset[str]()
        return with_open(found.__replace__(named=named), texts)


def with_open(inputs: Inputs, texts: Mapping[str, str]) -> Inputs:
    """Return inputs with the open files that a walk does not find: new ones, and named ones."""
    found = [*inputs.files]
    modules = {folder: {*paths} for folder, paths in inputs.modules.items()}
    named = {*inputs.named}
    order = dict(inputs.order)
    for path, text in texts.items():
        is_named = _is_named(path, text)
        if path in order and not is_named:
            continue
        is_new = path.endswith(WALKED_SUFFIXES) and not os.path.lexists(path)
        if not (is_new or is_named):
            continue
        if is_named:
            named.add(path)
        if path in order:
            continue
        order[path] = len(order)
        if path.endswith(MODULE_SUFFIXES):
            modules.setdefault(os.path.dirname(path), set()).add(path)
        else:
            found.append(path)
    whole = {folder: frozenset(paths) for folder, paths in modules.items()}
    return Inputs(tuple(found), frozenset(named), whole, order)


def _is_named(path: str, text: str) -> bool:
    """Return whether an open file is checked as if a user had named it."""
    if path.endswith(_LISTS):
        lines = [line.partition("#")[0].strip() for line in text.splitlines()]
        return any(lines) and all(map(_is_like_name, filter(None, lines)))
    return is_certificate_file(path)
