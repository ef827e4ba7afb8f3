"""Writes files: completely or not at all, and a fix only into an unchanged file.

All files that acmrules writes are written here.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from acmrules.errors import AcmRulesError
from acmrules.lint.fixes import encoded
from acmrules.messages import printable
from acmrules.syntax import source
from acmrules.syntax.source import InputError
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


_HARMLESS = "\t\u00a0\u200d"
"""Unprintable characters that a diff keeps: tabs, no-break spaces, and joiners of emoji."""

_PLAIN = frozenset(map(chr, range(32, 127))) - {'"', "\\"}
"""Characters that are not escaped in a quoted name of a diff."""

_PRIVATE = stat.S_IRUSR | stat.S_IWUSR
_NEW = 0o666
"""The permissions of a new file, before the user's mask removes some."""


_STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}
_MOST_DIGITS = 9


class NotWritten(AcmRulesError):  # noqa: N818  (named after what happened)
    """A file that was not written, and the reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"{printable(self.name)}: not written: {self.reason}"


def write(name: str, before: str, after: str, within: Iterable[str]) -> None:
    """Replace the text of a file, keeping its permissions; raises `NotWritten`.

    `before` is the text that was read, `within` the folders that a link may point into. A file
    that has the new text already, by another name of it, is left alone.
    """
    if name == source.STANDARD_INPUT:
        raise NotWritten(name, "it is the standard input")
    try:
        target = _target(name, within)
        data = files.read_bytes(target)
        text = files.decode(name, data).text
        if text == after:
            return
        if text != before:
            raise NotWritten(name, "it has changed since it was read")
        _replace(target, encoded(after, data))
    except (OSError, ValueError, InputError) as error:
        raise NotWritten(name, _reason(error)) from None


def write_generated(name: str, text: str, within: Iterable[str]) -> None:
    """Write a file that acmrules generates, which may be new; raises `NotWritten`.

    `within` are the folders that a link may point into.
    """
    try:
        _replace(_target(name, within), text.encode())
    except (OSError, ValueError) as error:
        raise NotWritten(name, _reason(error)) from None


def write_output(name: str, text: str) -> None:
    """Write a file that the user named, and create the folders above it; raises `NotWritten`.

    What is no regular file, such as a pipe, is written to, not replaced. So is an open file of the
    process, such as `/dev/stdout`, which may be a log with other content.
    """
    data = text.encode(errors="backslashreplace")
    descriptor = _descriptor(name)
    try:
        if descriptor is not None:
            with open(os.dup(descriptor), "wb") as file:
                file.write(data)
            return
        if os.path.exists(name) and not os.path.isfile(name):
            with open(name, "wb") as file:
                file.write(data)
            return
        target = os.path.realpath(name)
        _make_folder(os.path.dirname(target))
        _replace(target, data)
    except (OSError, ValueError) as error:
        raise NotWritten(name, _reason(error)) from None


def _descriptor(name: str) -> int | None:
    """Return the number of an open file of this process, if a name is one of its names."""
    if name in _STREAMS:
        return _STREAMS[name]
    folder, _, number = name.rpartition("/")
    is_open = folder in {"/dev/fd", "/proc/self/fd"} and number.isdecimal()
    return int(number[:_MOST_DIGITS]) if is_open else None


def _make_folder(path: str) -> None:
    """Create a folder and those above it."""
    try:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(0, "its directory is a file") from None


def difference(name: str, before: str, after: str) -> str:
    """Return the changes of a file in the format of `diff -u`.

    Characters that control a terminal or end a line are escaped, so that what a file contains
    cannot pass for other output. A patch of a line with such a character does not apply.
    """
    from difflib import unified_diff

    names = _in_diff(f"a/{name}"), _in_diff(f"b/{name}")
    return "".join(map(_printable_line, unified_diff(_lines(before), _lines(after), *names)))


def _printable_line(line: str) -> str:
    text = line.removesuffix("\n")
    content = text.removesuffix("\r")
    whole = f"{printable(content, keep=_HARMLESS)}{text[len(content) :]}\n"
    return whole if line.endswith("\n") else f"{whole}\\ No newline at end of file\n"


def _in_diff(name: str) -> str:
    """Return the name of a file for the head of a diff, quoted as by Git if that is necessary."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return name
    octets = map(chr, name.encode("utf-8", "surrogateescape"))
    return '"{}"'.format("".join(c if c in _PLAIN else f"\\{ord(c):03o}" for c in octets))


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + [rest] * bool(rest)


def _target(name: str, within: Iterable[str]) -> str:
    """Return the path of a file without links; raises `NotWritten` if a link points elsewhere."""
    target = os.path.realpath(name)
    if os.path.islink(name) and not any(_is_within(target, folder) for folder in within):
        raise NotWritten(name, "it is a link to a file elsewhere")
    return target


def _is_within(path: str, folder: str) -> bool:
    root = os.path.realpath(folder)
    return path.startswith(os.path.join(root, ""))


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "its new text contains a surrogate, which UTF-8 does not allow"
    reason = error.fault if isinstance(error, InputError) else getattr(error, "strerror", None)
    reason = str(reason or error)
    return reason[:1].lower() + reason[1:]


def _replace(path: str, data: bytes) -> None:
    """Replace a file by a new one with the same owner and permissions, or create it."""
    status = None
    with suppress(FileNotFoundError):
        status = os.stat(path)
        if not os.access(path, os.W_OK):
            raise PermissionError(0, "it is write-protected")
    folder = os.path.dirname(path)
    # The length of the name is fixed, because that of the file may be the longest possible one.
    temporary = os.path.join(folder, f".acmrules-{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, _PRIVATE if status else _NEW)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if status:
            with suppress(OSError):  # only root may change the owner
                os.chown(temporary, status.st_uid, status.st_gid)
            os.chmod(temporary, stat.S_IMODE(status.st_mode))
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
