"""Finds the files about accounts among paths, before anything else is read."""

from __future__ import annotations

from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.request import Tool
from acmrules.syntax.source import InputError
from acmrules.workspace.files import decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.workspace.files import Files

_READER = next(reader for reader in registry.READERS if reader.name == "account")


def shows_account(path: str, files: Files) -> bool:
    """Return whether a file contains responses of AWS about an account."""
    try:
        data = files.read(path)
        if not _READER.may_take(path, data):
            return False
        declarations = registry.read(decode(path, data), Parameters({}), {_READER.name})
    except InputError:
        return False  # Whoever reads the file for its content reports the error.
    return any(each.tool is Tool.ACCOUNT for each in declarations)
