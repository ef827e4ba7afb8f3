"""What the page does not read, although the command does."""

from __future__ import annotations

import os

from acmrules.messages import quoted
from acmrules.workspace.file_settings import BASELINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OF_X509 = (".csr", ".pem", ".crt", ".cer", ".der")
_BEGINS = ("-----BEGIN ",)
_ENCODED = "MII"
"""How the base64 of a signing request or a certificate begins."""


def is_unread(name: str, text: str) -> bool:
    """Return whether a file is a signing request or a certificate."""
    return name.endswith(_OF_X509) or text.lstrip("\ufeff \t\r\n").startswith(_BEGINS)


def sentences(unread: Iterable[str], names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is not read: the file, the sentence, and how to get it read."""
    for name in unread:
        from acmrules.diagnosis.shell import command

        fault = "is not checked: this page reads no signing requests and no certificates"
        how = f"run `{command('acmrules', 'check', name)}` after `pip install 'acmrules[csr]'`"
        yield name, f"{quoted(name)} {fault}", how
    for name in names:
        if os.path.basename(name) == BASELINE:
            fault = f"the baseline {quoted(name)} is not applied: this page shows all findings"
            yield name, fault, "run `acmrules check .` in its directory"
