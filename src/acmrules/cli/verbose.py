"""What `--verbose` prints: each file that was read, its kind, and its settings file."""

from __future__ import annotations

import os
import sys

from acmrules.cli.output import print_problem
from acmrules.cli.progress import Progress
from acmrules.messages import counted, printable
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from acmrules.model.batches import Batch
    from acmrules.model.declaration import Declaration
    from acmrules.workspace.file_settings import FileSettings


class Log(Progress):
    """The progress of a run, and a line for each file at its end."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self._read: dict[str, None] = {}
        self._kinds: dict[str, str] = {}
        self._requests: dict[str, int] = {}

    def step(self, path: str) -> None:
        """Count a file, and remember its name."""
        super().step(path)
        self._read[path] = None

    def watch(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield batches, and remember what they declare."""
        for batch in batches:
            self.declared(batch.declarations)
            yield batch

    def declared(self, declarations: Iterable[Declaration]) -> None:
        """Remember the kind of each file, and the number of its requests."""
        for each in declarations:
            self._kinds[each.file] = each.tool.value
            count = self._requests.get(each.file, 0)
            self._requests[each.file] = count + (each.request is not None)

    def finish(
        self, settings_of: Callable[[str], FileSettings], excluded: Container[str] = ()
    ) -> None:
        """Remove the line of progress, and print the files."""
        super().finish(settings_of, excluded)
        for path in {**self._read, **dict.fromkeys(self._kinds)}:
            is_excluded = os.path.normpath(path) in excluded
            content = "excluded" if is_excluded else self._content(path)
            print_problem(f"{printable(path)}: {content}; settings: {_settings(settings_of, path)}")

    def _content(self, path: str) -> str:
        """Return the kind of a file and the number of its requests."""
        kind = self._kinds.get(path)
        if kind is None:
            return "no certificates"
        return f"{kind}, {counted(self._requests[path], 'certificate request')}"


def _settings(settings_of: Callable[[str], FileSettings], path: str) -> str:
    """Return the names of the files in which the settings of a file are set."""
    try:
        stated = settings_of(path).stated
    except SettingsError:
        return "not valid"
    found = (getattr(setting.where, "file", None) for setting in stated.values())
    return ", ".join(printable(name) for name in dict.fromkeys(found) if name) or "none"
