"""Objects that a file declares more than once, under the same kind, namespace and name."""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.model.not_checked import REPEATED, NotChecked
from acmrules.model.placed import Location
from acmrules.readers.kubernetes.objects import Manifests
from acmrules.readers.kubernetes.reader import TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source

_HOW = "rename or remove one of them"


def repeated(source: Source, parameters: Parameters) -> Iterator[NotChecked]:
    """Yield the objects that the file declares again; all of them are checked.

    Raises `InputError` and `ReadError`.
    """
    manifests = Manifests(source, parameters)
    first: dict[object, int] = {}
    for each in manifests.objects(TYPES):
        if "name" not in each.fields.inner("metadata").data:
            continue
        start, end = manifests.place(each.head)
        line = first.setdefault((each.type, each.key), source.position(start).line)
        if line != source.position(start).line:
            what = f"{each.type[1]} {quoted(each.address)}"
            why = f"is declared on line {line} too, and a cluster has only one of them"
            yield NotChecked(Location(source, start, end), REPEATED, what, why, _HOW)
