"""A plain list of names, one to a line: the names of one certificate, the first its domain name."""

from __future__ import annotations

from acmrules.lint.readers import pem
from acmrules.lint.readers.places import Places
from acmrules.lint.readers.trees import looks_like_json
from acmrules.lint.source import Document, Unreadable, Variant
from acmrules.request import CertificateRequest, Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.readers.places import Pointer, Spots
    from acmrules.lint.source import Parameters, Source

_MOST_WORDS = 3
_OF_OTHER_FORMATS = frozenset(" \t\"'={}")


def read(source: Source, parameters: Parameters) -> tuple[Document, ...] | None:
    """Return the one certificate that a list stands for; `None` if there is no name in it.

    What follows a `#` is a comment. Raises `Unreadable` for what is no text, and for prose.
    """
    text = source.text
    if looks_like_json(text) or pem.BEGIN in text or pem.END in text:
        return None  # a private key, say, whose lines nobody may see in a message
    if "\0" in text:
        raise Unreadable(source.name, "is binary")
    lines = Lines(source)
    names = lines.data
    if not names or (source.name == "-" and not _may_begin_names(names[0])):
        return None
    for index, name in enumerate(names):
        # What is no list must not be judged as a bad one: a fix would rewrite it.
        if len(name.split(None, _MOST_WORDS)) > _MOST_WORDS:
            position = source.position(lines.place((index,))[0])
            raise Unreadable(source.name, "is no list of names: a line has many words", position)
    spots: Spots = {("names", index): ((index,), None) for index in range(len(names))}
    spots |= {(): ((0,), None), ("names",): ((), None)}
    request = CertificateRequest.of(*names, region=parameters.region)
    return (Document(source, Tool.NAMES, "$", (Variant(request, (), Places(lines, spots)),)),)


class Lines:
    """The names of a text, one to a line, and where each stands; all of them stand at the first."""

    __slots__ = ("_starts", "data", "source")

    EDITS = "acmrules.lint.readers.lines_edits"

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data: list[str] = []
        self._starts: list[int] = []
        start = 0
        for line in source.text.splitlines(keepends=True):
            name = line.partition("#")[0].strip()
            if name:
                self._starts.append(source.text.index(name, start))
                self.data.append(name)
            start += len(line)

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return where a name begins and ends."""
        index = int(pointer[0]) if pointer else 0
        return self._starts[index], self._starts[index] + len(self.data[index])


def _may_begin_names(line: str) -> bool:
    """Say whether the first line of standard input is a name, however bad, or some other format."""
    return line != "---" and not line.endswith(":") and not _OF_OTHER_FORMATS.intersection(line)
