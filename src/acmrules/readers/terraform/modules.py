"""Terraform's modules as they are written: what a folder declares, and whom it calls."""

from __future__ import annotations

from acmrules.syntax.hcl.ast import Block, Body
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeVar

    from acmrules.syntax.hcl.ast import Argument, File

    Name = tuple[str, str]
    """The type and the name of a resource."""
    K = TypeVar("K")

_OVERRIDES = ("_override.tf", "_override.tf.json", "/override.tf", "/override.tf.json")


def overrides(path: str) -> bool:
    """Say whether a file's blocks are put over those of the others, as its name says."""
    return f"/{path}".endswith(_OVERRIDES)


class Module:
    """The files of a folder, and what they declare; nothing of it is evaluated."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: list[File] = []
        self.variables: dict[str, Block] = {}
        self.locals: dict[str, Argument] = {}
        self.resources: dict[Name, Block] = {}
        self.data: dict[Name, Block] = {}
        self.calls: dict[str, Block] = {}
        self.outputs: dict[str, Block] = {}
        self.providers: dict[str, Block] = {}

    def add(self, file: File) -> Iterator[InputError]:
        """Add what a file declares, those that override others last; yield what cannot be read."""
        self.files.append(file)
        over = overrides(file.source.name)
        for block in file.blocks:
            try:
                self._add(block, over=over)
            except InputError as error:
                yield error.with_traceback(None)

    def _add(self, block: Block, *, over: bool) -> None:
        named = {"variable": self.variables, "module": self.calls, "output": self.outputs}
        typed = {"resource": self.resources, "data": self.data}
        if block.type == "locals":
            self.locals |= block.body.attributes
        elif block.type in typed and len(block.labels) == 2:  # noqa: PLR2004
            _put(typed[block.type], (block.labels[0], block.labels[1]), block, over=over)
        elif block.type in named and len(block.labels) == 1:
            _put(named[block.type], block.labels[0], block, over=over)
        elif block.type == "provider" and block.labels:
            _put(self.providers, _provider(block), block, over=over)


def _put(blocks: dict[K, Block], name: K, block: Block, *, over: bool) -> None:
    blocks[name] = _merged(blocks[name], block) if over and name in blocks else block


def _merged(block: Block, over: Block) -> Block:
    """Return a block with the arguments, and the blocks of each type, that another one has."""

    def body() -> Body:
        below, above = block.body, over.body
        # Of `lifecycle` each argument is replaced by itself; who looks for one takes the first.
        replaced = {*above.attributes, *map(kind_of, above.blocks)} - {"lifecycle"}
        kept = [inner for inner in below.blocks if kind_of(inner) not in replaced]
        attributes = below.attributes.items()
        arguments = {name: argument for name, argument in attributes if name not in replaced}
        return Body(arguments | above.attributes, [*above.blocks, *kept])

    return Block(block.source, block.start, block.end, block.type, block.labels, body)


def kind_of(block: Block) -> str:
    """Return the type of a nested block, of a `dynamic` one that of the blocks it makes."""
    return block.labels[0] if block.type == "dynamic" and len(block.labels) == 1 else block.type


def _provider(block: Block) -> str:
    """Return the name that resources call a provider by, with its alias if it has one."""
    alias = block.body.attributes.get("alias")
    return f"{block.labels[0]}.{alias.value.written}" if alias else block.labels[0]


class ModuleCall:
    """A module as the calls from the root lead to it; `calls` are those that it makes itself.

    `address` is empty for the root and ends in a dot for all others, without the keys of instances.
    """

    def __init__(
        self,
        module: Module,
        parent: ModuleCall | None = None,
        name: str = "",
        block: Block | None = None,
    ) -> None:
        self.module = module
        self.parent = parent
        self.name = name
        self.block = block
        self.address: str = f"{parent.address}module.{name}." if parent else ""
        self.calls: dict[str, ModuleCall] = {}

    def all(self) -> Iterator[ModuleCall]:
        """Yield this call and all that follow from it."""
        pending = [self]
        while pending:
            call = pending.pop()
            yield call
            pending += reversed(call.calls.values())

    def folders(self) -> Iterator[str]:
        """Yield the folders of the modules on the way to this one."""
        call: ModuleCall | None = self
        while call:
            yield call.module.folder
            call = call.parent
