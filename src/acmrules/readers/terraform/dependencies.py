"""Which changes of Terraform modules may concern a certificate request.

A request depends on the definitions whose names its block contains, and on those whose names these
contain, in every module below its root. Names are compared without their kinds and scopes, so a
change may seem to concern a request that does not use it. The opposite never happens.
"""

from __future__ import annotations

import re

from acmrules.readers.terraform.known_modules import may_be_called
from acmrules.readers.terraform.reader import local_source
from acmrules.readers.terraform.resources.consumers import KUBERNETES
from acmrules.readers.terraform.resources.references import CERTIFICATE
from acmrules.syntax.hcl import parse
from acmrules.syntax.source import InputError, Source
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.syntax.hcl.ast import Argument, Block, File

    Range = tuple[int, int]

_CREATION = "create-acm-cert"
"""The annotation with which an Ingress requests a certificate."""

_ANY = ""
"""The name of what concerns every request of a root: requests, providers, moves, other blocks."""

_UNUSED = frozenset(("terraform", "check", "import", "removed"))
"""Types of blocks that no request depends on."""

_NAMED = {"variable": 1, "output": 1, "module": 1, "data": 2, "resource": 2}
"""The number of labels of blocks whose first label is the name by which others refer to them."""

_META_ARGUMENTS = frozenset(("count", "depends_on", "for_each", "providers", "source", "version"))
"""Arguments that concern a whole module; others set a variable in it."""

_words = re.compile(r"[^\W\d][\w-]*+").findall


class _File(Value):
    """A file of a module: where it defines each name, and the folders of the modules it calls.

    `callees` are by the name of the call. `has_request` is whether it may declare a request.
    """

    source: Source | InputError
    definitions: Mapping[str, tuple[Range, ...]]
    callees: Mapping[str, str]
    has_request: bool = False

    def text(self, name: str) -> str:
        """Return the definitions of a name, empty if there are none."""
        if isinstance(self.source, InputError):
            return str(self.source)
        text = self.source.text
        return "\n".join(text[start:end] for start, end in self.definitions.get(name, ()))


class Dependencies:
    """The modules of one tree at a time, and what the requests below each root depend on."""

    def __init__(self) -> None:
        self._modules: dict[str, dict[str, _File]] = {}
        self._callees: dict[str, set[str]] = {}
        self._callers: dict[str, set[str]] = {}
        self._names: dict[str, frozenset[str]] = {}

    def update(self, modules: Mapping[str, Iterable[Source | InputError]]) -> set[str]:
        """Replace the files of some folders, and return the folders whose requests this concerns.

        The request may be in a module that the folder calls. It counts as it was before, and as it
        is afterwards.
        """
        new = {folder: self._read(folder, files) for folder, files in modules.items()}
        changes = {
            folder: names
            for folder, files in new.items()
            if (names := _differences(self._modules.get(folder, {}), files))
        }
        concerned = self._concerned(changes)
        for folder, files in new.items():
            self._replace(folder, files)
        concerned |= self._concerned(changes)
        for folder in concerned:
            self._names.pop(folder, None)
        return concerned

    def _read(self, folder: str, files: Iterable[Source | InputError]) -> dict[str, _File]:
        """Return the files of a folder; one that is the same object as before is not read again."""
        known = self._modules.get(folder, {})
        return {
            each.name: before
            if (before := known.get(each.name)) and before.source is each
            else _read(folder, each)
            for each in files
        }

    def _replace(self, folder: str, files: dict[str, _File]) -> None:
        self._modules[folder] = files
        callees = {callee for file in files.values() for callee in file.callees.values()}
        for callee in self._callees.get(folder, set()) - callees:
            self._callers[callee].discard(folder)
        for callee in callees:
            self._callers.setdefault(callee, set()).add(folder)
        self._callees[folder] = callees

    def _concerned(self, changes: Mapping[str, set[str]]) -> set[str]:
        """Return the folders below which a request depends on a changed name."""
        concerned: set[str] = set()
        for folder, names in changes.items():
            for root in _reached([folder], self._callers):
                if root not in concerned and not names.isdisjoint(self._names_below(root)):
                    concerned.add(root)
        return concerned

    def _names_below(self, root: str) -> frozenset[str]:
        """Return the names that the requests below a root depend on, none without a request."""
        known = self._names.get(root)
        if known is None:
            known = frozenset(self._closure(root))
            if known:
                # Without a request there are no names, so any later change may add the first one.
                self._names[root] = known
        return known

    def _closure(self, root: str) -> set[str]:
        """Return the names in the blocks of requests, and those that their definitions contain."""
        folders = _reached([root], self._callees)
        files = [file for folder in folders for file in self._modules.get(folder, {}).values()]
        requesting = [folder for folder in folders if self._has_request(folder)]
        if not requesting:
            return set()
        leading = _reached(requesting, self._callers)
        calls = {
            name for file in files for name, callee in file.callees.items() if callee in leading
        }
        names: set[str] = set()
        pending = {_ANY, *calls}
        while pending:
            names |= pending
            texts = [file.text(name) for file in files for name in pending]
            pending = {word for text in texts for word in _words(text)} - names
        return names

    def _has_request(self, folder: str) -> bool:
        return any(file.has_request for file in self._modules.get(folder, {}).values())


def _reached(folders: Iterable[str], steps: Mapping[str, Iterable[str]]) -> set[str]:
    """Return some folders, and those that any number of steps reaches from them."""
    reached: set[str] = set()
    pending = [*folders]
    while pending:
        folder = pending.pop()
        if folder not in reached:
            reached.add(folder)
            pending += steps.get(folder, ())
    return reached


def _differences(before: Mapping[str, _File], after: Mapping[str, _File]) -> set[str]:
    """Return the names whose definitions differ between two versions of a module."""
    names: set[str] = set()
    for name in before.keys() | after.keys():
        old, new = before.get(name, _NO_FILE), after.get(name, _NO_FILE)
        if old is not new:
            defined = old.definitions.keys() | new.definitions.keys()
            names.update(each for each in defined if old.text(each) != new.text(each))
            if old.callees != new.callees:
                names.add(_ANY)
    return names


def _read(folder: str, source: Source | InputError) -> _File:
    """Return what a file of a module defines; all of it counts if it cannot be parsed."""
    if isinstance(source, InputError):
        return _File(source, {_ANY: ()}, {})
    text = source.text
    has_request = CERTIFICATE in text or _CREATION in text or may_be_called(text)
    try:
        file = parse.parse(source)
        calls = dict(_calls(folder, file))
        if not source.name.endswith(".json"):
            return _File(source, _definitions(file, calls), calls, has_request)
    except InputError:
        calls = {}
    return _File(source, {_ANY: ((0, len(source.text)),)}, calls, has_request)


def _calls(folder: str, file: File) -> Iterator[tuple[str, str]]:
    """Yield the name and the folder of each local module that a file calls."""
    for block in file.blocks:
        if block.type == "module" and len(block.labels) == 1:
            callee = local_source(folder, block)
            if callee is not None:
                yield block.labels[0], callee


def _definitions(file: File, calls: Mapping[str, str]) -> dict[str, tuple[Range, ...]]:
    """Return the ranges of the definitions of each name; raises `InputError`."""
    found: dict[str, tuple[Range, ...]] = {
        name: (_range(argument),) for name, argument in file.attributes.items()
    }
    ends = [*(block.start for block in file.blocks[1:]), len(file.source.text)]
    for block, end in zip(file.blocks, ends, strict=False):
        for name, place in _defined(block, end, calls):
            found[name] = (*found.get(name, ()), place)
    return found


def _defined(block: Block, end: int, calls: Mapping[str, str]) -> Iterator[tuple[str, Range]]:
    """Yield each name that a block defines, with the range of the definition."""
    if block.type in _UNUSED:
        return
    if block.type == "locals":
        for name, argument in block.body.attributes.items():
            yield name, _range(argument)
    elif block.type == "module" and block.labels and block.labels[0] in calls:
        for name, argument in block.body.attributes.items():
            yield block.labels[0] if name in _META_ARGUMENTS else name, _range(argument)
    elif block.type == "module" and may_be_called(block.source.text[block.start : end]):
        yield _ANY, (block.start, end)
    elif block.type in _NAMED and len(block.labels) == _NAMED[block.type]:
        name = block.labels[0]
        is_request = block.type == "resource" and (
            name == CERTIFICATE or (name in KUBERNETES and _CREATION in block.source.text)
        )
        yield _ANY if is_request else name, (block.start, end)
    else:
        yield _ANY, (block.start, end)


def _range(argument: Argument) -> Range:
    return argument.key[0], argument.value.end


_NO_FILE = _File(InputError("", ""), {}, {})
