"""Configurations of Terragrunt: the inputs of a module that are literals.

Terragrunt passes inputs as environment variables, which have the lowest precedence
(https://terragrunt.gruntwork.io/docs/features/inputs/). Inputs of an included file are merged, and
those of the including file win. What a function computes is unknown, and left out.
"""

from __future__ import annotations

import posixpath

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval.expressions import Work, evaluate
from acmrules.readers.terraform.eval.values import EvaluationError, NotConstant, node_at, plain_data
from acmrules.syntax.errors import ReadError
from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.hcl import native
from acmrules.syntax.source import InputError
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.syntax.hcl.ast import Argument, Block, Expression, File
    from acmrules.syntax.source import Source
    from acmrules.unresolved import Text

    Read = Callable[[str], Source | None]
    """Returns a file by its path, `None` if there is none."""

NAME = "terragrunt.hcl"
"""The name of the configuration of a unit."""

_FOUND = "\0"
"""The mark of a path that a function returns: it is relative to where all paths begin."""

_MOST_FILES = 20
_MOST_LEVELS = 40


class Unit(Value):
    """The folder of the module that a configuration is for, and its literal inputs."""

    module: str
    inputs: dict[str, Node]
    paths: tuple[str, ...]


def unit(path: str, read: Read) -> Unit | None:
    """Return the unit of a configuration, `None` if its module is not local."""
    reader = _Reader(posixpath.dirname(path), read)
    try:
        return reader.unit(path)
    except (InputError, ReadError, _Open, RecursionError):
        return None


class _Open(Exception):  # noqa: N818  (not an error: a value is unknown)
    """A path or a condition is unknown."""


class _Reader:
    """Reads the files of one unit; `folder` is that of its configuration."""

    def __init__(self, folder: str, read: Read) -> None:
        self._folder = folder
        self._read = read
        self._files: dict[str, _Config] = {}

    def unit(self, path: str) -> Unit | None:
        config = self._config(path)
        if config is None:
            return None
        source = config.source()
        included = [*config.included()]
        if source is None:
            for _, parent, _ in included:
                source = source or parent.source()
        module = self._folder if source is None else source
        inputs: dict[str, Node] = {}
        for _, parent, strategy in included:
            if strategy == "no_merge":
                continue
            inputs |= parent.inputs()
        own = config.inputs()
        if any(strategy == "deep" for _, _, strategy in included):
            for name in [*own]:
                if name in inputs and isinstance(own[name].value, dict | list):
                    del own[name], inputs[name]  # The result is a combination of both.
        for name in config.unknown_inputs():
            inputs.pop(name, None)
        return Unit(module, inputs | own, tuple(self._files))

    def _config(self, path: str) -> _Config | None:
        path = posixpath.normpath(path)
        if path not in self._files:
            source = self._read(path) if len(self._files) < _MOST_FILES else None
            if source is None:
                return None
            self._files[path] = _Config(self, native.parse(source), path)
        return self._files[path]

    def config(self, path: str) -> _Config:
        """Return another file; raises `_Open` if there is none."""
        found = self._config(path)
        if found is None:
            raise _Open
        return found

    # Paths

    def path(self, expression: Expression, of: str) -> str:
        """Return a path that an expression of a file evaluates to; raises `_Open`."""
        if isinstance(expression, hcl.Literal) and isinstance(expression.value, str):
            return expression.value
        if isinstance(expression, hcl.Template):
            return "".join(self.path(part, of) for part in expression.parts)
        if isinstance(expression, hcl.Call):
            arguments = [self.path(each, of) for each in expression.arguments]
            return self._called(expression.function, arguments, of)
        raise _Open

    def _called(self, function: str, arguments: list[str], of: str) -> str:
        if function in {"get_terragrunt_dir", "get_original_terragrunt_dir"}:
            return _FOUND + (self._folder or ".")
        if function == "dirname" and arguments:
            path = arguments[0].removeprefix(_FOUND)
            return _FOUND * arguments[0].startswith(_FOUND) + (posixpath.dirname(path) or ".")
        if function == "find_in_parent_folders":
            return self._in_parent_folders(arguments[0] if arguments else NAME)
        if function == "get_parent_terragrunt_dir":
            return _FOUND + (posixpath.dirname(of) or ".")
        raise _Open

    def _in_parent_folders(self, name: str) -> str:
        folder = self._folder
        for _ in range(_MOST_LEVELS):
            folder = _above(folder)
            path = posixpath.join(folder, name)
            if self._read(path) is not None:
                return _FOUND + path
        raise _Open


def _above(folder: str) -> str:
    """Return the folder above, also above the folder where relative paths begin."""
    if folder in {"", "."} or posixpath.basename(folder) == "..":
        return posixpath.join(folder, "..")
    return posixpath.dirname(folder)


class _Config:
    """A parsed file, whose expressions it is the scope of."""

    def __init__(self, reader: _Reader, file: File, path: str) -> None:
        self.work = Work()
        self._reader = reader
        self._file = file
        self._path = path
        self._locals: dict[str, Node | None] = {}
        self._arguments: dict[str, Argument] = {}
        for block in file.blocks:
            if block.type == "locals":
                self._arguments |= block.body.attributes

    def source(self) -> str | None:
        """Return the folder of the module, `None` if none is stated; raises `_Open`."""
        for block in self._file.blocks:
            stated = block.body.attributes.get("source") if block.type == "terraform" else None
            if stated:
                path = self._reader.path(stated.value, self._path)
                if ":" in path or "?" in path:
                    raise _Open
                return _normal(self._joined(path.replace("//", "/")))
        return None

    def included(self) -> Iterator[tuple[str, _Config, str]]:
        """Yield the included files: their labels, and how they are merged; raises `_Open`."""
        for block in self._file.blocks:
            if block.type == "include":
                yield block.labels[0] if block.labels else "", self._included(block), _merge(block)

    def _included(self, block: Block) -> _Config:
        stated = block.body.attributes.get("path")
        if stated is None:
            raise _Open
        path = self._reader.path(stated.value, self._path)
        return self._reader.config(self._joined(path))

    def _joined(self, path: str) -> str:
        """Return a path that is relative to the folder of the file, unless a function found it."""
        if path.startswith(_FOUND):
            return path.removeprefix(_FOUND)
        return posixpath.join(posixpath.dirname(self._path), path)

    def inputs(self) -> dict[str, Node]:
        """Return the inputs whose values are known completely."""
        return {name: node for name, node in self._all_inputs().items() if _is_known(node)}

    def unknown_inputs(self) -> list[str]:
        """Return the names of the other inputs."""
        return [name for name, node in self._all_inputs().items() if not _is_known(node)]

    def _all_inputs(self) -> dict[str, Node]:
        stated = self._file.attributes.get("inputs")
        if stated is None:
            return {}
        try:
            value = evaluate(stated.value, self).value
        except (ReadError, _Open):
            return {}
        return dict(value) if isinstance(value, dict) else {}

    def as_object(self) -> dict[str, Node]:
        """Return what another file can refer to."""
        found = {name: self.local(name) for name in self._arguments}
        known = {name: node for name, node in found.items() if node is not None}
        return {"locals": self._map(known), "inputs": self._map(self.inputs())}

    def _map(self, members: dict[str, Node]) -> Node:
        return Node(members, self._file.source, 0, 0)

    # The scope of expressions

    def local(self, name: str) -> Node | None:
        """Return the value of a local, `None` if it is unknown."""
        argument = self._arguments.get(name)
        if argument is None:
            return None
        if name not in self._locals:
            self._locals[name] = None
            self._locals[name] = self._known_local(argument.value)
        return self._locals[name]

    def _known_local(self, expression: Expression) -> Node | None:
        try:
            return self._local(expression)
        except (ReadError, _Open):
            return None

    def _local(self, expression: Expression) -> Node:
        if isinstance(expression, hcl.Call) and expression.function == "read_terragrunt_config":
            path = self._reader.path(expression.arguments[0], self._path)
            return node_at(expression, self._reader.config(self._joined(path)).as_object())
        return evaluate(expression, self)

    def resource(self, kind: str, name: str) -> Node | None:
        """Return an included file, which `include.LABEL` refers to."""
        if kind != "include":
            return None
        for block in self._file.blocks:
            if block.type == "include" and block.labels[:1] == (name,):
                return node_at(block, self._included(block).as_object())
        return None

    def variable(self, name: str) -> Node | None:  # noqa: ARG002
        """Return `None`: a configuration has no variables."""
        return None

    def data(self, kind: str, name: str) -> Node | None:  # noqa: ARG002
        """Return `None`: a configuration has no data sources."""
        return None

    def module(self, name: str) -> Node | None:  # noqa: ARG002
        """Return `None`: a configuration calls no modules."""
        return None

    def terraform(self, name: str) -> Node | None:  # noqa: ARG002
        """Return `None`: the workspace is unknown."""
        return None

    def each(self, member: str) -> Node | None:  # noqa: ARG002
        """Return `None`: nothing is repeated."""
        return None

    def count(self) -> Node | None:
        """Return `None`: nothing is repeated."""
        return None

    def for_conditions(self) -> _Config:
        """Return the scope itself, because nothing has a default."""
        return self

    def decide(self, label: str) -> bool:
        """Raise `_Open`: no condition is decided."""
        del label
        raise _Open

    def choose(self, name: str, keys: list[str], *, is_one: bool) -> str | None:
        """Raise `NotConstant`: no key is chosen."""
        del name, keys, is_one
        raise NotConstant

    def definition(self, local: str) -> Expression | None:  # noqa: ARG002
        """Return `None`: no definition is followed."""
        return None

    def file(self, path: Text, *, is_pem: bool = False) -> Source | None:
        """Return `None`: no file is read."""
        del path, is_pem
        return None

    def qualify(self, label: str) -> str:
        """Return the reference."""
        return label


def _merge(block: Block) -> str:
    stated = block.body.attributes.get("merge_strategy")
    value = stated.value if stated else None
    return str(value.value) if isinstance(value, hcl.Literal) else "shallow"


def _is_known(node: Node) -> bool:
    try:
        plain_data(node)
    except (NotConstant, EvaluationError):
        return False
    return True


def _normal(path: str) -> str:
    found = posixpath.normpath(path)
    return "" if found == "." else found
