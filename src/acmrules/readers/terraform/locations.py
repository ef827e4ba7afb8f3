"""Locations of values in the files of a module and of the modules it calls."""

from __future__ import annotations

from acmrules.model.locations import Locations
from acmrules.model.placed import Location
from acmrules.readers.evaluated import ORIGIN
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.evaluated import Node
    from acmrules.request import Path
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer


class ResourceTree:
    """The evaluated resources of a module, as a tree that supports `KEY` and `ORIGIN` steps.

    `external` are the addresses of the calls whose modules are not in the files of the run. Each
    ends in a dot, and has no instance keys.
    """

    EDITS = "acmrules.readers.terraform.edits"

    def __init__(
        self, source: Source, nodes: dict[str, Node], external: tuple[str, ...] = ()
    ) -> None:
        self.source = source
        self.data = nodes
        self.external = external

    def node(self, pointer: Pointer) -> Node:
        """Return the value at a pointer."""
        node = self.data[str(pointer[0])]
        for step in pointer[1:]:
            if step == ORIGIN:
                node = node.origin or node
            elif step != KEY:
                value: Data = node.value
                node = value[step] if type(value) in {dict, list} else node
        return node

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the range of a value, for a string without its quotes."""
        node = self.node(pointer)
        return node.key if pointer[-1] == KEY and node.key else (node.start, node.end)


class ModuleLocations(Locations):
    """Locations in the files of a module and of the modules it calls."""

    __slots__ = ()

    def __getitem__(self, path: Path) -> Location:
        pointer, origin = self.pointer(path)
        tree: ResourceTree = self.tree  # type: ignore[assignment]
        definition = None
        if origin is not None and origin.pointer is not None:
            there = tree.node(origin.pointer)
            if there.source.name:
                definition = Location(there.source, there.start, there.end)
        # A value passed by the caller is in no file: use the expression that contains it.
        while not tree.node(pointer).source.name:
            pointer = pointer[:-1]
        source = tree.node(pointer).source
        note = origin.note if origin else ""
        found = Location(source, *tree.place(pointer), definition, note)
        # A value that a module from elsewhere computes is located at what it is computed from.
        if definition is not None and definition.span == found.span:
            return found.__replace__(definition=None)
        return found
