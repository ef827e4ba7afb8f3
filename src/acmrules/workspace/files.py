"""Files and folders on disk: walking, `.gitignore`, bounded reading, reading once."""

from __future__ import annotations

import os
import stat
import sys
from codecs import BOM_UTF8

from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.values import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Protocol

    from acmrules.workspace.gitignore import IgnorePatterns

    Ignored = list[tuple[int, IgnorePatterns]]
    """The patterns that apply in a folder, and where the paths that they match begin."""

    class Entry(Protocol):
        """A file or a folder in a folder."""

        @property
        def name(self) -> str:
            """The name in the folder."""

        def is_dir(self, *, follow_symlinks: bool) -> bool:
            """Return whether it is a folder."""

    class Files(Protocol):
        """Files at one time, such as those on disk or those of a Git revision."""

        def read(self, path: str) -> bytes:
            """Return the bytes of a file; raises `InputError`."""

        def module(self, folder: str) -> Iterable[Source | InputError]:
            """Yield the files of a folder that Terraform itself loads, sorted by name."""


MAX_BYTES = 10 * 1024 * 1024
"""The largest file that is read; CloudFormation accepts templates of a tenth of it."""


CDK_TEMPLATE = ".template.json"
"""The end of the names of templates that the CDK writes, also of those of nested stacks."""

_HIDDEN = (".", "#")
_OF_MODULES = (".tf", ".tf.json", ".auto.tfvars", ".auto.tfvars.json")
_VARIABLES = frozenset(("terraform.tfvars", "terraform.tfvars.json"))

_NOT_WRITTEN_HERE = frozenset((".git", ".terraform"))
"""Folders that tools write: that of Git, and the modules that Terraform fetched."""

TOO_LARGE = f"is larger than {MAX_BYTES // 1024 // 1024} MiB"

_HEAD = 256


def walk(folder: str, suffixes: tuple[str, ...]) -> Iterator[str | InputError]:
    """Yield the files below a folder, sorted, except those that Git ignores; follow no links.

    The folder itself is walked even if Git ignores it.
    """
    # Without recursion, which has a limit that folders do not have.
    rest = [_entries(folder, _patterns_above(folder))]
    while rest:
        entries, ignored = rest[-1]
        for entry in entries:
            if isinstance(entry, InputError):
                yield entry
            elif entry.is_dir(follow_symlinks=False):
                is_skipped = entry.name in _NOT_WRITTEN_HERE
                if not is_skipped and not _is_ignored(entry.path, ignored, is_folder=True):
                    rest.append(_entries(entry.path, ignored))
                    break
            elif entry.name.endswith(suffixes) and not _is_ignored(entry.path, ignored):
                try:
                    if entry.is_file():
                        yield entry.path
                except OSError as error:
                    yield InputError(entry.path, _reason(error))
        else:
            rest.pop()


def _entries(
    folder: str, ignored: Ignored
) -> tuple[Iterator[os.DirEntry[str] | InputError], Ignored]:
    """Return the entries of a folder, sorted, and the patterns that apply to them."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        return iter((InputError(folder, _reason(error)),)), ignored
    if ".gitignore" in [entry.name for entry in found]:
        ignored = [*ignored, *_patterns(folder)]
    return iter(found), ignored


def _patterns_above(folder: str) -> Ignored:
    """Return the ignore patterns of the folders above, up to the root of the Git checkout."""
    above: Ignored = []
    parent = os.path.abspath(folder)
    inside = folder
    while not os.path.exists(os.path.join(parent, ".git")):
        parent, before = os.path.dirname(parent), parent
        if parent == before:
            return []
        inside = os.path.join(inside, "..")
        above[:0] = _patterns(inside)
    return above


def _patterns(folder: str) -> Ignored:
    from acmrules.workspace.gitignore import IgnorePatterns, lines_of

    try:
        data = read_bytes(os.path.join(folder, ".gitignore"))
    except InputError:
        return []
    begin = len(os.path.abspath(folder).rstrip(os.sep)) + 1
    return [(begin, IgnorePatterns(lines_of(data)))]


def _is_ignored(path: str, ignored: Ignored, *, is_folder: bool = False) -> bool:
    if not ignored:
        return False
    absolute = os.path.abspath(path).replace(os.sep, "/")
    for begin, patterns in reversed(ignored):
        verdict = patterns.verdict(absolute[begin:], is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


def entries_of(folder: str, wanted: Callable[[Entry], bool]) -> tuple[list[str], list[str]]:
    """Return the names of the wanted files and folders in a folder that Git does not ignore.

    What Git ignores is read only if there is something wanted.
    """
    names: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder or ".") as entries:
            found = sorted(filter(wanted, entries), key=lambda entry: entry.name)
    except OSError:
        return names, folders
    ignored: Ignored = []
    if found:
        ignored = [*_patterns_above(folder or "."), *_patterns(folder or ".")]
    for entry in found:
        is_folder = entry.is_dir(follow_symlinks=False)
        is_skipped = is_folder and entry.name in _NOT_WRITTEN_HERE
        if not is_skipped and not _is_ignored(entry.path, ignored, is_folder=is_folder):
            (folders if is_folder else names).append(entry.name)
    return names, folders


def module(
    folder: str, read: Callable[[str], bytes] | None = None
) -> Iterator[Source | InputError]:
    """Yield the files of a folder that Terraform itself loads, sorted by name.

    `read` returns the bytes of a file; by default, it is `read_bytes`.
    """
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError as error:
        yield InputError(folder, _reason(error))
        return
    yield from sources(
        (os.path.join(folder, name) for name in names if is_of_module(name)), read or read_bytes
    )


def sources(paths: Iterable[str], read: Callable[[str], bytes]) -> Iterator[Source | InputError]:
    """Yield the sources of files, or why they cannot be read."""
    for path in paths:
        try:
            yield decode(path, read(path))
        except InputError as error:
            # Its traceback would keep the bytes of the file alive.
            yield error.with_traceback(None)


def is_of_module(name: str) -> bool:
    """Return whether Terraform itself loads files of this name."""
    return name in _VARIABLES or (name.endswith(_OF_MODULES) and not name.startswith(_HIDDEN))


def read_bytes(path: str) -> bytes:
    """Return the bytes of a regular file of bounded size, or of standard input."""
    most = MAX_BYTES
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                most = later("readers.registry", "longest")(data)
                data += sys.stdin.buffer.read(most + 1 - len(data))
        else:
            status = os.stat(path)
            if not stat.S_ISREG(status.st_mode):
                raise InputError(path, "is not a regular file; `-` reads standard input")
            with open(path, "rb", buffering=0) as file:
                if status.st_size > MAX_BYTES:
                    most = later("readers.registry", "longest")(file.read(_HEAD))
                    file.seek(0)
                if status.st_size > most:
                    raise InputError(path, _too_large(most))
                data = file.read()
    except (OSError, ValueError) as error:
        raise InputError(path, _reason(error)) from None
    if len(data) > most:
        raise InputError(path, _too_large(most))
    return data


def _too_large(most: int) -> str:
    return f"is larger than {most // 1024 // 1024} MiB"


UTF_16 = "is UTF-16; save it as UTF-8"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 512
_CONTROLS = bytes({*range(32)} - {*b"\t\n\f\r"})


def is_utf_16(data: bytes) -> bool:
    """Return whether bytes are UTF-16, with a byte order mark or mostly with Latin characters."""
    if data.startswith(_UTF_16_MARKS):
        return True
    sample = data[:_SAMPLE]
    if b"\0" not in sample:
        return False
    halves = sample[::2], sample[1::2]
    nuls, others = sorted(halves, key=lambda half: half.count(0), reverse=True)
    is_text = len(others.translate(None, _CONTROLS)) == len(others)
    return 2 * nuls.count(0) > len(nuls) and is_text


def require_content(path: str, data: bytes) -> None:
    """Raise `InputError` for a file whose content is encrypted or stored elsewhere."""
    for beginning, fault in _NO_CONTENT:
        if data.startswith(beginning):
            raise InputError(path, fault)


_NO_CONTENT = (
    (b"\0GITCRYPT\0", "is encrypted by git-crypt"),
    (b"version https://git-lfs.github.com/spec/", "is a pointer of Git LFS, without its content"),
)
"""How files begin that Git stores instead of their content."""


def decode(path: str, data: bytes) -> Source:
    """Return the source of UTF-8 bytes, without a byte order mark; raises `InputError`."""
    require_content(path, data)
    if is_utf_16(data):
        raise InputError(path, UTF_16)
    # The codec `utf-8-sig` removes the mark too, but it is another module to load.
    data = data.removeprefix(BOM_UTF8)
    try:
        return Source(path, data.decode())
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        position = Source(path, before).position(len(before))
        raise InputError(path, f"is not UTF-8: byte 0x{data[error.start]:02x}", position) from None


def _reason(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]


class Disk:
    """The files on disk; those of a module, and standard input, are read once."""

    def __init__(self) -> None:
        self._modules: dict[str, tuple[Source | InputError, ...]] = {}
        self._standard_input: bytes | None = None

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        if path != STANDARD_INPUT:
            return read_bytes(path)
        if self._standard_input is None:
            self._standard_input = read_bytes(path)
        return self._standard_input

    def module(self, folder: str) -> tuple[Source | InputError, ...]:
        """Return the files of a folder that Terraform itself loads, sorted by name."""
        if folder not in self._modules:
            self._modules[folder] = tuple(module(folder, self.read))
        return self._modules[folder]
