"""Reader of Terraform configurations: each folder is a module, read with the modules it calls."""

from __future__ import annotations

import posixpath
import re
from functools import partial

from acmrules.messages import quoted
from acmrules.readers.conditions import ROOT
from acmrules.readers.evaluated import Node
from acmrules.readers.options import WORKSPACE, Parameters, ReadScope
from acmrules.readers.terraform.attributes import with_note
from acmrules.readers.terraform.declarations import RootModule
from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.files import ReadFiles, RootFiles
from acmrules.readers.terraform.modules import Module, ModuleCall, is_local, overrides, source_of
from acmrules.readers.terraform.resources.references import CERTIFICATE, LOOK_UP
from acmrules.readers.terraform.scopes import Evaluation, ModuleInstance
from acmrules.syntax.errors import ReadError
from acmrules.syntax.hcl import parse
from acmrules.syntax.source import InputError, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.readers.terraform.external import ExternalModules
    from acmrules.readers.terraform.files import ReadFile
    from acmrules.readers.terraform.lookups import LookUp
    from acmrules.syntax.hcl.ast import Block, File

    Load = Callable[[str], Iterable[Source | InputError]]
    """Returns the files of a folder that Terraform loads."""

_CERTIFICATE_WORDS = (
    *(CERTIFICATE, ":acm:", "alb.ingress.kubernetes.io/"),
    "cloudfront_default_certificate",
)
_IMPORTING = "certificate_body"
_RELEASE = '"helm_release"'
_ACK_GROUP = "acm.services.k8s.aws"
_DNS_WORDS = ("aws_route53_", "certificate")
_ORIGIN = "origin_protocol_policy"
_WORDS_OF_CALLS = ("acm", "cert", "ACM", "Cert", "ssl", "subject_alternative_names")
_LOCAL_SOURCE = r"source\"?\s*[=:]\s*\"(\.\.?/?[^\"]*)\""
_REMOTE_SOURCE = r"source\"?\s*[=:]\s*\"(?!\.\.?[/\"])[^\"]"
_CERTIFICATE_FOLDERS = ("acm", "cert", "ssl", "tls")
"""Words in the folders of modules that may have certificates."""

_BLOCK_START = r'(?m)^(?:resource|module|data)[ \t]+"[\w-]+"'
_OUTDATED = "has syntax of Terraform 0.11, which current versions reject"
_VARIABLES_FILES = (".tfvars", ".tfvars.json")
_MAX_CALLS = 10_000
_CALLS_OF_MODULE = 300
"""Number of calls of one module that are read in any case."""

_CALLS_PER_BLOCK = 10
"""Number of further calls that are read for each block that calls the module."""


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


def parameters(source: Source) -> tuple[str, ...]:
    """Return the names of the variables in a file, and that of the workspace."""
    return ModuleTree(lambda folder: [] if folder else [source], Parameters({})).parameters("")


class ModuleTree:
    """The modules of a run, each parsed once; `unreadable` are the errors by file.

    A folder that cannot be read is an error of the calls of its module. With `follows_downloads`,
    the modules that Terraform has downloaded are read. `parse` parses a file.
    """

    def __init__(
        self,
        load: Load,
        parameters: Parameters,
        read_file: ReadFile | None = None,
        *,
        follows_downloads: bool = True,
    ) -> None:
        """`read_file` returns other files, for expressions; without it, they are unknown."""
        self._load = load
        self._read_file = read_file
        self._files = read_file and ReadFiles(read_file)
        self._reads_downloads = follows_downloads and read_file is not None
        self._parameters = parameters
        self._sources: dict[str, list[Source]] = {}
        self._paths: dict[str, list[str]] = {}
        self._modules: dict[str, Module] = {}
        self._roots: dict[str, ModuleCall] = {}
        self._targets_of: dict[str, list[tuple[str, Block, str]]] = {}
        self._remote_calls: dict[str, list[tuple[str, Block]]] = {}
        self._external_modules: ExternalModules | None = None
        self._followed: dict[tuple[str, int], bool] = {}
        self._known_roots: list[str] = []
        self._look_ups: tuple[LookUp, ...] | None = None
        self._sourced: dict[tuple[str, int], tuple[Block, str]] = {}
        self._unreadable_folders: dict[str, str] = {}
        self.unreadable: dict[str, InputError] = {}
        self.parse: Callable[[Source], File] = parse.parse

    def roots(self, folders: Iterable[str]) -> list[str]:
        """Return the folders whose modules are not called from other folders.

        Only folders count whose modules, or modules they may call, may contain certificates.
        """
        relevant = self._may_contain_certificates(sorted(folders))
        called = set[str]()
        for folder in relevant:
            pending = [] if folder in called else [folder]
            while pending:
                found = {target for _, _, target in self._targets(pending.pop())}
                pending += found - called - {folder}
                called |= found - {folder}
        roots = [folder for folder in relevant if folder not in called]
        self.remember_roots(roots)
        return roots

    def concerned(self, folders: Iterable[str], changed: Container[str]) -> list[str]:
        """Return the folders whose modules, or modules they may call, have changed."""
        return self._folders_that_reach(sorted(folders), lambda folder: folder in changed)

    def importing(self, folders: Iterable[str]) -> set[str]:
        """Return the folders, with those of called modules, that import certificates into ACM."""

        def imports(folder: str) -> bool:
            return any(_IMPORTING in source.text for source in self._sources_of(folder))

        reached = {*folders}
        pending = [*reached]
        while pending:
            called = {*self._called_by(pending.pop())} - reached
            reached |= called
            pending += called
        return {folder for folder in reached if imports(folder)}

    def parameters(self, folder: str) -> tuple[str, ...]:
        """Return the names of a module's variables, and that of the workspace."""
        return *self._module(folder).variables, WORKSPACE

    def unknown_variables(
        self, root: str, declarations: Iterable[Declaration]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return the variables of a root module without a value that checks wait for, and all."""
        from acmrules.readers.terraform.environments import unknown_variables

        module = self._module(root)
        return unknown_variables(declarations, module), frozenset(module.variables)

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
        """Yield the calls of remote modules about certificates, values of charts, and manifests.

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

                self._follow_calls(folder)
                yield from remote_calls(self._module(folder), self._is_followed)
            if any(_RELEASE in source.text for source in self._sources_of(folder)):
                from acmrules.readers.terraform.releases import unread_values

                yield from unread_values(self._module(folder), partial(self._text, folder))
            if any(_ACK_GROUP in source.text for source in self._sources_of(folder)):
                from acmrules.readers.terraform.releases import unread_manifests

                yield from unread_manifests(self._module(folder))
        if self._external_modules is not None:
            for root in self._roots.values():
                for each in self._external_modules.not_checked(root):
                    if posixpath.dirname(each.file) in reached:
                        yield each

    def _follow_calls(self, folder: str) -> None:
        """Read a module as a root if it is not read yet, to know which of its calls are read."""
        self._targets(folder)
        calls = self._remote_calls.get(folder, ())
        if any((block.source.name, block.start) not in self._followed for _, block in calls):
            self._call_tree(folder)

    def _is_followed(self, block: Block) -> bool:
        """Return whether each call of a block is read, although its module is not local."""
        return self._followed.get((block.source.name, block.start), False)

    def _text(self, folder: str, path: str) -> str | None:
        """Return the text of a file by its path relative to a folder, `None` if unreadable."""
        return self._read_file and self._read_file(_joined_path(folder, path))

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
        root_module = RootModule(
            call,
            values,
            parameters.region,
            self.unreadable,
            parameters.scope,
            self.look_ups,
            RootFiles(self._files, call, has_imports=_has_imports(call)) if self._files else None,
        )
        found = tuple(root_module.declarations())
        if len(found) <= 1:
            return found
        from acmrules.readers.sharing import compared

        return compared(found)

    def remember_roots(self, roots: Iterable[str]) -> None:
        """Keep the root modules of the run, which may look up the certificates of each other."""
        self._known_roots = [*roots]
        self._look_ups = None

    def look_ups(self) -> tuple[LookUp, ...]:
        """Return the uses of certificates that the root modules of the run look up."""
        if self._look_ups is None:
            self._look_ups = tuple(
                look_up for root in self._known_roots for look_up in self._look_ups_of(root)
            )
        return self._look_ups

    def _look_ups_of(self, root: str) -> Iterable[LookUp]:
        """Return the uses of certificates that one root module looks up."""
        call = self._call_tree(root)
        texts = {file.source.text for each in call.all() for file in each.module.files}
        if not any(LOOK_UP in text for text in texts):
            return ()
        parameters = self._parameters
        try:
            values = _fixed_values(call.module, parameters)
        except InputError:
            return ()  # Reported when the module is read for its own sake.
        module = RootModule(call, values, parameters.region, {}, parameters.scope)
        return module.look_ups()

    def _may_contain_certificates(self, folders: list[str]) -> list[str]:
        """Return the folders whose modules, or modules they may call, may contain certificates."""
        words = (
            _CERTIFICATE_WORDS + _DNS_WORDS
            if self._parameters.scope is ReadScope.EVERYTHING
            else _CERTIFICATE_WORDS
        )

        def mentions(folder: str) -> bool:
            texts = [source.text for source in self._sources_of(folder)]
            if any(word in text for text in texts for word in words):
                return True
            if any(_ORIGIN in text and (".dns_name" in text or ".elb." in text) for text in texts):
                return True
            if self._calls_known_module(folder):
                return True
            # A certificate may be in a module that is missing.
            likely = [
                path
                for path in self._local_paths(folder)
                if any(word in path.lower() for word in _CERTIFICATE_FOLDERS)
            ]
            return any(not self._sources_of(_joined_path(folder, path)) for path in likely)

        found = set(self._folders_that_reach(folders, mentions))
        if self._reads_downloads:
            rest = [folder for folder in folders if folder not in found]
            callers = self._folders_that_reach(rest, self._calls_remotely)
            found.update(filter(self._downloads_certificates, callers))
        return [folder for folder in folders if folder in found]

    def _calls_known_module(self, folder: str) -> bool:
        """Return whether a folder may call a module whose arguments are known."""
        texts = [source.text for source in self._sources_of(folder) if "module" in source.text]
        if not texts:
            return False
        from acmrules.readers.terraform.known_modules import may_be_called

        return any(map(may_be_called, texts))

    def _calls_remotely(self, folder: str) -> bool:
        """Return whether a folder calls a module that is not local, by its text."""
        texts = (source.text for source in self._sources_of(folder))
        return any("module" in text and re.search(_REMOTE_SOURCE, text) for text in texts)

    def _downloads_certificates(self, root: str) -> bool:
        """Return whether the modules that Terraform downloaded for a root have certificates."""
        texts = self._external().texts(root)
        return any(word in text for text in texts for word in _CERTIFICATE_WORDS)

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
        return [_joined_path(folder, path) for path in self._local_paths(folder)]

    def _local_paths(self, folder: str) -> list[str]:
        """Return the sources of the local modules that a module may call, found in its text.

        `re` compiles the pattern when it is first used, because most modules call none.
        """
        if folder not in self._paths:
            texts = (source.text for source in self._sources_of(folder) if '".' in source.text)
            paths = {path for text in texts for path in re.findall(_LOCAL_SOURCE, text)}
            self._paths[folder] = sorted(paths)
        return self._paths[folder]

    def _sources_of(self, folder: str) -> list[Source]:
        """Return the files of a folder, override files last."""
        if folder not in self._sources:
            found: list[Source] = []
            for each in self._load(folder):
                if isinstance(each, Source):
                    found.append(each)
                elif each.name == folder:
                    self._unreadable_folders[folder] = each.fault
                else:
                    self.unreadable[each.name] = each
            self._sources[folder] = sorted(found, key=lambda source: overrides(source.name))
        return self._sources[folder]

    def _module(self, folder: str) -> Module:
        if folder not in self._modules:
            module = self._modules[folder] = Module(folder)
            for source in self._sources_of(folder):
                try:
                    for unreadable in module.add(self.parse(source)):
                        self._record_error(unreadable)
                except InputError as error:
                    self._record_error(error.with_traceback(None))
        return self._modules[folder]

    def _call_tree(self, folder: str) -> ModuleCall:
        """Return a module with the local modules that it calls, except for recursive calls.

        Modules that call each other several times make the tree grow exponentially, so that the
        number of calls of each module is limited.
        """
        if folder not in self._roots:
            root = self._roots[folder] = ModuleCall(self._module(folder))
            pending = [root]
            limit = _CallLimit()
            while pending:
                call = pending.pop()
                for name, block, target in self._local_calls(call):
                    if target in call.folders():
                        continue
                    if not limit.allows(target, block):
                        self._report_limit(limit, target, block)
                        continue
                    callee = call.calls[name] = ModuleCall(self._module(target), call, name, block)
                    pending.append(callee)
                pending += self._external_calls(call)
        return self._roots[folder]

    def _external_calls(self, call: ModuleCall) -> Iterator[ModuleCall]:
        """Add and yield the calls of modules from elsewhere, unless they cannot be read."""
        is_external = call.module.is_external
        own = self._remote_calls.get(call.module.folder, ())
        for name, block in call.module.calls.items() if is_external else own:
            module = self._external().called(call, name, block)
            if not is_external:
                key = block.source.name, block.start
                self._followed[key] = module is not None and self._followed.get(key, True)
            if module is not None and module.folder not in call.folders():
                callee = call.calls[name] = ModuleCall(module, call, name, block)
                yield callee

    def _external(self) -> ExternalModules:
        if self._external_modules is None:
            from acmrules.readers.terraform.external import ExternalModules

            read = self._read_file if self._reads_downloads else None
            self._external_modules = ExternalModules(self._load, read)
        return self._external_modules

    def outdated(self) -> Iterator[InputError]:
        """Yield a remark on each file with syntax of Terraform before 0.12, in parsed blocks."""
        for source in (source for sources in self._sources.values() for source in sources):
            if source.outdated is not None:
                position = source.position(source.outdated)
                yield InputError(source.name, _OUTDATED, position)

    def source_errors(
        self, is_ignored: Callable[[str], bool], root: str | None = None
    ) -> Iterator[InputError]:
        """Yield an error for each call of a local module that cannot be read, at its source.

        Ignored files may be unreadable. With `root`, only the calls below it count.
        """
        found = self._sourced
        if root is not None:
            blocks = (b for call in self._call_tree(root).all() for b in call.module.calls.values())
            keys = dict.fromkeys((block.source.name, block.start) for block in blocks)
            found = {key: found[key] for key in keys if key in found}
        for block, folder in found.values():
            fault = self._source_fault(folder, is_ignored)
            if fault:
                source, argument = block.source, block.body.attributes["source"]
                position = source.position(argument.value.start)
                module = quoted(argument.value.written)
                yield InputError(source.name, f"module {module} {fault}", position)

    def _source_fault(self, folder: str, is_ignored: Callable[[str], bool]) -> str:
        missing = self._unreadable_folders.get(folder)
        if missing:
            return f"cannot be read: {missing}"
        inside = [name for name in self.unreadable if posixpath.dirname(name) == folder]
        named = sorted(name for name in inside if not is_ignored(name))
        if named:
            return f"cannot be read: {self.unreadable[named[0]]}"
        return "" if inside or self._sources_of(folder) else "contains no Terraform files"

    def _report_limit(self, limit: _CallLimit, folder: str, block: Block) -> None:
        """Report the first call that is not read because there are too many."""
        if not limit.is_reported:
            limit.is_reported = True
            fault = f"results in more than {limit.calls(folder):,} calls of one module"
            where = block.source.position(block.start)
            self._record_error(InputError(block.source.name, fault, where))

    def _local_calls(self, call: ModuleCall) -> Iterable[tuple[str, Block, str]]:
        return () if call.module.is_external else self._targets(call.module.folder)

    def _targets(self, folder: str) -> list[tuple[str, Block, str]]:
        """Return the calls of local modules in a module: name, block, and folder of the module."""
        if folder not in self._targets_of:
            found = self._targets_of[folder] = []
            for name, block in self._module(folder).calls.items():
                target = self._source_of(folder, block)
                if target is None:
                    self._remote_calls.setdefault(folder, []).append((name, block))
                    continue
                self._sourced.setdefault((block.source.name, block.start), (block, target))
                if self._sources_of(target):
                    found.append((name, block, target))
        return self._targets_of[folder]

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


def _has_imports(root: ModuleCall) -> bool:
    """Return whether a module or a called one imports a certificate."""
    modules = {each.module for each in root.all()}
    return any(_IMPORTING in file.source.text for module in modules for file in module.files)


class _CallLimit:
    """The number of calls of each module in a tree, which grows with the blocks that call it."""

    def __init__(self) -> None:
        self.is_reported = False
        self._left = _MAX_CALLS
        self._calls: dict[str, int] = {}
        self._blocks: dict[str, set[Block]] = {}

    def allows(self, folder: str, block: Block) -> bool:
        """Return whether there may be another call of a module, and count it."""
        blocks = self._blocks.setdefault(folder, set())
        blocks.add(block)
        calls = self._calls.get(folder, 0)
        if not self._left or calls >= _CALLS_OF_MODULE + len(blocks) * _CALLS_PER_BLOCK:
            return False
        self._left -= 1
        self._calls[folder] = calls + 1
        return True

    def calls(self, folder: str) -> int:
        """Return the number of calls of a module so far."""
        return self._calls.get(folder, 0)


def local_source(folder: str, block: Block) -> str | None:
    """Return the folder of the module that a block of a folder calls, `None` for a remote module.

    Raises `InputError` if the block cannot be parsed.
    """
    source = source_of(block)
    return _joined_path(folder, source) if is_local(source) else None


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
    values = {
        name: with_note(found, f"input `{name}`") for name, found in parameters.inputs.items()
    }
    for file in (*own_files, *map(parse.parse, parameters.variable_files)):
        for name, argument in file.attributes.items():
            try:
                found = evaluate(argument.value, empty_scope)
            except ReadError as fault:
                position = file.source.position(argument.key[0])
                raise InputError(file.source.name, f"`{name}` {fault.fault}", position) from None
            values[name] = with_note(found, f"value of variable `{name}`")
    for name, text in parameters.values.items():
        of = "" if name == WORKSPACE else "variable "
        values[name] = with_note(
            _passed_value(text, module.variables.get(name), empty_scope),
            f"value given for {of}`{name}`",
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
