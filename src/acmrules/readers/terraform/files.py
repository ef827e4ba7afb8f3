"""Files that expressions read, such as the values of Helm charts."""

from __future__ import annotations

import posixpath

from acmrules.readers.terraform.resources.references import without_keys
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.readers.terraform.pem_files import PemFiles
    from acmrules.unresolved import Text

    ReadFile = Callable[[str], str | None]
    """Returns the text of a file by its path, `None` if it cannot be read."""

_OF_MODULE = "path.module"
_OF_ROOT = ("path.root", "path.cwd")


class ReadFiles:
    """The files that the expressions of a run read, each read once."""

    __slots__ = ("_pem_files", "_read", "_sources")

    def __init__(self, read: ReadFile) -> None:
        self._read = read
        self._sources: dict[str, Source | None] = {}
        self._pem_files: PemFiles | None = None

    def source(self, path: str) -> Source | None:
        """Return a file by its path relative to the run, `None` if it cannot be read."""
        if path not in self._sources:
            text = self._read(path)
            self._sources[path] = None if text is None else Source(path, text)
        return self._sources[path]

    @property
    def pem_files(self) -> PemFiles:
        """The PEM files, without their private keys."""
        if self._pem_files is None:
            from acmrules.readers.terraform.pem_files import PemFiles

            self._pem_files = PemFiles(self._read)
        return self._pem_files


class RootFiles:
    """The files that the expressions of a root module and of the modules it calls read.

    With `has_imports`, a module imports certificates. Otherwise no PEM file is read for one.
    """

    __slots__ = ("_files", "_root", "has_imports")

    def __init__(self, files: ReadFiles, root: ModuleCall, *, has_imports: bool) -> None:
        self._files = files
        self._root = root
        self.has_imports = has_imports

    def source(self, path: Text, *, is_pem: bool = False) -> Source | None:
        """Return a file, `None` if its path is unknown or absolute, or if it cannot be read.

        With `is_pem`, return only a PEM file, without its private keys. Relative paths are relative
        to the root module, where Terraform runs.
        """
        if is_pem and not self.has_imports:
            return None
        known = _known_path(path, self._root)
        if not known:
            return None
        return (self._files.pem_files if is_pem else self._files).source(known)

    def with_certificates(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the paths of the PEM files that have a certificate of one of some strings."""
        return self._files.pem_files.used_in(texts) if self.has_imports else ()


def _known_path(path: Text, root: ModuleCall) -> str | None:
    """Return a path relative to the run, `None` if it is unknown or absolute."""
    folder: str | None = root.module.folder
    rest: Text = path
    if not isinstance(path, str):
        first, *others = path.parts
        if not isinstance(first, Unknown) or not all(isinstance(part, str) for part in others):
            return None
        folder, rest = _folder(first.label, root), "".join(map(str, others)).lstrip("/")
    if folder is None or not isinstance(rest, str) or not rest or rest.startswith(("/", "~")):
        return None
    return posixpath.normpath(posixpath.join(folder, rest))


def _folder(label: str, root: ModuleCall) -> str | None:
    """Return the folder that `path.module`, `path.root` or `path.cwd` means."""
    if label in _OF_ROOT:
        return root.module.folder
    address = without_keys(label.removesuffix(_OF_MODULE).removesuffix("."))
    for call in root.all() if label.endswith(_OF_MODULE) else ():
        if call.address.removesuffix(".") == address:
            return call.module.folder
    return None
