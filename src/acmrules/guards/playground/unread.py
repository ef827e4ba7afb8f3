"""What the page does not read, although the command does."""

from __future__ import annotations

import os
from contextlib import suppress

from acmrules.messages import quoted
from acmrules.readers.registry import is_certificate_file
from acmrules.workspace.file_settings import BASELINE
from acmrules.workspace.settings import OWN, PROJECT, SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_BEGINS = "-----BEGIN "
_LOCK = ".terraform.lock.hcl"
"""The name of a file that never has a certificate."""


def is_unread(name: str, text: str) -> bool:
    """Return whether a file is a signing request or a certificate."""
    return is_certificate_file(name) or text.lstrip("\ufeff \t\r\n").startswith(_BEGINS)


def sentences(
    unread: Iterable[str], unused: Iterable[str], texts: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield what is not read: the file, the sentence, and how to get it read.

    `unused` are the files that no check has read.
    """
    from acmrules.diagnosis.shell import command

    for name in unread:
        fault = "is not checked: this page reads no signing requests and no certificates"
        how = f"run `{command('acmrules', 'check', name)}` after `pip install 'acmrules[csr]'`"
        yield name, f"{quoted(name)} {fault}", how
    for name in unused:
        if not name.endswith(_LOCK):
            how = f"run `{command('acmrules', 'check', name)}`"
            yield name, f"{quoted(name)} is not checked: no other file here uses it", how
    for name, baseline in _baselines(texts):
        fault = f"the baseline {quoted(baseline)} is not applied: this page shows all findings"
        yield name, fault, "run `acmrules check .` in its directory"


def _baselines(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the baselines that the command applies, each with the file that names it."""
    for name, text in texts.items():
        if os.path.basename(name) == BASELINE:
            yield name, name
        elif os.path.basename(name) in {OWN, PROJECT} and "baseline" in text:
            from acmrules.workspace.settings_file import read

            with suppress(SettingsError):  # The check reports it, if the settings apply to a file.
                found = read(name, text, os.path.abspath(os.path.dirname(name)))
                stated = found.stated.get(("baseline",)) if found else None
                if stated and stated.value:
                    yield name, os.path.relpath(stated.value)
