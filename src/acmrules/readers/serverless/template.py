"""The CloudFormation template in a `serverless.yml`: its `resources`, with the variables replaced.

A pointer of the template begins with a section, such as `Resources`. The sections may be in several
items of a list, which the Serverless Framework merges.
"""

from __future__ import annotations

from acmrules.readers.cloudformation.consumers import CONSUMERS
from acmrules.readers.evaluated import unwrap
from acmrules.readers.serverless.variables import OPENING
from acmrules.readers.substituted import Substituted
from acmrules.syntax.tree import KEY, items, mapping
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.readers.serverless.variables import Variables
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Tree

FILE = -4
"""The first step of a pointer to a value outside of the template, before its own steps."""

_RESOURCES = "resources"
_DEEPEST_COPY = 200
_RELEVANT = tuple(
    f"AWS::{service}::"
    for service in ("ACMPCA", "CertificateManager", "ElasticLoadBalancingV2", "Route53")
)
"""The beginnings of the types of resources that are read in addition to consumers."""


class StackTree:
    """A tree of the template; the values of variables are in its data, but not in the file."""

    EDITS = "acmrules.readers.serverless.edits"

    __slots__ = ("_prefixes", "data", "file", "source")

    def __init__(self, file: Tree, variables: Variables, *, is_whole: bool = False) -> None:
        """With `is_whole`, the file is a template itself."""
        self.file = file
        self.source: Source = file.source
        self.data: dict[str, Data] = {}
        self._prefixes: dict[Pointer, Pointer] = {(): () if is_whole else (_RESOURCES,)}
        resources = mapping(file.data).get(_RESOURCES)
        for pointer, sections in [((), file.data)] if is_whole else parts_of(resources):
            for section, members in sections.items():
                here = (*pointer, section)
                self._prefixes.setdefault((section,), here)
                if type(members) is not dict:
                    self.data.setdefault(section, members)
                    continue
                merged = self.data.setdefault(section, {})
                for name, data in members.items():
                    if type(merged) is dict:
                        is_read = section != "Resources" or _is_relevant(data)
                        merged[name] = _relocated(variables.filled(data)) if is_read else data
                        self._prefixes[section, name] = (*here, name)

    def located(self, pointer: Pointer) -> Pointer:
        """Return the pointer to a value in the file, or to the expression that it comes from."""
        if pointer[:1] == (FILE,):
            return pointer[1:]
        is_key = pointer[-1:] == (KEY,)
        steps = pointer[:-1] if is_key else pointer
        length = 2 if steps[:2] in self._prefixes else 1 if steps[:1] in self._prefixes else 0
        found = self._prefixes[steps[:length]]
        data: Data = self.file.data
        for step in found:
            data = data[step]
        for step in steps[length:]:
            try:
                data = None if type(data) is str else data[step]
            except (LookupError, TypeError):
                data = None
            if data is None:
                return found  # The rest is the value of a variable.
            found = (*found, step)
        return (*found, KEY) if is_key else found

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the start and end of a value, or of the expression that it comes from."""
        return self.file.place(self.located(pointer))


def parts_of(resources: Data) -> Iterator[tuple[Pointer, dict[str, Data]]]:
    """Yield the parts of a template that a configuration contains, with their pointers."""
    if type(resources) is dict:
        yield (_RESOURCES,), resources
    for index, part in enumerate(items(resources)):
        if type(part) is dict:
            yield (_RESOURCES, index), part


def included(resources: Data) -> Iterator[str]:
    """Yield the variables by which a configuration includes resources of other files."""
    for data in [resources, *items(resources)]:
        if type(data) is str and OPENING in data:
            yield data
    for _, part in parts_of(resources):
        section = part.get("Resources")
        for data in [section, *mapping(section).values()]:
            if type(data) is str and OPENING in data:
                yield data


def _is_relevant(data: Data) -> bool:
    """Return whether the values of a resource matter; the variables of others are not evaluated."""
    kind = mapping(data).get("Type")
    return type(kind) is str and (kind in CONSUMERS or kind.startswith(_RELEVANT))


def _relocated(data: Data, depth: int = 0) -> Data:
    """Return data as that of a template: structures are plain, and unknown values are references.

    The origins of values become pointers of the tree.
    """
    if depth >= _DEEPEST_COPY:
        return data
    if isinstance(data, Substituted):
        value = data.value
        if type(value) is Unresolved and len(value.parts) == 1:
            return {"Ref": str(value)[2:-1]}
        if type(value) is dict or any(map(_is_structure, items(value))):
            return _relocated(value, depth + 1)
        listed = [_relocated(item, depth + 1) for item in value] if type(value) is list else value
        definition = data.definition and (FILE, *data.definition)
        return Substituted(listed, definition, data.note)
    if type(data) is dict:
        return {key: _relocated(item, depth + 1) for key, item in data.items()}
    return [_relocated(item, depth + 1) for item in data] if type(data) is list else data


def _is_structure(data: Data) -> bool:
    return type(unwrap(data)) in {dict, list}
