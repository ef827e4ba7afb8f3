"""The Regions of the stacks of a Pulumi project, from the files next to its program."""

from __future__ import annotations

import os
import re

from acmrules.readers.options import UNKNOWN_REGION
from acmrules.regions import region_fault
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import mapping
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_REGION = "aws:region"
_STACK = r"Pulumi\..+\.ya?ml"
_ELSEWHERE = "stackConfigDir"
"""The member of a project with the folder of its stacks."""


def stack_regions(
    path: str,
    data: bytes,
    read: Callable[[str], bytes],
    notice: Callable[[InputError], None] = lambda _: None,
    names_in: Callable[[str], Iterable[str]] = os.listdir,
) -> tuple[str | None, ...]:
    """Return the Region of each stack of a project, `None` for one that does not set it.

    `read` returns the bytes of a file; it raises `InputError`. `notice` gets the misspelled
    Regions, with their positions. `names_in` returns the names of the files in a folder; it may
    raise `OSError`.
    """
    if _ELSEWHERE.encode() in data:
        return ()
    return tuple(_region(stack, read, notice) for stack in _stacks(os.path.dirname(path), names_in))


def _stacks(folder: str, names_in: Callable[[str], Iterable[str]]) -> Iterator[str]:
    try:
        names = sorted(names_in(folder or "."))
    except OSError:
        return
    for name in names:
        if re.fullmatch(_STACK, name):
            yield os.path.join(folder, name)


def _region(
    path: str, read: Callable[[str], bytes], notice: Callable[[InputError], None]
) -> str | None:
    try:
        source = files.decode(path, read(path))
        tree = next(trees(source, texts=True), None)
        data = mapping(tree.data) if tree else {}
    except (InputError, ReadError, RecursionError):
        return UNKNOWN_REGION
    region = mapping(data.get("config")).get(_REGION)
    if isinstance(region, str):
        if tree and (fault := region_fault(region)):
            start, _ = tree.place(("config", _REGION))
            notice(InputError(path, fault, source.position(start)))
        return region
    # An environment of Pulumi ESC may set it, and the value may be encrypted.
    return None if region is None and "environment" not in data else UNKNOWN_REGION
