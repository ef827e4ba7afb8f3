"""What goes wrong with files: inputs that cannot be read, and bugs of acmrules, worded."""

from __future__ import annotations

import os

from acmrules.suffix_lists import NoSuffixList
from acmrules.syntax.source import InputError
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Troubles:
    """What went wrong with the files of a run, each problem once.

    `defects` are sentences about unexpected errors. Neither kind keeps other files from being
    checked.
    """

    def __init__(self) -> None:
        self._unreadable: dict[str, InputError] = {}
        self._defects: dict[str, None] = {}

    @property
    def unreadable(self) -> tuple[InputError, ...]:
        """The inputs that cannot be read, in the order in which that was found out."""
        return tuple(self._unreadable.values())

    @property
    def defects(self) -> tuple[str, ...]:
        """The unexpected errors, each with the file or folder."""
        return tuple(self._defects)

    def __iter__(self) -> Iterator[InputError | str]:
        yield from self._unreadable.values()
        yield from self._defects

    def refuse(self, error: InputError) -> None:
        """Add an input that cannot be read."""
        # Its traceback would keep the whole file alive.
        self._unreadable.setdefault(str(error), error.with_traceback(None))

    def guard(self, name: str) -> Guard:
        """Return a context that adds what is raised for a file, or a folder, and goes on."""
        return Guard(self, name)

    def add_defect(self, sentence: str) -> None:
        """Add an unexpected error."""
        self._defects[sentence] = None

    def add(self, others: Troubles) -> None:
        """Add what went wrong with other files."""
        for error in others.unreadable:
            self.refuse(error)
        for defect in others.defects:
            self.add_defect(defect)


class Guard:
    """A context in which one file is processed, so that an error affects no other file.

    It lets `NoSuffixList` pass, because that affects all files.
    """

    __slots__ = ("_name", "_troubles")

    def __init__(self, troubles: Troubles, name: str) -> None:
        self._troubles = troubles
        self._name = name

    def __enter__(self) -> None:
        """Add nothing yet."""

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> bool:
        if isinstance(error, InputError):
            self._troubles.refuse(error)
        elif isinstance(error, SettingsError):
            for mistake in error.mistakes:
                self._troubles.refuse(mistake)
        elif isinstance(error, Exception) and not isinstance(error, NoSuffixList):
            self._troubles.add_defect(f"{self._name or os.curdir}: {describe_crash(error)}")
        else:
            return False
        return True


def describe_crash(error: Exception) -> str:
    """Return a sentence about an unexpected error: no traceback, but where it was raised."""
    from traceback import extract_tb

    frame = extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    return (
        f"a defect in acmrules itself, please report it: {type(error).__name__}: {error} at {place}"
    )
