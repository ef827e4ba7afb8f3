"""Reads baseline files, each once, and returns which of their entries were checked."""

from __future__ import annotations

import json
import os

from acmrules.lint.baseline import VERSION, Baseline, BaselineKey, Renames
from acmrules.messages import quoted
from acmrules.syntax.source import InputError, Position, Source
from acmrules.workspace import files
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from acmrules.lint.findings import Finding
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.load import Loader

_MEMBERS = {"address": str, "rule": str, "value": str, "count": int}


class BaselineFiles:
    """The baselines of the files of a run; unreadable ones are added to the loader's troubles."""

    def __init__(self, inputs: Inputs, loader: Loader) -> None:
        self._inputs = inputs
        self._loader = loader
        self._baselines: dict[str, Baseline | None] = {}
        self._checked: set[str] | None = None

    def baseline(self, path: str) -> Baseline | None:
        """Return the baseline of a path, `None` if it cannot be read."""
        if path not in self._baselines:
            self._baselines[path] = None
            with self._loader.troubles.guard(path):
                self._baselines[path] = read(path)
        return self._baselines[path]

    def was_checked(self, path: str, entry: BaselineKey) -> bool:
        """Return whether a rule was checked in the file of an entry, or the file is gone."""
        file = os.path.normpath(os.path.join(_folder(path), entry.file))
        if not os.path.exists(file):
            return True
        if file not in self._files():
            return False
        try:
            settings = self._loader.settings_of(file)
        except SettingsError:
            return False
        rules = settings.linter.in_force
        return not settings.excluded and any(rule.id == entry.rule for rule, _ in rules)

    def follow(self, path: str, baseline: Baseline, findings: Iterable[Finding]) -> Baseline:
        """Return a baseline with the new names of files that were renamed.

        Without Git, only a run of a directory shows which file was renamed, and which was copied.
        """
        folder = _folder(path)
        within = [
            os.path.join(os.path.abspath(each), "")
            for each in self._inputs.named
            if os.path.isdir(each)
        ]

        def is_gone(file: str) -> bool:
            return not os.path.lexists(os.path.join(folder, file))

        def is_covered(file: str) -> bool:
            whole = os.path.normpath(os.path.join(folder, file))
            return any(whole.startswith(each) for each in within)

        return baseline.following(findings, is_gone, lambda: _renames(folder), is_covered)

    def _files(self) -> set[str]:
        """Return the absolute paths of all files that could be read."""
        if self._checked is None:
            unreadable = {error.name for error in self._loader.troubles.unreadable}
            self._checked = {*map(os.path.abspath, self._inputs.order)}
            self._checked -= {*map(os.path.abspath, unreadable)}
        return self._checked


def _folder(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))


def _renames(folder: str) -> Renames:
    """Return the renames that Git sees since the last commit, relative to a folder."""
    from acmrules.workspace.git import GitError, Revision

    if not os.path.isdir(folder):
        return Renames({})
    try:
        revision = Revision("HEAD", folder)
        edits = revision.edits()
        committed = frozenset(_relative(file, folder) for file in revision.listed())
    except GitError:
        return Renames({})
    pairs = [(each.before, each.after) for each in edits if each.before and each.after]
    new_names = {
        _relative(before, folder): _relative(after, folder)
        for before, after in pairs
        if before != after
    }
    return Renames(new_names, committed)


def _relative(file: str, folder: str) -> str:
    return os.path.relpath(file, folder).replace(os.sep, "/")


def read(path: str) -> Baseline:
    """Return the baseline of a file, an empty one if there is none yet; raises `InputError`."""
    folder = _folder(path)

    def relative_name(file: str) -> str:
        return _relative(file, folder)

    if not os.path.exists(path):
        return Baseline({}, relative_name)
    source = files.decode(path, files.read_bytes(path))
    try:
        data: Any = json.loads(source.text)
    except json.JSONDecodeError as error:
        position = Position(error.lineno, error.colno)
        raise InputError(path, f"is not a baseline: {error.msg}", position) from None
    except RecursionError:
        raise InputError(path, "is nested too deeply") from None
    except ValueError:
        raise InputError(path, "contains a number that is too long") from None
    findings = data.get("findings") if isinstance(data, dict) else None
    if not isinstance(findings, dict) or data.get("version") != VERSION:
        raise InputError(path, f"is not a baseline of version {VERSION}")
    counts: dict[BaselineKey, int] = {}
    for file, entries in findings.items():
        for index, entry in enumerate(entries if isinstance(entries, list) else [None]):
            if not isinstance(entry, dict) or {m: type(v) for m, v in entry.items()} != _MEMBERS:
                raise InputError(path, f"is not a baseline: an entry of `{file}` is invalid")
            if entry["count"] < 1:
                position = _position(source, "findings", file, index, "count")
                fault = f"is not a baseline: the `count` of an entry of {quoted(file)} is below 1"
                raise InputError(path, fault, position)
            counts[BaselineKey(file, *(entry[field] for field in BaselineKey._fields[1:]))] = entry[
                "count"
            ]
    return Baseline(counts, relative_name, os.path.relpath(path))


def _position(source: Source, *pointer: str | int) -> Position:
    """Return the position of a value in a baseline."""
    from acmrules.syntax.json.tree import JsonTree

    return source.position(JsonTree(source).place(pointer)[0])
