"""Problems with files: inputs that cannot be read, and bugs in acmrules."""

from __future__ import annotations

import os

from acmrules.errors import NoSuffixList
from acmrules.syntax.source import InputError
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Troubles:
    """The problems with the files of a run, each once: unreadable inputs, and bugs in acmrules.

    `bugs` are unexpected errors. Other files are checked in both cases. An input that was not
    named, but found in a directory, is a warning.
    """

    def __init__(self) -> None:
        self._unreadable: dict[str, InputError] = {}
        self._notices: dict[str, None] = {}
        self._bugs: dict[InputError, None] = {}

    @property
    def unreadable(self) -> tuple[InputError, ...]:
        """The inputs that cannot be read, in the order in which they were found."""
        return tuple(self._unreadable.values())

    @property
    def bugs(self) -> tuple[InputError, ...]:
        """The unexpected errors, each with the file or folder."""
        return tuple(self._bugs)

    def __iter__(self) -> Iterator[InputError]:
        yield from self._unreadable.values()
        yield from self._bugs

    @property
    def fails(self) -> bool:
        """Whether an input cannot be read that is not a warning."""
        return not all(error.is_warning for error in self._unreadable.values())

    @property
    def notices(self) -> tuple[str, ...]:
        """What is unusual in inputs that were read."""
        return tuple(self._notices)

    def notice(self, error: InputError) -> None:
        """Add a remark on an input that was read."""
        self._notices[str(error)] = None

    def refuse(self, error: InputError, *, is_warning: bool = False) -> None:
        """Add an input that cannot be read; it is a warning if it is never added as an error."""
        # Its traceback would keep the whole file alive.
        error = error.with_traceback(None)
        known = self._unreadable.get(str(error))
        if known is None:
            self._unreadable[str(error)] = error
            error.is_warning = is_warning
        elif not is_warning:
            known.is_warning = False

    def guard(self, name: str) -> Guard:
        """Return a context that adds the exceptions of a file or a folder, and suppresses them."""
        return Guard(self, name)

    def add_bug(self, bug: InputError) -> None:
        """Add an unexpected error."""
        self._bugs[bug] = None

    def add(self, others: Troubles) -> None:
        """Add the problems with other files."""
        for error in others.unreadable:
            self.refuse(error, is_warning=error.is_warning)
        for notice in others.notices:
            self._notices[notice] = None
        for bug in others.bugs:
            self.add_bug(bug)


class Guard:
    """A context that processes one file, so that an error affects no other file.

    It does not suppress `NoSuffixList`, because that affects all files.
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
            self._troubles.add_bug(InputError(self._name or os.curdir, describe_crash(error)))
        else:
            return False
        return True


def describe_crash(error: Exception, *, has_message: bool = True) -> str:
    """Return a sentence about an unexpected error, with the line that raised it.

    The message of the error may contain any value of the input, such as a private key.
    """
    from traceback import extract_tb

    frame = extract_tb(error.__traceback__)[-1]
    line = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    kind = type(error).__name__
    said = f"{kind}: {error}" if has_message else kind
    return f"a bug in acmrules, please report it: {said} at {line}"
