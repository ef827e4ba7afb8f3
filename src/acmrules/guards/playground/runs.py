"""The run of a question: its texts are the files of a directory, and no other file exists."""

from __future__ import annotations

import os

from acmrules.readers.options import ReadScope
from acmrules.readers.registry import WALKED_SUFFIXES
from acmrules.suffix_lists import default_suffixes
from acmrules.workspace.checks import inputs_of
from acmrules.workspace.errors import Troubles
from acmrules.workspace.file_settings import BASELINE
from acmrules.workspace.given_files import GivenFiles
from acmrules.workspace.load import Loader
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.settings import OWN, PROJECT, Setting, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from acmrules.guards.playground.questions import Question
    from acmrules.model.declaration import Declaration
    from acmrules.model.inventory import Inventory
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.settings import Key

_NOT_INPUTS = frozenset((OWN, PROJECT, BASELINE))
"""The names of files that decide how others are checked."""

_OF_TOOLS = frozenset((".git", ".terraform"))
"""The folders that a walk leaves out."""


class QuestionRun:
    """The files of a question, their settings, and the inputs: all files but those of settings.

    `paths` are those of the command that has the same report in a directory with these files.
    `unread` are the names of files that this page does not read. `names` are those of all others
    but settings, whether they are inputs or not.
    """

    def __init__(self, question: Question) -> None:
        from acmrules.guards.playground.unread import is_unread

        self.question = question
        texts = question.texts
        self.unread = tuple(name for name, text in texts.items() if is_unread(name, text))
        known = {name: text for name, text in texts.items() if name not in self.unread}
        self.files = GivenFiles(known)
        self.names = [name for name in known if os.path.basename(name) not in _NOT_INPUTS]
        self.paths = paths_of(self.names)
        self.inputs = _inputs(self.names, self.paths)
        self.resolver = SettingsResolver(
            Settings(_options(question)),
            question.as_of,
            default_suffixes,
            finds_baselines=False,
            places=self.files,
        )

    def unused(self, excluded: Container[str]) -> list[str]:
        """Return the names of files that no check has read, without those that are `excluded`."""
        was_read = self.files.was_read
        return [name for name in self.names if name not in was_read and name not in excluded]

    def loader(self, scope: ReadScope = ReadScope.CERTIFICATES) -> Loader:
        """Return a loader of the files."""
        loader = Loader(self.resolver.settings_of, self.files, Troubles(), scope=scope)
        loader.given = loader.folders = self.files
        return loader

    def inventory(self, *, finds_environments: bool = False, joins: bool = True) -> Inventory:
        """Return what the files declare.

        Certificates that exist are joined with those that files declare if the run `joins` them.
        """
        from acmrules.model.inventory import inventory_of

        loader = self.loader(ReadScope.EVERYTHING)
        loader.finds_environments = finds_environments

        def join(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
            from acmrules.analysis.existing import with_existing

            return with_existing(declarations, self.resolver.account_of)

        inventory, _ = inventory_of(loader.batches(self.inputs), join if joins else None)
        return inventory


def paths_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the paths of the command that checks files: one file, or the directory of several.

    Files that a walk of the directory leaves out, such as lists of names, are named too. The
    configurations of Terragrunt are found by their place.
    """
    known = tuple(names)
    if len(known) == 1:
        return known
    return (os.curdir, *(name for name in known if not name.endswith((*WALKED_SUFFIXES, ".hcl"))))


def _inputs(names: Iterable[str], paths: tuple[str, ...]) -> Inputs:
    """Return the inputs in the order of the command: a walk, then what is named."""
    walked = [name for name in names if name.endswith(WALKED_SUFFIXES) and name not in paths]
    walked = [name for name in walked if _OF_TOOLS.isdisjoint(name.split("/"))]
    walked.sort(key=lambda name: name.split("/"))
    named = [path for path in paths if path != os.curdir]
    return inputs_of((*walked, *named)).__replace__(named=frozenset(paths))


def _options(question: Question) -> dict[Key, Setting]:
    """Return what the page states, as settings; they have no baseline, which is a file on disk."""
    stated: dict[Key, Setting] = {
        ("as-of",): Setting(question.as_of, "asOf"),
        ("baseline",): Setting(None, "baseline"),
    }
    if question.region:
        stated["region",] = Setting(question.region, "region")
    return stated
