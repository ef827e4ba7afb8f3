"""Writes texts into files: completely or not at all, and only if the file is unchanged."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from acmrules.lint.fixes import encoded
from acmrules.syntax import source
from acmrules.syntax.source import InputError
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class NotWritten(Exception):  # noqa: N818  (named after what happened)
    """A file that was not written, and the reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.name}: not written: {self.reason}"


def write(name: str, before: str, after: str, within: Iterable[str]) -> None:
    """Replace the text of a file, keeping its permissions; raises `NotWritten`.

    `before` is the text that was read, `within` the folders that a link may point into.
    """
    if name == source.STANDARD_INPUT:
        raise NotWritten(name, "it is the standard input")
    target = os.path.realpath(name)
    if os.path.islink(name) and not any(_is_within(target, folder) for folder in within):
        raise NotWritten(name, "it is a link to a file elsewhere")
    try:
        data = files.read_bytes(target)
        if files.decode(name, data).text != before:
            raise NotWritten(name, "it has changed since it was read")
        _replace(target, encoded(after, data))
    except (OSError, InputError) as error:
        reason = error.fault if isinstance(error, InputError) else str(error.strerror)
        raise NotWritten(name, reason[:1].lower() + reason[1:]) from None


def difference(name: str, before: str, after: str) -> str:
    """Return the changes of a file in the format of `diff -u`."""
    from difflib import unified_diff

    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + [rest] * bool(rest)


def _is_within(path: str, folder: str) -> bool:
    root = os.path.realpath(folder)
    return path.startswith(os.path.join(root, ""))


def _replace(path: str, data: bytes) -> None:
    """Replace a file by a new one with the same owner and permissions."""
    status = os.stat(path)
    if not os.access(path, os.W_OK):
        raise PermissionError(0, "it is write-protected")
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.acmrules")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, stat.S_IRUSR | stat.S_IWUSR)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # only root may change the owner
            os.chown(temporary, status.st_uid, status.st_gid)
        os.chmod(temporary, stat.S_IMODE(status.st_mode))
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
