"""The files that were edited since a Git revision, in the snapshots of both sides."""

from __future__ import annotations

import os

from acmrules.messages import printable
from acmrules.readers import registry
from acmrules.syntax.source import InputError
from acmrules.workspace import files
from acmrules.workspace.discover import folders_of, single_files
from acmrules.workspace.listing import ListedFolders
from acmrules.workspace.snapshots import absolute, below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.workspace.git import FileChange, Revision
    from acmrules.workspace.snapshots import Snapshot


def add_edited(
    before: Snapshot, after: Snapshot, edits: list[FileChange], paths: list[str]
) -> None:
    """Add the edited files of the formats in which each file is read on its own."""
    is_included = below(paths)
    named = {path for path in absolute(paths) if not path.endswith(registry.MODULE_SUFFIXES)}
    for edit in edits:
        sides = edit.before, edit.after
        if not edit.content or not any(side and is_included(side) for side in sides):
            continue
        for side, snapshot in zip(sides, (before, after), strict=True):
            if side and (single_files([side]) or os.path.abspath(side) in named):
                snapshot.add_files([side])


def refuse_unpaired(before: Snapshot, after: Snapshot, edits: list[FileChange]) -> None:
    """Refuse new files with certificates if a removed file that they may rename is unreadable."""
    unreadable = {error.name for error in before.troubles.unreadable}
    if not any(edit.before in unreadable and edit.after is None for edit in edits):
        return
    declared = {each.declaration.file for each in after.declarations if each.is_certificate}
    for edit in edits:
        if edit.before is None and edit.after in declared:
            fault = "may be the new name of a file whose content is not in this clone"
            after.refuse(InputError(edit.after, fault))


def add_edited_modules(
    before: Snapshot,
    after: Snapshot,
    edits: list[FileChange],
    paths: list[str],
    revision: Revision,
) -> list[str]:
    """Add the Terraform modules that were edited, or that call an edited one.

    Return remarks on the files whose values no module uses.

    If a certificate file was edited, so may be any module that imports a certificate. A module is
    compared, too, if only the files of its environments are in the paths.
    """
    sides = [side for e in edits for side in (e.before, e.after) if side]
    edited = folders_of(sides)
    has_certificates = any(map(registry.is_certificate_file, sides))
    values = {each for each in sides if each.endswith(_OF_ENVIRONMENTS)}
    values = {each for each in values if not each.endswith(_LOCK)}
    if not edited and not has_certificates and not values:
        return []
    is_included = below(paths)
    included = {side for side in values if is_included(side)}
    outer: set[str] = set()
    used: set[str] = set()
    now = {e.after for e in edits if e.after}
    gone = {e.before for e in edits if e.before and e.before != e.after}
    had = [*revision.listed()]
    has = [path for path in (*had, *now) if path not in gone]
    read = []
    for snapshot, listed in ((before, had), (after, has)):
        snapshot.search_in(ListedFolders(listed))
        all_folders = folders_of(path for path in listed if is_included(path))
        tree = snapshot.module_tree()
        read.append((snapshot, tree, all_folders))
        for root in tree.roots(all_folders) if values else ():
            if own := snapshot.environment_files(root) & values:
                edited.add(root)
                used |= own
        for root in tree.roots(folders_of(listed) - all_folders) if included else ():
            if own := snapshot.environment_files(root) & included:
                outer.add(root)
                used |= own
    for snapshot, tree, all_folders in read:
        importing = tree.importing(all_folders) if has_certificates else set[str]()
        folders = tree.concerned(all_folders, {*edited, *importing})
        snapshot.add_modules(tree, folders, is_included)
        if rest := outer - all_folders:
            snapshot.add_modules(tree, rest)
    return _unused(included - used, paths)


def _unused(values: set[str], paths: list[str]) -> list[str]:
    """Return which named files have values for environments of no module that was found."""
    named = absolute(paths)
    fault = "no module with certificates was found for these values; compare its directory"
    return [
        f"{printable(path)}: {fault}"
        for path in sorted(values)
        if os.path.abspath(path) in named and not files.is_of_module(os.path.basename(path))
    ]


_OF_ENVIRONMENTS = (".tfvars", ".tfvars.json", ".hcl", ".hcl.json")
"""The suffixes of files with values of environments: variable files and those of Terragrunt."""

_LOCK = ".terraform.lock.hcl"
"""The name of a file in which Terraform keeps the versions of providers."""


def folder_of(path: str) -> str:
    """Return the nearest directory that exists."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while folder and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder or os.curdir


def renamed_folders(renamed: dict[str, str], revision: Revision) -> dict[str, str]:
    """Return the directories that were renamed as a whole, inferred from their files."""
    found: dict[str, str] = {}
    for after, before in renamed.items():
        here, there = os.path.dirname(after), os.path.dirname(before)
        if here != there and not os.path.isdir(there or os.curdir) and here:
            found.setdefault(here, there)
    had = {os.path.dirname(path) for path in revision.listed()} if found else set[str]()
    return {here: there for here, there in found.items() if here not in had}
