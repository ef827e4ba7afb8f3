"""Reads inputs as declarations, batch by batch: files one by one, Terraform by root module."""

from __future__ import annotations

import os

from acmrules.model.batches import Batch, link
from acmrules.readers import registry
from acmrules.readers.options import WORKSPACE, Parameters, ReadScope
from acmrules.readers.registry import MODULE_SUFFIXES
from acmrules.request import Tool
from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.syntax.tree import NOT_RENDERED
from acmrules.workspace import files
from acmrules.workspace.discover import Inputs, folders_of
from acmrules.workspace.errors import Troubles
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.readers.terraform.environments import Environment
    from acmrules.readers.terraform.reader import Load, ModuleTree
    from acmrules.workspace.answers import Answers
    from acmrules.workspace.charts import Templates
    from acmrules.workspace.checkouts import Checkouts
    from acmrules.workspace.environments import Environments
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.workspace.files import Files
    from acmrules.workspace.given_files import GivenFiles
    from acmrules.workspace.listing import Folders


_MARKER = "acmrules"
"""The word that every file with a suppression contains."""

MODULE_PARAMETERS = frozenset((WORKSPACE,))
"""The parameter of a module that no file of variables sets."""

_PROJECTS = ("Pulumi.yaml", "Pulumi.yml")
"""The names of the files with the program of a Pulumi project."""

_OF_CHARTS = (".yaml", ".yml")
"""The suffixes of the files of a Helm chart that contain its values."""

_OF_CONSUMERS = (b"certificate-arn", b"ssl-cert", b":acm:")
"""Words of values that pass a certificate to an object of a Helm chart."""


class Loader:
    """Reads files as declarations, each by its own settings.

    With `finds_environments`, root modules are checked with the variable files of their
    environments, unless the settings name variable files, and programs of Pulumi with the Region of
    their stacks. With `names_environments`, those of root modules are named as not checked. With
    `is_alone`, nothing next to the files is looked for, such as a chart or a checkout. If files are
    `given`, no other files exist.

    What cannot be read is added to `troubles`, as a warning if it is not in `named`; by default,
    each file counts as named. With `compares`, a file without its content is not a file without
    certificates. `excluded` are the normalized paths of files that the settings leave out, and
    `unimported` is the number of certificate files in folders that no module imports. With `kinds`,
    only the readers of these names are used. A hook names files because they changed (`is_hook`),
    not because they are meant to be checked.
    """

    def __init__(
        self,
        settings_of: Callable[[str], FileSettings],
        files: Files,
        troubles: Troubles,
        kinds: Container[str] | None = None,
        scope: ReadScope = ReadScope.CERTIFICATES,
        step: Callable[[str], None] | None = None,
        *,
        is_hook: bool = False,
    ) -> None:
        self.settings_of = settings_of
        self.troubles = troubles
        self.excluded: set[str] = set()
        self.unimported = 0
        self.named: Container[str] | None = None
        self.compares = False
        self.finds_environments = False
        self.names_environments = False
        self.is_alone = False
        self.folders: Folders | None = None
        self.given: GivenFiles | None = None
        self._texts: Mapping[str, str] = {}
        self._environments: Environments | None = None
        self._files = files
        self._kinds = kinds
        self._scope = scope
        self._step = step
        self._importers: dict[str, bytes] = {}
        self._is_hook = is_hook
        self._is_anything_declared = False
        self._imported: frozenset[str] | None = None
        self._answers: Answers | None = None
        self._templates: Templates | None = None
        self._checkouts: Checkouts | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences about named files that are correct and have no certificates."""
        return tuple(self._answers.remarks) if self._answers else ()

    def batches(self, inputs: Inputs) -> Iterator[Batch]:
        """Yield the declarations of inputs: files in their order, then modules.

        The last batch contains what the others have no declarations for.
        """
        self.named = inputs.named
        for batch in self._declared(inputs):
            self._is_anything_declared |= bool(batch.declarations)
            yield batch
        not_checked = tuple(self._not_checked())
        if not_checked:
            yield Batch("", (), not_checked=not_checked)

    def files_to_check(self, inputs: Inputs) -> list[str]:
        """Return the files of inputs that are checked, in their order; none is parsed.

        These are the named files, those that may contain a certificate, and the files of modules.
        """
        self.named = inputs.named
        found: list[str] = []
        for path in inputs.files:
            if isinstance(path, InputError):
                self.refuse(path)
                continue
            with self.troubles.guard(path):
                if self._is_to_check(path, inputs):
                    found.append(path)
        for path in sorted(path for paths in inputs.modules.values() for path in paths):
            with self.troubles.guard(path):
                if not self._leaves_out(path):
                    found.append(path)
        return sorted(found, key=lambda path: inputs.order[os.path.normpath(path)])

    def _leaves_out(self, path: str) -> bool:
        """Return whether settings leave a file out, and count it; raises `SettingsError`."""
        excluded = self.settings_of(path).excluded
        if excluded:
            self.excluded.add(os.path.normpath(path))
        return excluded

    def _is_to_check(self, path: str, inputs: Inputs) -> bool:
        """Return whether a file that is read alone is checked; raises like `settings_of`."""
        if self._leaves_out(path):
            return False
        named = path in inputs.named
        if not named and self._is_unused_certificate(path, inputs.modules):
            return False
        try:
            data = self._files.read(path)
        except InputError as error:
            self.refuse(error)
            return False
        is_any = named and self._kinds is None
        return is_any or registry.may_contain_certificates(path, data, self._kinds)

    def _declared(self, inputs: Inputs) -> Iterator[Batch]:
        waiting: list[str] = []
        for path in inputs.files:
            if isinstance(path, InputError):
                self.refuse(path)
                continue
            if inputs.modules and self._may_be_imported(path, inputs):
                waiting.append(path)
            elif batch := self._input(path, inputs):
                yield batch
        understood, imported = set[str](), set[str]()
        for batch in self.of_modules(inputs.modules) if inputs.modules else ():
            understood |= _modules_in(batch)
            imported |= _imported_by(batch)
            yield batch
        for path in waiting:
            # What an import contains is checked with the import.
            if os.path.normpath(path) not in imported and (batch := self._input(path, inputs)):
                yield batch
        self._add_module_files(inputs, understood)

    def _may_be_imported(self, path: str, inputs: Inputs) -> bool:
        """Return whether a module may import a certificate file that the user did not name."""
        if not registry.is_certificate_file(path) or (path in inputs.named and not self._is_hook):
            return False
        return self._kinds is None or "certificates" not in self._kinds

    def _input(self, path: str, inputs: Inputs) -> Batch | None:
        """Return what a file of a run declares, unless it is a certificate that nothing imports."""
        named = path in inputs.named
        if not named and self._is_unused_certificate(path, inputs.modules):
            self.unimported += 1
            return None
        return self.file(path, named=named, walked=not named or self._is_hook)

    def _add_module_files(self, inputs: Inputs, understood: set[str]) -> None:
        """Add the named files of modules in which nothing was understood."""
        unreadable = {error.name for error in self.troubles.unreadable}
        found = {os.path.normpath(path) for path in inputs.named & inputs.order.keys()}
        of_modules = {path for path in found if path.endswith(MODULE_SUFFIXES)}
        for path in sorted(of_modules.difference(unreadable, inputs.files)):
            if os.path.dirname(path) not in understood and not self._is_excluded(path):
                with self.troubles.guard(path):
                    self._named().add_other(path, self._bytes_of_module_file(path))

    def reloaded(
        self,
        batches: Iterable[Batch],
        texts: Mapping[str, str],
        troubles: Troubles | None = None,
    ) -> Iterator[Batch]:
        """Yield batches, linked, with other texts for some files.

        Only the files and root modules that these texts concern are read again. `batches` are not
        linked yet. What cannot be read is added to `troubles`, if given, instead of those of this
        loader.
        """
        from acmrules.workspace.other_texts import Overlay

        files = Overlay(self._files, texts)
        own = self.troubles if troubles is None else troubles
        over = Loader(self.settings_of, files, own, self._kinds, self._scope)
        over.named, over.finds_environments = self.named, self.finds_environments
        over.given, over.folders = self.given, self.folders
        over._environments, over._texts = self._environments, texts
        over._importers = {
            path: texts[path].encode() if path in texts else data
            for path, data in self._importers.items()
        }
        return link(over._again(batches, texts), over.importing)

    def _again(self, batches: Iterable[Batch], texts: Mapping[str, str]) -> Iterator[Batch]:
        """Yield batches; those that the new texts concern are read again."""
        batches = [*batches]
        folders = folders_of(texts)
        tree = self.module_tree() if folders else None
        roots = [batch.name for batch in batches if batch.reported is not None]
        concerned = tree.concerned(roots, folders) if tree else []
        if tree:
            tree.remember_roots(roots)
        for batch in batches:
            again: Batch | None = batch
            if batch.reported is None:
                again = self.file(batch.name) if batch.name in texts else batch
            elif tree and batch.annotated:
                again = _annotated(batch.reported, (source for source, _ in batch.annotated), texts)
            elif batch.declarations and (batch.name in concerned or self._sets(batch, texts)):
                again = self.root(tree or self.module_tree(), batch.name, batch.reported)
            if again is not None:
                yield again
        if folders:
            yield from _newly_annotated(batches, texts)

    def _sets(self, batch: Batch, texts: Container[str]) -> bool:
        """Return whether one of some files has values of the variables of a root module."""
        settings = self.settings_of(os.path.join(batch.name, "main.tf"))
        stated = [source.name for source in settings.parameters.variable_files]
        return any(path in texts for path in (*batch.environments, *stated))

    # Files

    def file(self, path: str, *, named: bool = False, walked: bool = False) -> Batch | None:
        """Return what a file declares; `None` if that is nothing, or if it cannot be read.

        A file that is `walked` need not be rendered: if it is a template, it is not checked.
        """
        if self._step is not None:
            self._step(path)
        with self.troubles.guard(path):
            try:
                return self._file(path, named=named)
            except InputError as error:
                if error.fault == NOT_RENDERED:
                    self._add_template(error, walked=walked)
                else:
                    self.refuse(error)
        return None

    def importer(self, path: str) -> Batch | None:
        """Return what a file declares if it may use the certificate of another file."""
        with self.troubles.guard(path):
            known = self._importers.get(path)
            data = self._files.read(path) if known is None else known
            if registry.may_contain_imports(path, data, self._kinds):
                return self._read(path, data, importing=True)
        return None

    def importing(self) -> Iterator[Batch]:
        """Yield what the files declare that have no certificate, and may use that of another.

        Nothing is reported if such a file cannot be read, because it is checked only with others.
        """
        for path, data in self._importers.items():
            batch = None
            with self.troubles.guard(path):
                try:
                    batch = self._read(path, data, importing=True)
                except (InputError, SettingsError):
                    continue
            if batch is not None:
                yield batch

    def _file(self, path: str, *, named: bool) -> Batch | None:
        data = self._files.read(path)
        if self.compares or named:
            files.require_content(path, data)
        batch = None
        if registry.may_contain_certificates(path, data, self._kinds, self._scope):
            batch = self._read(path, data)
            if batch is None and (not named or self._is_hook):
                self._add_values_of_chart(path, data)
        elif named and files.is_utf_16(data):
            raise InputError(path, files.UTF_16)
        elif named and b"\0" in data:
            raise InputError(path, "is binary")
        else:
            self._remember_importer(path, data)
        if registry.may_contain_nested_stacks(data, self._kinds):
            batch = self._with_nested_stacks(path, data, batch)
        elif path == STANDARD_INPUT and b'module "' in data:
            found = registry.remote_calls(files.decode(path, data))
            batch = _with_not_checked(path, batch, found)
        if (
            named
            and batch is None
            and self._named().may_concern(path, data)
            and not self._is_excluded(path)
        ):
            self._named().add(path, data)
        return batch

    def _with_nested_stacks(self, path: str, data: bytes, batch: Batch | None) -> Batch | None:
        """Return a batch with the nested stacks about certificates in the bytes of a file."""
        if self._is_excluded(path):
            return batch
        from acmrules.readers.cloudformation.nested_stacks import nested_stacks

        local: tuple[str, ...] = ()
        if path.endswith(files.CDK_TEMPLATE):
            from acmrules.workspace.assemblies import nested_in

            local = nested_in(path, self._files.read)
        found = nested_stacks(files.decode(path, data), local)
        return _with_not_checked(path, batch, tuple(found))

    def _read(self, path: str, data: bytes, *, importing: bool = False) -> Batch | None:
        """Return what the bytes of a file declare, unless the settings leave the file out."""
        settings = self.settings_of(path)
        if settings.excluded:
            if not importing:
                self.excluded.add(os.path.normpath(path))
            return None
        source = files.decode(path, registry.as_text(path, data))
        parameters = self._parameters(settings)
        if self.finds_environments and path.endswith(_PROJECTS):
            from acmrules.workspace.stacks import stack_regions

            names = self.given.names_in if self.given else os.listdir
            stacks = stack_regions(path, data, self._files.read, self.troubles.notice, names)
            parameters = parameters.__replace__(stack_regions=stacks)
        declarations, not_checked = self.parsed(source, parameters, importing=importing)
        if declarations or not_checked:
            if not importing and not any(map(_uses_certificates, declarations)):
                self._remember_importer(path, data)
            tool = declarations[0].tool if declarations else Tool.API
            annotated = ((source, tool),) if _MARKER in source.text else ()
            return Batch(path, declarations, frozenset((path,)), None, annotated, not_checked)
        if not importing:
            self._remember_importer(path, data)
        return None

    def parsed(
        self, source: Source, parameters: Parameters, *, importing: bool
    ) -> tuple[tuple[Declaration, ...], tuple[NotChecked, ...]]:
        """Return what a source declares, and what is not checked in it; raises `InputError`."""
        declarations = registry.read(source, parameters, self._kinds, importing=importing)
        if importing:
            return declarations, ()
        hidden, not_checked = registry.repetitions(source, declarations, parameters)
        return declarations + hidden, not_checked

    def _remember_importer(self, path: str, data: bytes) -> None:
        if self._scope is ReadScope.CERTIFICATES and registry.may_contain_imports(
            path, data, self._kinds
        ):
            self._importers[path] = data

    def _parameters(self, settings: FileSettings) -> Parameters:
        parameters = settings.parameters
        if self._texts and parameters.variable_files:
            files = tuple(_with_text(each, self._texts) for each in parameters.variable_files)
            parameters = parameters.__replace__(variable_files=files)
        if self._scope is ReadScope.CERTIFICATES:
            return parameters
        return parameters.__replace__(scope=self._scope)

    def refuse(self, error: InputError) -> None:
        """Report a file that cannot be read, unless the settings leave it out."""
        if not self._is_excluded(error.name):
            self.troubles.refuse(error, is_warning=not self._is_named(error.name))

    def _is_named(self, path: str) -> bool:
        return self.named is None or path in self.named or os.path.normpath(path) in self.named

    def _is_excluded(self, path: str) -> bool:
        """Return whether settings leave a file out, and count it; wrong ones leave nothing out."""
        try:
            return self._leaves_out(path)
        except SettingsError:
            return False

    # What is not checked

    def _named(self) -> Answers:
        """Return the answers for named files; the module is loaded with the first one."""
        if self._answers is None:
            from acmrules.workspace.answers import Answers

            self._answers = Answers(self._kinds, is_hook=self._is_hook)
        return self._answers

    def _bytes_of_module_file(self, path: str) -> bytes:
        """Return the bytes of a file, without reading it again; raises `InputError`."""
        for found in self._files.module(os.path.dirname(path)):
            if isinstance(found, Source) and found.name == path:
                return found.text.encode()
        return self._files.read(path)

    def _add_template(self, error: InputError, *, walked: bool) -> None:
        if not walked:
            from acmrules.workspace.charts import with_chart

            self.refuse(error if self.is_alone else with_chart(error, self._is_file()))
        elif not self._is_excluded(error.name):
            self._charts().add(error)

    def _add_values_of_chart(self, path: str, data: bytes) -> None:
        """Add a file that mentions certificates but declares none, if a Helm chart uses it."""
        mentions = any(word in data for word in _OF_CONSUMERS)
        if mentions and path.endswith(_OF_CHARTS) and not self._is_excluded(path):
            self._charts().add_values(path)

    def _charts(self) -> Templates:
        if self._templates is None:
            from acmrules.workspace.charts import Templates

            self._templates = Templates(self._is_file())
        return self._templates

    def _is_file(self) -> Callable[[str], bool]:
        """Return the function that says whether there is a file of some name."""
        return self.given.is_file if self.given else os.path.isfile

    def _is_unused_certificate(self, path: str, modules: Mapping[str, frozenset[str]]) -> bool:
        """Return whether a file has certificates that no module of the inputs imports."""
        if not registry.is_certificate_file(path):
            return False
        if self._kinds is not None and "certificates" in self._kinds:
            return False
        if self._imported is None:
            self._imported = self.imported_by(modules)
        return os.path.normpath(path) not in self._imported

    def imported_by(self, modules: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the normalized paths of the certificate files that modules may import."""
        from acmrules.workspace.imports import imported_files

        return frozenset(
            file
            for folder in modules
            for file in imported_files(folder, self._files.module(folder))
        )

    def _not_checked(self) -> Iterator[NotChecked]:
        """Yield the templates of a walk, and the answers for named files; add their errors."""
        if self._templates is not None:
            yield from self._without_errors(self._templates.not_checked(self.named or ()))
        if self._answers is not None:
            nothing = not self._is_anything_declared and not self.troubles.unreadable
            yield from self._without_errors(self._answers.answers(is_nothing_checked=nothing))

    def _without_errors(self, found: Iterable[NotChecked | InputError]) -> Iterator[NotChecked]:
        """Yield what is not checked, and add the errors to the others."""
        for each in found:
            if isinstance(each, InputError):
                self.refuse(each)
            else:
                yield each

    # Modules

    def reads(self, kind: str) -> bool:
        """Return whether the reader of a name is used."""
        return self._kinds is None or kind in self._kinds

    def module_tree(self, load: Load | None = None) -> ModuleTree:
        """Return the Terraform modules of the files."""
        parameters = Parameters({}, scope=self._scope)
        # A comparison follows no downloads, because the other side has none.
        return registry.configuration(
            load or self._files.module,
            parameters,
            self._text,
            follows_downloads=not self.compares,
        )

    def _text(self, path: str) -> str | None:
        """Return the text of a file that an expression reads, `None` if it cannot be read."""
        if self.is_alone or not self._checkouts_of_run().includes(path):
            return None
        try:
            return files.decode(path, self._files.read(path)).text
        except InputError:
            return None

    def _checkouts_of_run(self) -> Checkouts:
        if self._checkouts is None:
            from acmrules.workspace.checkouts import Checkouts

            self._checkouts = Checkouts(self._tops())
        return self._checkouts

    def module(self, tree: ModuleTree, root: str) -> tuple[Declaration, ...]:
        """Return what a root module declares, and the modules that it calls."""
        with self.troubles.guard(root):
            settings = self.settings_of(os.path.join(root, "main.tf"))
            try:
                return tree.declarations(root, self._parameters(settings))
            except InputError as error:
                if any(error.name == each.name for each in settings.parameters.variable_files):
                    raise
                self.refuse(error)
        return ()

    def of_modules(self, modules: Mapping[str, frozenset[str]]) -> Iterator[Batch]:
        """Yield the root modules of folders; a module that another one calls is read with it."""
        kept = {
            folder: names
            for folder, paths in modules.items()
            if (names := {path for path in paths if not self._is_excluded(path)})
        }
        reported = frozenset(name for names in kept.values() for name in names)
        sources: list[Source] = []
        tree = self.module_tree(lambda folder: self._with_annotated(folder, sources))
        for root in tree.roots(kept):
            batch = self.root(tree, root, reported)
            if batch is not None:
                yield batch
        not_checked = tuple(
            each
            for each in tree.not_checked(kept)
            # Of the folders of the run, some files may be left out; other modules are read whole.
            if each.file in reported or os.path.dirname(each.file) not in kept
        )
        if not_checked:
            yield Batch("", (), frozenset(), reported, not_checked=not_checked)
        self._refuse_unreadable(tree, reported)
        if sources:
            yield _annotated(reported, sources, {})

    def _refuse_unreadable(self, tree: ModuleTree, reported: frozenset[str]) -> None:
        """Report the files and the module sources that cannot be read.

        A file that is not reported itself is reported with its folder, or at the source of the
        call that needs it.
        """
        folders = folders_of(reported)
        own = {
            path
            for path in tree.unreadable
            if path in reported
            or (path.endswith(MODULE_SUFFIXES) and os.path.dirname(path) in folders)
        }
        for path in sorted(own):
            self.refuse(tree.unreadable[path])
        for notice in tree.outdated():
            if notice.name in reported:
                self.troubles.notice(notice)
        for error in tree.source_errors(lambda path: path in own or self._is_excluded(path)):
            if error.name in reported:
                self.refuse(error)

    def _with_annotated(
        self, folder: str, annotated: list[Source]
    ) -> Iterator[Source | InputError]:
        """Yield the files of a module, and add those that may contain suppressions to a list."""
        for found in self._files.module(folder):
            if self._step is not None:
                self._step(found.name)
            if isinstance(found, Source) and _MARKER in found.text:
                annotated.append(found)
            yield found

    def root(self, tree: ModuleTree, root: str, reported: frozenset[str]) -> Batch | None:
        """Return what concerns some files among the declarations below a root module, if any."""
        environments: tuple[str, ...] = ()
        found = self.module(tree, root)
        if self.finds_environments and any(each.parameters - MODULE_PARAMETERS for each in found):
            found, environments = self._with_environments(tree, root, found)
        declarations = _concerned(found, reported)
        if not declarations:
            return None
        own = frozenset(each.file for each in declarations if each.file in reported)
        batch = Batch(root, declarations, own, reported, environments=environments)
        if not self.names_environments or not any(each.parameters for each in found):
            return batch
        from acmrules.workspace.environments import not_read

        fitting = self.fitting_environments(tree, root, found)
        return batch.__replace__(not_checked=tuple(not_read(root, fitting)))

    def _with_environments(
        self, tree: ModuleTree, root: str, found: tuple[Declaration, ...]
    ) -> tuple[tuple[Declaration, ...], tuple[str, ...]]:
        """Return the declarations of a root module in its environments, and the files of these.

        Without environments, or without a variable that a check waits for, nothing changes.
        """
        chosen = self.fitting_environments(tree, root, found)
        if not chosen:
            return found, ()
        from acmrules.readers.terraform import environments

        read = []
        for each in chosen[: environments.MOST_ENVIRONMENTS]:
            try:
                read.append((each, self.in_environment(tree, root, each)))
            except InputError:
                continue  # Terraform rejects a file with such values, so it is of no environment.
        if not read:
            return found, ()
        files = tuple(dict.fromkeys(path for each, _ in read for path in each.paths))
        return environments.combined(read, len(chosen) - len(read)), files

    def fitting_environments(
        self, tree: ModuleTree, root: str, found: Iterable[Declaration]
    ) -> list[Environment]:
        """Return the environments with values of variables that the declarations depend on."""
        unknown, declared = tree.unknown_variables(root, found)
        if not unknown:
            return []
        offered, _ = self.offered_environments(root)
        if not offered:
            return []
        from acmrules.readers.terraform.environments import fitting

        return fitting(offered, declared, unknown)

    def offered_environments(self, root: str) -> tuple[list[Environment], list[InputError]]:
        """Return what may be environments of a root module, and the errors in reading them.

        There are none if the settings name variable files, or if nothing is looked for.
        """
        if (
            self.is_alone
            or ("var-files",) in self.settings_of(os.path.join(root, "main.tf")).stated
        ):
            return [], []
        if self._environments is None:
            from acmrules.workspace.environments import Environments

            tops = [path for path in self._tops() if os.path.isdir(path)]
            self._environments = Environments(tops, self._checkouts_of_run(), self.folders)
        offered = [*self._environments.of(root, self._files.read)]
        return offered, self._environments.unreadable

    def in_environment(
        self, tree: ModuleTree, root: str, environment: Environment
    ) -> tuple[Declaration, ...]:
        """Return what a root module declares in an environment; raises `InputError`."""
        settings = self.settings_of(os.path.join(root, "main.tf"))
        parameters = self._parameters(settings).__replace__(
            variable_files=environment.files, inputs=environment.inputs
        )
        return tree.declarations(root, parameters)

    def _tops(self) -> Iterable[str]:
        """Return the paths that a caller named."""
        return self.named if isinstance(self.named, frozenset) else ()


def _modules_in(batch: Batch) -> set[str]:
    """Return the folders of the modules that a batch declares something in, or explains."""
    files = {each.file for each in batch.declarations} | {each.file for each in batch.not_checked}
    folders = set(map(os.path.dirname, files))
    return folders | {batch.name} if batch.declarations else folders


def _uses_certificates(declaration: Declaration) -> bool:
    """Return whether a declaration is more than a distribution without its certificate."""
    return any(variant.distribution is None for variant in declaration.variants)


def _imported_by(batch: Batch) -> set[str]:
    """Return the normalized paths of the files whose certificates a batch imports into ACM."""
    return {
        os.path.normpath(path)
        for declaration in batch.declarations
        for variant in declaration.variants
        if variant.imported
        for path in variant.imported.files
    }


def _with_not_checked(
    path: str, batch: Batch | None, found: tuple[NotChecked, ...]
) -> Batch | None:
    """Return the batch of a file, `None` for none, with more that was not checked in the file."""
    if not found:
        return batch
    batch = batch or Batch(path, ())
    return batch.__replace__(not_checked=(*batch.not_checked, *found))


def _concerned(
    declarations: tuple[Declaration, ...], reported: frozenset[str]
) -> tuple[Declaration, ...]:
    """Return those declarations that are in some files, at least in part.

    If no declaration is in one of the files, that file may define values of any of them.
    """
    found = [(declaration, {*declaration.files()}) for declaration in declarations]
    if reported <= set[str]().union(*(names for _, names in found)):
        return tuple(declaration for declaration, names in found if names & reported)
    return declarations


def _with_text(source: Source, texts: Mapping[str, str]) -> Source:
    """Return a source with its new text, if it has one."""
    return Source(source.name, texts[source.name]) if source.name in texts else source


def _newly_annotated(batches: Iterable[Batch], texts: Mapping[str, str]) -> Iterator[Batch]:
    """Yield the module files that contain suppressions only in their new texts, as a batch."""
    known = {source.name for batch in batches for source, _ in batch.annotated}
    reported = next(
        (batch.reported for batch in batches if batch.reported is not None), frozenset()
    )
    new = [
        Source(path, text)
        for path, text in texts.items()
        if path.endswith(MODULE_SUFFIXES) and path not in known and _MARKER in text
    ]
    if new:
        yield _annotated(reported, new, {})


def _annotated(
    reported: frozenset[str], sources: Iterable[Source], texts: Mapping[str, str]
) -> Batch:
    """Return the sources of modules that may contain suppressions, as a batch of their own."""
    pairs = ((_with_text(each, texts), None) for each in sources)
    return Batch("", (), frozenset(), reported, tuple(pairs))
