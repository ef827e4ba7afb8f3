"""One run over paths: files and folders in, one report out, whatever is wrong with some of them."""

from __future__ import annotations

import os

from acmrules.lint.findings import Report
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.suffix_lists import NoSuffixList
from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.workspace import files
from acmrules.workspace.errors import describe_crash
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from datetime import date
    from typing import TypeVar

    from acmrules.lint.findings import Finding, Skip, StaleBaselineEntry, Suppressed
    from acmrules.lint.linter import Linter
    from acmrules.lint.suppressions.model import Suppression
    from acmrules.model.declaration import Declaration
    from acmrules.request import Tool
    from acmrules.workspace.file_settings import FileSettings

    T = TypeVar("T")

_OURS = "acmrules"
_IMPORTS = "ImportValue"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a text of two bytes a character begins, which is no binary, and holds no certificate."""


class Run:
    """Takes paths one after the other and keeps what is said of them.

    The terms that a file is judged by are asked for when it has something to judge: most have
    nothing. `defects` are sentences about files in which acmrules itself failed; the others are
    judged all the same. With `kinds`, only readers of these names are asked. `texts` are judged
    instead of those that the files of these names hold. `inputs` keeps what can be read but once.
    With `keep`, the documents that were judged are kept. With `around`, nothing is judged: all that
    the files declare is kept, what stands around certificates too.
    """

    def __init__(
        self,
        terms: Callable[[str], FileSettings],
        step: Callable[[str], None] | None = None,
        kinds: Container[str] | None = None,
        texts: Mapping[str, str] | None = None,
        inputs: dict[str, bytes] | None = None,
        *,
        keep: bool = False,
        around: bool = False,
    ) -> None:
        self._around = around
        self._held: list[Declaration] = []
        self._importers: list[str] = []
        self._terms = terms
        self._step = step
        self._kinds = kinds
        self._texts = texts or {}
        self._inputs = {} if inputs is None else inputs
        self._keep = keep
        self.declarations: list[Declaration] = []
        self._benches: list[Linter] = []
        self._judged_by: dict[str, FileSettings] = {}
        self._noted: dict[str, tuple[Source, Tool | None]] = {}
        self._findings: list[Finding] = []
        self._skips: list[Skip] = []
        self._unreadable: list[InputError] = []
        self._order: dict[str, int] = {}
        self._modules: dict[str, set[str]] = {}
        self._requests = 0
        self._files = 0
        self._excluded: set[str] = set()
        self.defects: list[str] = []

    def take(self, path: str) -> None:
        """Judge a file, or the files below a folder."""
        if path == STANDARD_INPUT or not os.path.isdir(path):
            self._take_file(path, named=True)
            return
        for found in files.walk(path, registry.WALKED_SUFFIXES):
            if isinstance(found, InputError):
                self._cannot_read(found)
            else:
                self._take_file(found.removeprefix("./"), named=False)

    def is_failure(self, finding: Finding) -> bool:
        """Say whether a finding is as bad as the settings of its file have it."""
        return finding.severity >= self._judged_by[finding.file].fail_on

    def report(self, as_of: date) -> Report:
        """Return what was said of all paths taken, as of the one day of all settings, or a day."""
        self._judge_modules()
        self._judge_held()
        suppressed = self._suppress()
        known, in_vain = self._recall()
        days = {linter.as_of for linter in self._benches}
        return Report(
            as_of=days.pop() if len(days) == 1 else as_of,
            suffix_list=self._benches[0].suffixes.version if self._benches else "",
            findings=tuple(sorted(self._findings, key=self._place_in_order)),
            skips=tuple(sorted(self._skips, key=self._place_in_order)),
            unreadable=tuple(self._unreadable),
            requests=self._requests,
            files=self._files,
            suppressed=(*suppressed, *known),
            stale=tuple(in_vain),
            excluded=len(self._excluded),
        )

    def by_baseline(self, findings: Iterable[Finding]) -> dict[str | None, list[Finding]]:
        """Return findings by the baselines of all files judged; `None` is for those without one."""
        found: dict[str | None, list[Finding]] = {t.baseline: [] for t in self._judged_by.values()}
        for finding in findings:
            found[self._judged_by[finding.file].baseline].append(finding)
        return found

    def was_judged(self, path: str, rule: str) -> bool:
        """Say whether a file was judged by a rule; what cannot be read was not."""
        whole = os.path.abspath(path)
        unreadable = {os.path.abspath(each.name) for each in self._unreadable}
        if whole in unreadable or whole not in set(map(os.path.abspath, self._order)):
            return False
        try:
            terms = self._terms(path)
            return not terms.excluded and rule in {each.id for each, _ in terms.linter.in_force}
        except SettingsError:
            return False

    def _take_file(self, path: str, *, named: bool) -> None:
        normal = os.path.normpath(path)
        if normal in self._order:
            return
        self._order[normal] = self._order[path] = len(self._order)
        if self._step is not None:
            self._step(path)
        if normal.endswith(registry.MODULE_SUFFIXES) and (not named or os.path.isfile(path)):
            if self._kinds is None or "terraform" in self._kinds:
                self._modules.setdefault(os.path.dirname(normal), set()).add(normal)
            return
        try:
            data = self._data(path)
            if registry.may_contain_certificates(path, data, self._kinds, around=self._around):
                self._take_data(path, data)
            elif named and b"\0" in data and not data.startswith(_UTF_16):
                self._cannot_read(InputError(path, "is binary"))
            else:
                self._may_import(path, data)
        except InputError as error:
            # Its traceback would keep the whole file alive.
            self._cannot_read(error.with_traceback(None))
        except SettingsError as error:
            self._refuse(error)
        except NoSuffixList:
            raise
        except Exception as error:  # noqa: BLE001  (one file must not keep the others from theirs)
            self.defects.append(f"{path}: {describe_crash(error)}")

    def _take_data(self, path: str, data: bytes) -> None:
        """Judge what a file holds, unless the settings leave the file out."""
        terms = self._terms(path)
        if terms.excluded:
            self._excluded.add(os.path.normpath(path))
            return
        source = self._instead(files.decode(path, registry.as_text(path, data)))
        declarations = registry.read(source, self._parameters(terms), self._kinds)
        if not declarations:
            self._may_import(path, data)
            return
        if not self._hold(declarations, source):
            self._judge(declarations, terms)
        if _OURS in source.text:
            self._noted[path] = source, declarations[0].tool

    def _may_import(self, path: str, data: bytes) -> None:
        """Remember a file that is of no matter but for what others may export."""
        if not self._around and registry.may_contain_imports(path, data, self._kinds):
            self._importers.append(path)

    def _parameters(self, terms: FileSettings) -> Parameters:
        return terms.parameters.__replace__(around=True) if self._around else terms.parameters

    def _is_excluded(self, path: str) -> bool:
        """Say whether settings leave a file out, and count it; wrong ones leave nothing out."""
        try:
            excluded = self._terms(path).excluded
        except (SettingsError, InputError):
            return False
        if excluded:
            self._excluded.add(os.path.normpath(path))
        return excluded

    def _data(self, path: str) -> bytes:
        if path != STANDARD_INPUT:
            return files.read_bytes(path)
        if path not in self._inputs:
            self._inputs[path] = files.read_bytes(path)
        return self._inputs[path]

    def _instead(self, source: Source) -> Source:
        return Source(source.name, self._texts.get(source.name, source.text))

    def _module(self, folder: str) -> Iterator[Source | InputError]:
        for found in files.module(folder):
            if isinstance(found, InputError):
                yield found
                continue
            source = self._instead(found)
            if _OURS in source.text:
                self._noted[source.name] = source, None
            yield source

    def _judge(self, declarations: tuple[Declaration, ...], terms: FileSettings) -> None:
        if self._around:
            self.declarations += declarations
            return
        report = self._judged(declarations, terms)
        self._findings += report.findings
        self._skips += report.skips
        self._requests += report.requests
        self._files += 1

    def _hold(self, declarations: tuple[Declaration, ...], source: Source) -> bool:
        """Keep documents until all are known, where they may belong together with others."""
        is_imported = any(declaration.exported_as for declaration in declarations)
        if self._around or not (is_imported or _IMPORTS in source.text):
            return False
        from acmrules.model.linking import can_be_linked

        if not any(map(can_be_linked, declarations)):
            return False
        self._held += declarations
        return True

    def _judge_held(self) -> None:
        """Judge what may belong together across files, now that all of them are known."""
        if not self._held:
            return
        from acmrules.lint.linter import reading_order
        from acmrules.model.linking import link_consumers

        held, self._held = self._held, []
        importing = [*self._importing(held)]
        taken = link_consumers((*held, *importing))
        # What stays alone of these files was not to be judged, any more than without the others.
        alone = {declaration.source for declaration in importing}
        by_file: dict[str, list[Declaration]] = {}
        for declaration in taken:
            if declaration.source not in alone:
                by_file.setdefault(declaration.file, []).append(declaration)
        for file, declarations in by_file.items():
            self._judge(tuple(declarations), self._terms(file))
        left = {id(declaration) for declaration in taken}
        self._files += len({each.file for each in importing if id(each) not in left})
        for finding in self._findings:
            if finding.source in alone:
                self._judged_by[finding.file] = self._terms(finding.file)
        self._findings.sort(key=reading_order)
        self._skips.sort(key=reading_order)

    def _importing(self, held: list[Declaration]) -> Iterator[Declaration]:
        """Yield the consumers of files that have nothing else, if something is there to import."""
        for path in self._importers if any(declaration.exported_as for declaration in held) else ():
            try:
                terms = self._terms(path)
                if terms.excluded:
                    continue
                source = self._instead(files.decode(path, self._data(path)))
                declarations = registry.read(source, terms.parameters, self._kinds, importing=True)
            except (InputError, SettingsError):
                continue  # without the other files nobody would have read it
            except Exception as error:  # noqa: BLE001  (as for a file)
                self.defects.append(f"{path}: {describe_crash(error)}")
                continue
            if declarations and _OURS in source.text:
                self._noted[path] = source, declarations[0].tool
            yield from declarations

    def _judged(self, declarations: tuple[Declaration, ...], terms: FileSettings) -> Report:
        linter = terms.linter
        if linter not in self._benches:
            self._benches.append(linter)
        report = linter.report(declarations)
        if self._keep:
            self.declarations += declarations
        self._judged_by.update((declaration.file, terms) for declaration in declarations)
        self._judged_by.update((finding.file, terms) for finding in report.findings)
        return report

    def _cannot_read(self, unreadable: InputError) -> None:
        if not self._is_excluded(unreadable.name):
            self._unreadable.append(unreadable)

    def _refuse(self, settings: SettingsError) -> None:
        """Tell what is wrong with settings, which may be those of many files, once."""
        self._unreadable += [each for each in settings.mistakes if each not in self._unreadable]

    def _judge_modules(self) -> None:
        """Judge the Terraform modules that files were taken of; what others say of them stays out.

        A module that another one calls is judged with the arguments of the call.
        """
        if not self._modules:
            return
        from acmrules.lint.linter import reading_order

        for folder, paths in [*self._modules.items()]:
            paths -= {path for path in paths if self._is_excluded(path)}
            if not paths:
                del self._modules[folder]
        asked = {path for paths in self._modules.values() for path in paths}
        everything = Parameters({}, around=self._around)
        configuration = registry.configuration(self._module, everything)
        for root in configuration.roots(self._modules):
            try:
                parameters = self._parameters(self._terms(os.path.join(root, "main.tf")))
                self._judge_module(configuration.declarations(root, parameters), asked)
            except InputError as error:
                self._unreadable.append(error.with_traceback(None))
            except SettingsError as error:
                self._refuse(error)
            except NoSuffixList:
                raise
            except Exception as error:  # noqa: BLE001  (as for a file)
                self.defects.append(f"{root or '.'}: {describe_crash(error)}")
        unreadable = configuration.unreadable
        self._unreadable += [unreadable[path] for path in sorted(asked & unreadable.keys())]
        # What stands in a module, or in a file of variables, is found again with each call of it.
        self._unreadable = _once(self._unreadable, str)
        self._findings = _once(sorted(self._findings, key=reading_order), _said)
        self._skips.sort(key=reading_order)
        self._modules = {}

    def _suppress(self) -> tuple[Suppressed, ...]:
        """Take out what the files say may be as it is, and return it."""
        if not self._noted or self._around:
            return ()
        from acmrules.lint.linter import reading_order
        from acmrules.lint.suppressions import apply, scan

        found: list[tuple[Suppression, Linter]] = []
        for name, (source, tool) in self._noted.items():
            try:
                terms = self._terms(name)
                found += [(each, terms.linter) for each in scan.read(source, tool)]
                self._judged_by[name] = terms
            except (SettingsError, InputError):
                continue  # it was told, and nothing of the file was judged
        judged = self._order.keys() - self._excluded
        asked = [name for name in self._noted if name in judged]
        self._findings, suppressed = apply.applied(self._findings, self._skips, found, asked)
        self._findings.sort(key=reading_order)
        return tuple(suppressed)

    def _recall(self) -> tuple[list[Suppressed], list[StaleBaselineEntry]]:
        """Take out what the baselines have, and return it, with what they have in vain."""
        known: list[Suppressed] = []
        in_vain: list[StaleBaselineEntry] = []
        found = self.by_baseline(self._findings)
        for path in filter(None, sorted(found, key=str)):
            from acmrules.lint.linter import reading_order
            from acmrules.workspace import baseline_file

            try:
                had = baseline_file.read(path)
            except InputError as error:
                self._unreadable.append(error.with_traceback(None))
                continue
            found[path], recalled, rest = had.applied(found[path])
            known += recalled
            in_vain += had.stale(rest, self._skips, self.was_judged)
            left = (finding for own in found.values() for finding in own)
            self._findings = sorted(left, key=reading_order)
        return known, in_vain

    def _judge_module(self, declarations: tuple[Declaration, ...], asked: set[str]) -> None:
        where = [set(declaration.files()) for declaration in declarations]
        # A file that holds none of these may define what stands in any of the others.
        if asked <= set[str]().union(*where):
            concerned = zip(declarations, where, strict=True)
            declarations = tuple(declaration for declaration, files in concerned if files & asked)
        if self._around:
            self.declarations += declarations
            return
        for declaration in declarations:
            report = self._judged((declaration,), self._terms(declaration.file))
            self._findings += [each for each in report.findings if _concerns(each, asked)]
            self._skips += [each for each in report.skips if each.file in asked]
        own = [declaration for declaration in declarations if declaration.file in asked]
        self._requests += sum(declaration.request is not None for declaration in own)
        self._files += len({declaration.file for declaration in own})

    def _place_in_order(self, said: Finding | Skip) -> int:
        return self._order.get(said.file, len(self._order))


def _once(things: list[T], key: Callable[[T], object]) -> list[T]:
    """Return the first of all things that are equal by a key."""
    found: dict[object, T] = {}
    for thing in things:
        found.setdefault(key(thing), thing)
    return [*found.values()]


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.file, finding.range, finding.rule.id, finding.message


def _concerns(finding: Finding, files: set[str]) -> bool:
    """Say whether a finding, or what it rests on, stands in one of some files."""
    return finding.file in files or any(spot.file in files for spot in finding.related)
