"""The objects in the manifests of a file, in any number of documents and lists."""

from __future__ import annotations

from acmrules.readers.cluster.objects import ENTRY, Object
from acmrules.readers.evaluated import ORIGIN, EvaluatedReader
from acmrules.readers.fields import Fields
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import CommaSeparatedEntries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from acmrules.readers.options import Parameters
    from acmrules.syntax.tree import Data, Pointer, Step, Tree

_PLACEHOLDER_MARKS = ("$", "{{", "<")


class Manifests:
    """The manifests in a file as one tree; each one is a YAML document or a JSON value.

    A pointer begins with the index of the manifest.
    """

    __slots__ = (
        "_entries",
        "_has_placeholders",
        "_parameters",
        "_trees",
        "_wholes",
        "data",
        "source",
    )

    EDITS = "acmrules.readers.kubernetes.edits"

    def __init__(self, source: Source, parameters: Parameters) -> None:
        """Raise `InputError` for text that is neither valid YAML nor valid JSON."""
        self.source = source
        self._parameters = parameters
        self._entries = CommaSeparatedEntries(source.text)
        self._wholes: dict[Pointer, tuple[int, int]] = {}
        self._trees: list[Tree] = list(trees(source, texts=True, extra="kubernetes"))
        self.data: Data = [tree.data for tree in self._trees]
        self._has_placeholders = any(mark in source.text for mark in _PLACEHOLDER_MARKS)

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the start and end of a value, for a string without its quotes."""
        number, path = pointer[0], pointer[1:]
        if path[-1:] == (ORIGIN,):
            path = path[:-1]
        if path[-2:-1] == (ENTRY,):
            whole = pointer[:-2]
            if whole not in self._wholes:
                self._wholes[whole] = self.place(whole)
            return self._entries.place(self._wholes[whole], int(path[-1]))
        return self.manifest(number).place(path)

    def manifest(self, number: Step) -> Tree:
        """Return one of the manifests."""
        return self._trees[int(number)]

    def unreadable(self, fault: ReadError) -> InputError:
        """Return the error for the user, without the index of the manifest."""
        number, *path = fault.pointer
        return ReadError(tuple(path), fault.fault).unreadable(self.manifest(number))

    def objects(self, types: Container[tuple[str, str]]) -> Iterator[Object]:
        """Yield the objects of some groups and kinds in order; raises `TypeMismatchError`."""
        for pointer, data in self._declared():
            if isinstance(data, dict):
                kind, version = data.get("kind"), data.get("apiVersion")
                if isinstance(kind, str) and isinstance(version, str):
                    type_ = version.rpartition("/")[0], kind
                    if type_ in types:
                        yield self._object(type_, data, pointer)

    def _declared(self) -> Iterator[tuple[Pointer, Data]]:
        for number, data in enumerate(self.data):
            items = data.get("items") if isinstance(data, dict) else None
            if isinstance(items, list) and data.get("kind") == "List":
                yield from (((number, "items", index), item) for index, item in enumerate(items))
            else:
                yield (number,), data

    def _object(self, type_: tuple[str, str], data: Data, pointer: Pointer) -> Object:
        if self._has_placeholders:
            from acmrules.readers.kubernetes.placeholders import filled

            data = filled(data, pointer, self, self._parameters.values)
        fields = Fields(EvaluatedReader(), data, pointer)
        metadata = fields.inner("metadata")
        namespace = metadata.text("namespace") or ("",)
        name = metadata.text("name") or metadata.text("generateName") or (type_[1],)
        return Object(type_, (str(namespace[0]), str(name[0])), fields)
