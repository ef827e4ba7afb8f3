"""The documents of a file as one tree, so that a location in any of them is one pointer."""

from __future__ import annotations

from acmrules.readers.account.typed import typed
from acmrules.syntax.structured import is_json, trees
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer


class Documents:
    """The documents of a file; a pointer begins with the index of its document.

    `EDITS` is empty, because no edit of what AWS answered has an effect.
    """

    __slots__ = ("_trees", "data", "source")

    EDITS = ""

    def __init__(self, source: Source) -> None:
        """Raise `InputError` if the source is not valid."""
        self.source = source
        is_yaml = not is_json(source)
        self._trees = [*trees(source, texts=is_yaml)]
        data = [tree.data for tree in self._trees]
        self.data: Data = typed(data) if is_yaml else data

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the start and end of a value, for a string without its quotes."""
        if not pointer:
            return 0, 0
        return self._trees[int(pointer[0])].place(pointer[1:])

    def objects(self) -> Iterator[ObjectIn]:
        """Yield the objects that are documents, and those in lists that are."""
        for index, data in enumerate(self.data):
            if type(data) is list:
                for number, item in enumerate(data):
                    yield ObjectIn((index, number), item)
            else:
                yield ObjectIn((index,), data)


class ObjectIn(Value):
    """Data at a pointer."""

    pointer: Pointer
    data: Data
