"""A plain list of names, one to a line: the names of one certificate, the first its domain name."""

from __future__ import annotations

from acmrules.lint.readers.trees import looks_like_json
from acmrules.lint.source import Document, Place, Unreadable, Variant
from acmrules.request import CertificateRequest, Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.source import Parameters, Source
    from acmrules.request import Path

_OF_OTHER_FORMATS = frozenset(" \t\"'={}")


def read(source: Source, parameters: Parameters) -> tuple[Document, ...] | None:
    """Return the one certificate that a list stands for; `None` if there is no name in it.

    What follows a `#` is a comment. Raises `Unreadable` for what is no text.
    """
    text = source.text
    if looks_like_json(text):
        return None
    if "\0" in text:
        raise Unreadable(source.name, "is binary")
    places: dict[Path, Place] = {}
    names: list[str] = []
    start = 0
    for line in text.splitlines(keepends=True):
        name = line.partition("#")[0].strip()
        if name:
            place = text.index(name, start)
            places["names", len(names)] = Place(place, place + len(name))
            names.append(name)
        start += len(line)
    if not names or (source.name == "-" and not _may_begin_names(names[0])):
        return None
    places[()] = places["names", 0]
    request = CertificateRequest.of(*names, region=parameters.region)
    return (Document(source, Tool.NAMES, "$", (Variant(request, (), places),)),)


def _may_begin_names(line: str) -> bool:
    """Say whether the first line of standard input is a name, however bad, or some other format."""
    return line != "---" and not line.endswith(":") and not _OF_OTHER_FORMATS.intersection(line)
