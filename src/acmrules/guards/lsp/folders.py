"""The folders whose files are checked together, and the documents that are open in them."""

from __future__ import annotations

import os
from datetime import date

from acmrules.guards.lsp.configuration import Configuration
from acmrules.guards.lsp.documents import OpenDocument
from acmrules.syntax.source import InputError
from acmrules.values import Value
from acmrules.workspace import arguments
from acmrules.workspace.open_folder import ALONE, WHOLE, Check, OpenFolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from acmrules.workspace.resolver import SettingsResolver

    Result = TypeVar("Result")

_SUFFIXES = {
    "yaml": ".yaml",
    "cloudformation": ".yaml",
    "cloudformation-yaml": ".yaml",
    "dockercompose": ".yaml",
    "helm": ".yaml",
    "json": ".json",
    "jsonc": ".json",
    "cloudformation-json": ".json",
    "terraform": ".tf",
    "hcl": ".tf",
    "tf": ".tf",
    "terraform-vars": ".tfvars",
}
"""The suffix of a document that has no file, by its language."""


class Checked(Value):
    """A check of a folder, with the documents whose texts were checked, by path in the folder."""

    root: str
    check: Check
    documents: Mapping[str, OpenDocument]


class Folder:
    """A folder with its open documents, by path in it.

    `root` is the path of the folder. `name` is that of the only file, if the folder is not checked
    as a whole. `changed` are the paths of the documents that changed since the last outcome, and
    `wrong_settings` are the URIs of the settings files whose mistakes were published.
    """

    def __init__(self, root: str, configuration: Configuration, name: str, scope: str) -> None:
        self.root = root
        self.name = name
        self.documents: dict[str, OpenDocument] = {}
        self.configuration = configuration
        self._files = OpenFolder(self._resolver, (name or os.curdir,), scope)
        self.changed: set[str] = set()
        self.wrong_settings: set[str] = set()

    def forget_files(self) -> None:
        """Find and read the files on disk again in the next check."""
        self._files.forget()

    def has_found(self, path: str) -> bool:
        """Return whether a path in the folder is that of a file on disk that is known."""
        return self._files.has_found(path)

    def forget_file(self, path: str) -> None:
        """Read a file on disk again in the next check, if it is in this folder."""
        if is_below(path, self.root):
            self._files.forget(os.path.relpath(path, self.root))

    def _resolver(self, today: date) -> SettingsResolver:
        own = self.configuration
        return arguments.resolver(own.settings, own.region, own.as_of, today)

    def inside(self, work: Callable[[], Result]) -> Result:
        """Return the result of work that is done with this folder as the current one.

        Raises `InputError` if it does not exist.
        """
        try:
            os.chdir(self.root)
        except OSError as error:
            raise InputError(self.root, str(error.strerror).lower()) from None
        return work()

    def check(
        self, documents: Mapping[str, OpenDocument], step: Callable[..., None] | None = None
    ) -> Checked:
        """Return the check of the folder with the texts of documents.

        It becomes the current folder. Raises `SettingsError` for wrong settings of the client, and
        `InputError` for a folder that does not exist.
        """
        texts = {path: each.text for path, each in documents.items()}
        today = date.today()  # noqa: DTZ011  (local, as of the command)
        check = self.inside(lambda: self._files.check(texts, today, step))
        return Checked(self.root, check, documents)


def folder_of(
    document: OpenDocument, roots: Iterable[str], configuration: Configuration
) -> tuple[Folder, str]:
    """Return a new folder for a document, and the path of the document in it.

    `roots` are the paths of the workspace folders. A document elsewhere is checked alone, as is
    one that has no file.
    """
    if not document.path:
        suffix = _SUFFIXES.get(document.language, "")
        name = os.path.basename(document.uri.partition(":")[2]) or "untitled"
        name = name if suffix and name.endswith(suffix) else name + suffix
        root = next(iter(roots), os.path.expanduser("~"))
        return Folder(root, configuration, name, ALONE), name
    above = [root for root in roots if is_below(document.path, root) and not _is_huge(root)]
    if above:
        root = max(above, key=len)
        return Folder(root, configuration, "", WHOLE), os.path.relpath(document.path, root)
    root, name = os.path.split(document.path)
    if not os.path.isdir(root):
        return Folder(os.path.expanduser("~"), configuration, name, ALONE), name
    return Folder(root, configuration, name, WHOLE), name


def _is_huge(root: str) -> bool:
    """Return whether a folder is that of all files, or of all files of the user."""
    return root in {os.path.abspath(os.sep), os.path.expanduser("~")}


def is_below(path: str, root: str) -> bool:
    """Return whether a path is below a folder."""
    return path.startswith(root.rstrip(os.sep) + os.sep)
