"""A text with its lines, and a document read from it with the place of every value."""

from __future__ import annotations

from acmrules.errors import printable
from acmrules.request import CertificateRequest, Consumer, Tool
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.request import CaaRecordSet, ImportedCertificate, Path, Record, Zone


class Position(Value):
    """A line and a column, both from 1; a column counts code points."""

    line: int
    column: int


class Range(Value):
    """From a position up to, not including, another."""

    start: Position
    end: Position


class Source:
    """A file's name and text, and where its lines begin: after LF, CR LF, or a lone CR.

    `syntax` is for what edits the text: what it has parsed of it.
    """

    __slots__ = ("_starts", "name", "syntax", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None
        self.syntax: object = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            text, starts, place = self.text, [0], 0
            if "\r" in text:
                # Only a lone carriage return ends a line by itself; as `\r\n` the newline does.
                text = text.replace("\r\n", " \n").replace("\r", "\n")
            while place := text.find("\n", place) + 1:
                starts.append(place)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> Position:
        """Return where a character offset stands."""
        from bisect import bisect_right

        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def range(self, start: int, end: int) -> Range:
        """Return where a half-open pair of character offsets stands."""
        return Range(self.position(start), self.position(end))

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        starts = self._line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class Place(Value):
    """Where a value is written: character offsets, half-open.

    Where the value came from elsewhere (the default of a parameter, a mapping, a local), the
    place is that of the use, and `definition` is that of the literal, with a note what it is.
    `source` is the text it stands in, unless that is the document's own.
    """

    start: int
    end: int
    definition: Place | None = None
    note: str = ""
    source: Source | None = None


class Variant(Value):
    """A document under one choice of its conditions, in words in `condition` (empty: always).

    `issued` is the request that the certificate in place was issued for, where the file tells;
    `imported` stands instead of a request where the certificate is brought along. `places` maps
    paths to places; a path that is not in it stands where its longest prefix does. `validators` are
    the blocks that a module has for the validation, and `instance` is the address of one of
    several certificates that a file declares as one, or may.
    """

    request: CertificateRequest | None
    consumers: tuple[Consumer, ...]
    places: Mapping[Path, Place]
    zones: tuple[Zone, ...] = ()
    caa: tuple[CaaRecordSet, ...] = ()
    condition: str = ""
    all_consumers_known: bool = False
    issued: CertificateRequest | None = None
    imported: ImportedCertificate | None = None
    records: tuple[Record, ...] = ()
    validators: tuple[str, ...] = ()
    instance: str = ""

    def place(self, path: Path) -> Place:
        """Return where a path stands: its own place, or that of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


class Document(Value):
    """One certificate with its consumers, or one consumer alone, as read from a source.

    A request made in a program has no source.
    `bounded` says in words what was left out where the conditions had too many combinations.
    `known_as` is what the certificate goes by in other files: its ARN, imports of an export.
    """

    source: Source | None
    tool: Tool
    address: str
    variants: tuple[Variant, ...]
    bounded: str = ""
    known_as: tuple[str, ...] = ()

    @property
    def request(self) -> CertificateRequest | None:
        """The request under the first choice of the conditions."""
        return self.variants[0].request

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.source.name if self.source else ""

    def files(self) -> Iterator[str]:
        """Yield the names of the files that the certificate and its consumers stand in."""
        yield self.file
        for variant in self.variants:
            for index in range(len(variant.consumers)):
                source = variant.place(("consumers", index)).source
                if source is not None:
                    yield source.name


class Unreadable(Exception):  # noqa: N818  (named after what the input is)
    """An input that could not be judged: the file, the fault, and the offset where it stands."""

    def __init__(self, name: str, fault: str, position: Position | None = None) -> None:
        super().__init__(name, fault, position)
        self.name = name
        self.fault = fault
        self.position = position

    def __str__(self) -> str:
        place = f":{self.position.line}:{self.position.column}" if self.position else ""
        return f"{printable(self.name)}{place}: {self.fault}"


class Parameters(Value):
    """What the caller knows of the outside: values by parameter name, and the Region.

    `variable_files` are files with the values of Terraform variables, the last one the strongest.
    With `around`, what stands around certificates is read where there are none, too, and so are
    the records that lead to hosts.
    """

    values: Mapping[str, str]
    region: str | None = None
    variable_files: tuple[Source, ...] = ()
    around: bool = False
