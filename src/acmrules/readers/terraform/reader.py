"""Reader of Terraform configurations: each folder is a module, read with the modules it calls."""

from __future__ import annotations

import re

from acmrules.readers.conditions import ROOT
from acmrules.readers.evaluated import Node
from acmrules.readers.options import Parameters, ReadScope
from acmrules.readers.terraform.declarations import RootModule
from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.modules import Module, ModuleCall, overrides
from acmrules.readers.terraform.resources.references import CERTIFICATE
from acmrules.readers.terraform.scopes import Evaluation, ModuleInstance, with_note
from acmrules.syntax.errors import ReadError
from acmrules.syntax.hcl import parse
from acmrules.syntax.source import InputError, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.syntax.hcl.ast import Block

    Load = Callable[[str], Iterable[Source | InputError]]
    """Returns the files of a folder that Terraform loads."""

_CERTIFICATE_WORDS = (CERTIFICATE, ":acm:")
_DNS_WORDS = ("aws_route53_", "certificate")
_WORDS_OF_CALLS = ("acm", "cert", "ACM", "Cert", "ssl", "subject_alternative_names")
_LOCAL_SOURCE = re.compile(r"source\"?\s*[=:]\s*\"(\.\.?/?[^\"]*)\"")
_BLOCK_START = r'(?m)^(?:resource|module|data)[ \t]+"[\w-]+"'
_VARIABLES_FILES = (".tfvars", ".tfvars.json")
_MAX_CALLS = 10_000


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the declarations of a file, read as a module of its own.

    Returns `None` if it has none. Raises `InputError`.
    """
    if source.name == "-" and not re.search(_BLOCK_START, source.text):
        return None
    configuration = ModuleTree(lambda folder: [] if folder else [source], parameters)
    declarations = configuration.declarations("")
    for unreadable in configuration.unreadable.values():
        raise unreadable
    return declarations or None


class ModuleTree:
    """The modules of a run, each parsed once; `unreadable` are the errors by file."""

    def __init__(self, load: Load, parameters: Parameters) -> None:
        self._load = load
        self._parameters = parameters
        self._sources: dict[str, list[Source]] = {}
        self._called: dict[str, list[str]] = {}
        self._modules: dict[str, Module] = {}
        self._roots: dict[str, ModuleCall] = {}
        self.unreadable: dict[str, InputError] = {}

    def roots(self, folders: Iterable[str]) -> list[str]:
        """Return the folders whose modules are not called from other folders.

        Only folders count whose modules, or modules they may call, may contain certificates.
        """
        relevant = self._may_contain_certificates(sorted(folders))
        called = set[str]()
        for folder in relevant:
            if folder not in called:
                calls = [call.module.folder for call in self._call_tree(folder).all()]
                called.update(calls[1:])
        return [folder for folder in relevant if folder not in called]

    def concerned(self, folders: Iterable[str], changed: Container[str]) -> list[str]:
        """Return the folders whose modules, or modules they may call, have changed."""
        return self._folders_that_reach(sorted(folders), lambda folder: folder in changed)

    def moves(self, root: str) -> dict[str, str]:
        """Return the old address for each new one, from the `moved` blocks of a root module."""
        moved = {}
        for call in self._call_tree(root).all():
            for block in (block for file in call.module.files for block in file.blocks):
                if block.type != "moved":
                    continue
                ends = block.body.attributes.get("to"), block.body.attributes.get("from")
                after, before = (end and call.address + end.value.written for end in ends)
                if after and before:
                    moved[after] = before
        return moved

    def not_checked(self, folders: Iterable[str]) -> Iterator[NotChecked]:
        """Yield the calls of remote modules about certificates.

        They are those in the modules of some folders, and in the local modules that these call.
        """
        reached = dict.fromkeys(folders)
        pending = [*reached]
        while pending:
            called = [each for each in self._called_by(pending.pop()) if each not in reached]
            reached |= dict.fromkeys(called)
            pending += called
        for folder in reached:
            if any(_may_call_remotely(source.text) for source in self._sources_of(folder)):
                from acmrules.readers.terraform.remote import remote_calls

                yield from remote_calls(self._module(folder))

    def declarations(
        self, root: str, parameters: Parameters | None = None
    ) -> tuple[Declaration, ...]:
        """Return the declarations of a module and of the modules it calls.

        `parameters` replace those of the run if the module has its own. Raises `InputError` for a
        variables file that cannot be read.
        """
        parameters = parameters or self._parameters
        call = self._call_tree(root)
        values = _fixed_values(call.module, parameters)
        root_module = RootModule(call, values, parameters.region, self.unreadable, parameters.scope)
        return tuple(root_module.declarations())

    def _may_contain_certificates(self, folders: list[str]) -> list[str]:
        """Return the folders whose modules, or modules they may call, may contain certificates."""
        words = (
            _CERTIFICATE_WORDS + _DNS_WORDS
            if self._parameters.scope is ReadScope.EVERYTHING
            else _CERTIFICATE_WORDS
        )

        def mentions(folder: str) -> bool:
            texts = (source.text for source in self._sources_of(folder))
            return any(word in text for text in texts for word in words)

        return self._folders_that_reach(folders, mentions)

    def _folders_that_reach(self, folders: list[str], matches: Callable[[str], bool]) -> list[str]:
        """Return the folders whose modules match a condition, or may call a module that does."""
        callers: dict[str, list[str]] = {folder: [] for folder in folders}
        pending = [*folders]
        matching = []
        while pending:
            folder = pending.pop()
            if matches(folder):
                matching.append(folder)
            for target in self._called_by(folder):
                if target not in callers:
                    pending.append(target)
                callers.setdefault(target, []).append(folder)
        relevant = set[str]()
        while matching:
            folder = matching.pop()
            if folder not in relevant:
                relevant.add(folder)
                matching += callers[folder]
        return [folder for folder in folders if folder in relevant]

    def _called_by(self, folder: str) -> list[str]:
        """Return the folders of the local modules that a module may call."""
        if folder not in self._called:
            texts = [source.text for source in self._sources_of(folder)]
            paths = {path for text in texts for path in _LOCAL_SOURCE.findall(text)}
            self._called[folder] = [_joined_path(folder, path) for path in sorted(paths)]
        return self._called[folder]

    def _sources_of(self, folder: str) -> list[Source]:
        """Return the files of a folder, override files last."""
        if folder not in self._sources:
            found: list[Source] = []
            for each in self._load(folder):
                if isinstance(each, Source):
                    found.append(each)
                else:
                    self.unreadable[each.name] = each
            self._sources[folder] = sorted(found, key=lambda source: overrides(source.name))
        return self._sources[folder]

    def _module(self, folder: str) -> Module:
        if folder not in self._modules:
            module = self._modules[folder] = Module(folder)
            for source in self._sources_of(folder):
                try:
                    for unreadable in module.add(parse.parse(source)):
                        self._record_error(unreadable)
                except InputError as error:
                    self._record_error(error.with_traceback(None))
        return self._modules[folder]

    def _call_tree(self, folder: str) -> ModuleCall:
        """Return a module with the local modules that it calls, except for recursive calls."""
        if folder not in self._roots:
            root = self._roots[folder] = ModuleCall(self._module(folder))
            pending = [root]
            remaining = _MAX_CALLS
            while pending and remaining:
                call = pending.pop()
                for name, block in call.module.calls.items():
                    target = self._source_of(call.module.folder, block)
                    if target is None or target in call.folders() or not self._sources_of(target):
                        continue
                    remaining -= 1
                    if not remaining:
                        fault = f"results in more than {_MAX_CALLS:,} module calls"
                        self._record_error(InputError(block.source.name, fault))
                        break
                    callee = call.calls[name] = ModuleCall(self._module(target), call, name, block)
                    pending.append(callee)
        return self._roots[folder]

    def _source_of(self, folder: str, block: Block) -> str | None:
        """Return the folder of a called module, `None` unless its source is a local path."""
        try:
            return local_source(folder, block)
        except InputError as error:
            self._record_error(error.with_traceback(None))
            return None

    def _record_error(self, unreadable: InputError) -> None:
        self.unreadable.setdefault(unreadable.name, unreadable)


def _may_call_remotely(text: str) -> bool:
    """Return whether a file may call a module about certificates, by its text."""
    return "module" in text and any(word in text for word in _WORDS_OF_CALLS)


def local_source(folder: str, block: Block) -> str | None:
    """Return the folder of the module that a block of a folder calls, `None` for a remote module.

    Raises `InputError` if the block cannot be parsed.
    """
    argument = block.body.attributes.get("source")
    written = argument.value.written if argument else ""
    is_local = written in {".", ".."} or written.startswith(("./", "../"))
    return _joined_path(folder, written) if is_local else None


def _joined_path(folder: str, path: str) -> str:
    """Return a path relative to a folder as a path relative to the base of that folder."""
    steps = folder.split("/") if folder else []
    for step in path.split("/"):
        if step == ".." and steps and steps[-1] not in {"..", ""}:
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _fixed_values(module: Module, parameters: Parameters) -> dict[str, Node]:
    """Return the values of variables that files or the caller set, in increasing precedence.

    Raises `InputError`.
    """
    empty_scope = Evaluation(ModuleCall(Module("")), {}, None, ROOT, assume_defaults=True).root
    own_files = [file for file in module.files if file.source.name.endswith(_VARIABLES_FILES)]
    # `terraform.tfvars` has the lowest precedence.
    prefix = len(module.folder)
    own_files.sort(key=lambda file: (".auto." in file.source.name[prefix:], file.source.name))
    values: dict[str, Node] = {}
    for file in (*own_files, *map(parse.parse, parameters.variable_files)):
        for name, argument in file.attributes.items():
            try:
                found = evaluate(argument.value, empty_scope)
            except ReadError as fault:
                position = file.source.position(argument.key[0])
                raise InputError(file.source.name, f"`{name}` {fault.fault}", position) from None
            values[name] = with_note(found, f"value of variable `{name}`")
    for name, text in parameters.values.items():
        values[name] = with_note(
            _passed_value(text, module.variables.get(name), empty_scope),
            f"value given for variable `{name}`",
        )
    return values


def _passed_value(text: str, variable: Block | None, empty_scope: ModuleInstance) -> Node:
    """Return the value passed for a variable: an expression, unless its type is `string`."""
    from acmrules.syntax.hcl import native

    source = Source("", text)
    kind = variable and variable.body.attributes.get("type")
    if kind and kind.value.written != "string":
        try:
            return evaluate(native.expression(source), empty_scope)
        except (InputError, ReadError):
            pass
    return Node(text, source, 0, len(text))
