"""Terraform modules before evaluation: the blocks of a folder, and the modules it calls."""

from __future__ import annotations

from acmrules.syntax.hcl.ast import Argument, Block, Body, File
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from typing import TypeVar

    Name = tuple[str, str]
    """The type and the name of a resource."""
    K = TypeVar("K")

_OVERRIDES = ("_override.tf", "_override.tf.json", "/override.tf", "/override.tf.json")


def overrides(path: str) -> bool:
    """Return whether a file is an override file, which its name determines."""
    return f"/{path}".endswith(_OVERRIDES)


class Module:
    """The files of a folder and their blocks, none of them evaluated."""

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
        self.repeated: dict[Name, Block] = {}
        """The resources and modules that an earlier block declares; a number distinguishes them.

        The type of a module is `module`.
        """
        self.place: Block | None = None
        """The call that a module from elsewhere belongs to: its resources are located there.

        The files of such a module have no names.
        """

    @property
    def is_external(self) -> bool:
        """Whether the module is not in the files of the run."""
        return self.place is not None

    def placed_at(self, place: Block) -> Module:
        """Return a module from elsewhere, whose resources are located at a call."""
        found = Module(self.folder)
        found.__dict__.update(self.__dict__)
        found.place = place
        found.resources = {name: _placed(block, place) for name, block in self.resources.items()}
        found.data = {name: _placed(block, place) for name, block in self.data.items()}
        found.repeated = {}
        return found

    @property
    def settable_variables(self) -> frozenset[str]:
        """The variables whose values are used: those of sensitive variables are secrets."""
        # Most blocks are never parsed.
        files = {file.source.name for file in self.files if "sensitive" in file.source.text}
        return frozenset(
            name
            for name, block in self.variables.items()
            if block.source.name not in files or not is_sensitive(block)
        )

    def add(self, file: File) -> Iterator[InputError]:
        """Add a file, override files last; yield an error for each unreadable block."""
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
            name = block.labels[0], block.labels[1]
            if block.type == "resource" and not over and name in self.resources:
                name = (
                    name[0],
                    _unused(name[1], {n for kind, n in self.resources if kind == name[0]}),
                )
                self.repeated[name] = block
            _put(typed[block.type], name, block, over=over)
        elif block.type in named and len(block.labels) == 1:
            label = block.labels[0]
            if block.type == "module" and not over and label in self.calls:
                label = _unused(label, self.calls)
                self.repeated["module", label] = block
            _put(named[block.type], label, block, over=over)
        elif block.type == "provider" and block.labels:
            _put(self.providers, _provider(block), block, over=over)


def _placed(block: Block, place: Block) -> Block:
    """Return a block whose header is located at another block."""
    return Block(place.source, place.start, place.end, block.type, block.labels, lambda: block.body)


def _unused(name: str, used: Container[str]) -> str:
    """Return a name with the first number that makes it unique."""
    number = 2
    while f"{name} ({number})" in used:
        number += 1
    return f"{name} ({number})"


def _put(blocks: dict[K, Block], name: K, block: Block, *, over: bool) -> None:
    blocks[name] = _merged(blocks[name], block) if over and name in blocks else block


def _merged(block: Block, over: Block) -> Block:
    """Return a block with the arguments and blocks of an overriding block."""

    def body() -> Body:
        below, above = block.body, over.body
        # Arguments of `lifecycle` are replaced one by one; a reader uses the first that it finds.
        replaced = {*above.attributes, *map(kind_of, above.blocks)} - {"lifecycle"}
        kept = [inner for inner in below.blocks if kind_of(inner) not in replaced]
        attributes = below.attributes.items()
        arguments = {name: argument for name, argument in attributes if name not in replaced}
        return Body(arguments | above.attributes, [*above.blocks, *kept])

    return Block(block.source, block.start, block.end, block.type, block.labels, body)


def kind_of(block: Block) -> str:
    """Return the type of a nested block, for a `dynamic` block the type that it generates."""
    return block.labels[0] if block.type == "dynamic" and len(block.labels) == 1 else block.type


def source_of(call: Block) -> str:
    """Return the source of a called module, empty if there is none; raises `InputError`."""
    argument = call.body.attributes.get("source")
    return argument.value.written if argument else ""


def is_local(source: str) -> bool:
    """Return whether the source of a module is a path relative to the module that calls it."""
    return source in {".", ".."} or source.startswith(("./", "../"))


def is_sensitive(variable: Block) -> bool:
    """Return whether the value of a variable is a secret, `False` if its block is invalid."""
    try:
        stated = variable.body.attributes.get("sensitive")
    except InputError:
        return False
    return stated is not None and stated.value.written == "true"


def _provider(block: Block) -> str:
    """Return the name by which resources refer to a provider, including its alias."""
    alias = block.body.attributes.get("alias")
    return f"{block.labels[0]}.{alias.value.written}" if alias else block.labels[0]


class ModuleCall:
    """A module as reached by a chain of calls from the root; `calls` are its own calls.

    `address` is empty for the root, otherwise it ends in a dot. It has no instance keys.
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
        """Yield this call and all calls below it."""
        pending = [self]
        while pending:
            call = pending.pop()
            yield call
            pending += reversed(call.calls.values())

    def folders(self) -> Iterator[str]:
        """Yield the folders of this module and of the modules above it."""
        call: ModuleCall | None = self
        while call:
            yield call.module.folder
            call = call.parent


class ResourceBlock:
    """A resource block, and the call of the module that contains it."""

    def __init__(self, call: ModuleCall, name: Name, block: Block, prefix: str = "") -> None:
        self.call = call
        self.kind = name[0]
        self.name = prefix + ".".join(name)
        self.block = block
        self.address = call.address + self.name
