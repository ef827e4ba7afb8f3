"""The stages of a run over files, for tests of their results."""

import os
from datetime import date
from typing import NamedTuple

from acmrules.lint.findings import Report
from acmrules.lint.pipeline import Results
from acmrules.readers.options import ReadScope
from acmrules.suffix_lists import default_suffixes
from acmrules.workspace.discover import discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.files import Disk
from acmrules.workspace.load import Loader
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.run import Stages
from acmrules.workspace.settings import Setting, Settings

DAY = date(2026, 11, 23)


class Outcome(NamedTuple):
    """The results of the stages for some files."""

    report: Report
    results: Results
    declarations: list
    bugs: tuple


def resolver(suffixes=default_suffixes, **stated):
    """Return a resolver with these settings as the strongest ones."""
    settings = {(key.replace("_", "-"),): Setting(value, "") for key, value in stated.items()}
    return SettingsResolver(Settings(settings), DAY, suffixes)


def loader(suffixes=default_suffixes, scope=ReadScope.CERTIFICATES, **stated):
    """Return a loader of the files on disk."""
    return Loader(resolver(suffixes, **stated).settings_of, Disk(), Troubles(), scope=scope)


def run(*paths, suffixes=default_suffixes, **stated):
    """Return the outcome for files and folders."""
    inputs = discover(map(os.fspath, paths))
    reading = loader(suffixes, **stated)
    stages = Stages(inputs, reading, DAY)
    batches = [*stages.linked()]
    results = stages.lint(batches)
    report = stages.report(results)
    declarations = [each for batch in batches for each in batch.declarations]
    return Outcome(report, results, declarations, reading.troubles.bugs)
