"""The changes of certificates between two states of files, or those that a plan announces."""

from __future__ import annotations

import os

from acmrules.errors import AcmRulesError
from acmrules.messages import printable
from acmrules.readers import registry
from acmrules.syntax.source import STANDARD_INPUT, InputError
from acmrules.workspace import files
from acmrules.workspace.discover import discover, folders_of, single_files
from acmrules.workspace.errors import Troubles
from acmrules.workspace.files import Disk
from acmrules.workspace.load import Loader
from acmrules.workspace.other_texts import OnlyTexts
from acmrules.workspace.snapshots import Snapshot, below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from datetime import date

    from acmrules.analysis.changes import CertificateChange
    from acmrules.model.declaration import Declaration
    from acmrules.workspace.files import Files
    from acmrules.workspace.resolver import SettingsResolver


class ComparisonError(AcmRulesError):
    """The paths of a comparison are not two files, two directories, or one plan."""


class Comparison:
    """The old and the new state of files, and the errors in reading them.

    `declaring` are the files with declarations, and `remarks` are sentences about files that have
    nothing to compare. `require_known` raises an error if the settings name a parameter that no
    input declares. `step` is called with each file that is read, and `declared` with what was
    found. `disk` are the current files.
    """

    def __init__(
        self,
        resolver: SettingsResolver,
        as_of: date,
        kinds: Container[str] | None = None,
        *,
        require_known: Callable[..., None] | None = None,
        step: Callable[[str], None] | None = None,
        declared: Callable[[Iterable[Declaration]], None] | None = None,
        disk: Files | None = None,
    ) -> None:
        self._named = frozenset[str]()
        self._kinds = kinds
        self._require_known = require_known
        self._step = step
        self._declared = declared or (lambda _: None)
        self.resolver = resolver
        self.as_of = as_of
        self.troubles = Troubles()
        self.declaring = set[str]()
        self.remarks: list[str] = []
        # One object reads standard input once.
        self._disk: Files = disk or Disk()

    def compared(self, paths: list[str], revision: str | None = None) -> list[CertificateChange]:
        """Return the changes of the certificates: of two paths, since a revision, or of a plan.

        Raises `GitError` and `ComparisonError`.
        """
        self._named = frozenset(map(os.path.normpath, paths))
        if revision:
            return self._with_revision(revision, paths)
        for path in paths:
            if path != STANDARD_INPUT and not os.path.exists(path):
                raise ComparisonError(f"{printable(path)}: no such file or directory")
        if len(paths) == 1:
            return self._of_plan(paths[0])
        if len(paths) > len(("OLD", "NEW")):
            raise ComparisonError(
                "`compare` accepts two paths, or `--git REVISION` and any number of paths"
            )
        return self._of_two(*paths)

    def compared_texts(
        self, before: Mapping[str, str] | None, after: Mapping[str, str], revision: str = ""
    ) -> list[CertificateChange]:
        """Return the changes between texts by file name, or of the plan that is the only text.

        No other file is read. `revision` is added to the names in errors of the old texts. Raises
        `ComparisonError`.
        """
        self._named = frozenset(map(os.path.normpath, after))
        if before is not None:
            return self._changes(self._of_texts(before), self._of_texts(after), {}, (), revision)
        if len(after) > 1:
            raise ComparisonError(_ALONE)
        self._disk = OnlyTexts(after)
        return self._of_plan(*after)

    def _of_texts(self, texts: Mapping[str, str]) -> Snapshot:
        snapshot = self._snapshot(OnlyTexts(texts), is_alone=True)
        modules = registry.MODULE_SUFFIXES
        snapshot.add_files(path for path in texts if not path.endswith(modules))
        folders = folders_of(map(os.path.normpath, texts))
        snapshot.add_modules(snapshot.module_tree(), folders)
        return snapshot

    def _snapshot(self, files: Files, begin: str = "", *, is_alone: bool = False) -> Snapshot:
        """Return an empty snapshot of files, with troubles of its own."""
        troubles, step = Troubles(), self._step
        loader = Loader(self.resolver.settings_of, files, troubles, self._kinds, step=step)
        loader.is_alone = is_alone
        loader.named = self._named
        loader.compares = True
        return Snapshot(loader, begin)

    # Two files or directories

    def _of_two(self, old: str, new: str) -> list[CertificateChange]:
        if os.path.isdir(old) is not os.path.isdir(new):
            raise ComparisonError(
                "OLD and NEW must be two files or two directories, not one of each"
            )
        self._require_known_parameters((old, new), self._disk)
        sides = self._of_path(old), self._of_path(new)
        for path, side in zip((old, new), sides, strict=True):
            is_file = path != STANDARD_INPUT and not os.path.isdir(path)
            if is_file and not (side.declarations or [*side.troubles]):
                self._explain(path)
        return self._changes(*sides, {}, [new])

    def _of_path(self, path: str) -> Snapshot:
        snapshot = self._snapshot(self._disk, path)
        if not os.path.isdir(path):
            # One of Terraform's is read alone, too: the other may well be in the same folder.
            snapshot.add_files([path])
            return snapshot
        found = [*files.walk(path, registry.WALKED_SUFFIXES)]
        for each in found:
            if isinstance(each, InputError):
                self.troubles.refuse(each, is_warning=each.name != path)
        paths = [each.removeprefix("./") for each in found if not isinstance(each, InputError)]
        snapshot.add_files(single_files(paths))
        snapshot.add_modules(snapshot.module_tree(), folders_of(paths), below([path]))
        return snapshot

    def _require_known_parameters(
        self, paths: Sequence[str], *sides: Files, removed: Sequence[str] = ()
    ) -> None:
        """Raise an error for a parameter that neither the old nor the new files declare.

        The paths are searched only if there is a parameter. They may lack the `removed` files.
        """
        if self._require_known:
            inputs = discover(paths, self._kinds)
            both = inputs.__replace__(files=(*inputs.files, *removed))
            self._require_known(both, *sides)

    def _explain(self, path: str) -> None:
        """Remark why a file has nothing to compare, or add the error that it is broken."""
        from acmrules.workspace.answers import Answers

        answers = Answers(self._kinds, is_hook=False)
        answers.add(path, self._disk.read(path))
        for answer in answers.answers(is_nothing_checked=True):
            if isinstance(answer, InputError):
                self.troubles.refuse(answer)
            else:
                self.remarks.append(str(answer.located))
        self.remarks += answers.remarks

    # A revision of git

    def _with_revision(self, name: str, paths: list[str]) -> list[CertificateChange]:
        from acmrules.workspace import edited_files
        from acmrules.workspace.git import Revision

        revision = Revision(name, edited_files.folder_of(paths[0]))
        try:
            edits = revision.edits(paths)
            removed = [each.before for each in edits if each.before]
            self._require_known_parameters(paths, self._disk, revision, removed=removed)
            before, after = self._snapshot(revision), self._snapshot(self._disk)
            edited_files.add_edited(before, after, edits, paths)
            self.remarks += edited_files.add_edited_modules(before, after, edits, paths, revision)
            if not revision.infers_renames:
                edited_files.refuse_unpaired(before, after, edits)
            pairs = ((edit.before, edit.after) for edit in edits)
            renamed = {new: old for old, new in pairs if old and new and old != new}
            renamed |= edited_files.renamed_folders(renamed, revision)
            return self._changes(before, after, renamed, paths, name)
        finally:
            revision.close()

    # A plan or a change set

    def _of_plan(self, path: str) -> list[CertificateChange]:
        from acmrules.analysis.tool_plans import announced

        snapshot = self._of_path(path)
        if os.path.isdir(path):
            raise ComparisonError(_ALONE)
        self.troubles.add(snapshot.troubles)
        self.declaring.add(path)
        declarations = [each.declaration for each in snapshot.declarations]
        self._declared(declarations)
        try:
            source = files.decode(path, self._disk.read(path))
            found = announced(source, declarations, self.as_of)
        except InputError as error:
            if not self.troubles.unreadable:
                self.troubles.refuse(error)
            return []
        if found is None:
            raise ComparisonError(_ALONE)
        return found

    # Both

    def _changes(
        self,
        before: Snapshot,
        after: Snapshot,
        renamed: dict[str, str],
        paths: Sequence[str],
        revision: str = "",
    ) -> list[CertificateChange]:
        """Compare two snapshots, and search the new paths for stacks that import an export."""
        from acmrules.analysis.changes import ChangeContext, compared
        from acmrules.analysis.pairing import pairs

        # A certificate whose file is unreadable on one side is neither added nor removed.
        broken, remarks = set[str](), list[InputError]()
        if any(side.roots for side in (before, after)):
            from acmrules.workspace.compared_environments import add_environments

            broken, remarks = add_environments(before, after)
        for remark in remarks:
            self.troubles.refuse(remark, is_warning=True)
        broken |= before.unreadable_scopes() | after.unreadable_scopes()
        self._declared(each.declaration for each in after.declarations)
        self.declaring |= {
            each.declaration.file for side in (before, after) for each in side.declarations
        }
        had, has = (
            [each for each in side.declarations if each.is_certificate and each.scope not in broken]
            for side in (before, after)
        )
        found = pairs(had, has, after.moves, renamed)
        # In a module that cannot be read on one side, any certificate may be declared.
        incomplete = _incomplete_scopes(before, after)
        found = [
            each
            for each in found
            if (each.old and each.new)
            or not any(side and side.scope in incomplete for side in (each.old, each.new))
        ]
        scopes = before.scopes, after.scopes
        changes = compared(found, ChangeContext(self.as_of, tuple(after.declarations), scopes))
        if any(each.matters_elsewhere for each in changes):
            walked = (files.walk(path, registry.WALKED_SUFFIXES) for path in paths)
            after.add_importers(
                each.removeprefix("./") for some in walked for each in some if isinstance(each, str)
            )
            changes = compared(found, ChangeContext(self.as_of, tuple(after.declarations), scopes))
        self.troubles.add(_at_revision(before.troubles, after.troubles, revision))
        self.troubles.add(after.troubles)
        return changes


def _incomplete_scopes(before: Snapshot, after: Snapshot) -> set[str]:
    """Return the scopes with modules that cannot be read on one side only, and refuse their calls.

    A module that is missing on both sides is not part of the comparison.
    """
    incomplete = set[str]()
    for side, other in ((before, after), (after, before)):
        for scope, errors in side.source_errors.items():
            known = {error.fault for error in other.source_errors.get(scope, ())}
            for error in errors:
                if error.fault not in known:
                    incomplete.add(scope)
                    side.refuse(error)
    return incomplete


def _at_revision(before: Troubles, after: Troubles, revision: str) -> Troubles:
    """Return troubles with the name of the revision, unless they are those of today's files."""
    if not revision:
        return before
    named = Troubles()
    known = {str(error) for error in after.unreadable}
    for error in before.unreadable:
        # Both sides have some in common, such as wrong settings, which are those of today.
        where = error.name if str(error) in known else f"{error.name} ({revision})"
        at_revision = InputError(where, error.fault, error.position)
        named.refuse(at_revision, is_warning=error.is_warning)
    for bug in before.bugs:
        named.add_bug(bug)
    return named


_ALONE = (
    "a single path must be a Terraform plan (`terraform show -json`) or a change set"
    " (`describe-change-set`); otherwise give OLD and NEW, or `--git REVISION`"
)
