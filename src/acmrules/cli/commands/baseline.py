"""The command `baseline`: records current findings, so that only new ones are reported."""

from __future__ import annotations

import os
from functools import partial

from acmrules.cli import overrides
from acmrules.cli.parser import UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import BaselineOptions
    from acmrules.lint.baseline import Baseline


def baseline(options: BaselineOptions) -> int:
    """Record the current findings, so that only new ones are reported."""
    from acmrules.cli.stages import files_of, progress_of, write_troubles
    from acmrules.workspace.discover import discover
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.file_settings import BASELINE
    from acmrules.workspace.load import Loader
    from acmrules.workspace.run import Stages

    if options.baseline == os.devnull:
        raise UsageError(f"option `--baseline`: nothing can be written into `{os.devnull}`")
    progress = progress_of(options)
    kinds = options.kinds or None
    resolver = overrides.settings_resolver(options)
    inputs = discover(options.paths, kinds, standard_input=options.stdin_filename)
    files = files_of(options)
    overrides.require_known_parameters(options, inputs, files)
    loader = Loader(resolver.settings_of, files, Troubles(), kinds, step=progress.step)
    stages = Stages(inputs, loader, overrides.date_or_today(options.as_of), progress.checked)
    results = stages.lint(progress.watch(stages.linked()))
    progress.finish(resolver.settings_of, loader.excluded)
    found = [*results.findings, *(s.finding for s in results.suppressed if not s.suppression)]
    by_path = {path or BASELINE: own for path, own in results.by_baseline(found).items()}
    known = {path: stages.baselines.baseline(path) for path in by_path}
    code = write_troubles(loader.troubles, options.quiet)
    folders = [path for path in options.paths if os.path.isdir(path)]
    for path, before in known.items():
        if before is not None:
            renamed = stages.baselines.follow(path, before, by_path[path])
            was_checked = partial(stages.baselines.was_checked, path)
            is_decided = renamed.decided(results.skips, was_checked)
            after = renamed.updated(by_path[path], is_decided, prune=options.prune)
            if not _write(path, before, after, folders, quiet=options.quiet):
                code = code or UNREADABLE
    return code


def _write(path: str, before: Baseline, after: Baseline, folders: list[str], *, quiet: int) -> bool:
    """Write a baseline file, and print how many findings it has, or why it was not written."""
    from acmrules.cli.output import print_problem
    from acmrules.workspace.write import NotWritten, write_generated

    try:
        write_generated(path, after.text(), [os.curdir, os.path.dirname(path), *folders])
    except NotWritten as error:
        print_problem(error)
        return False
    count, previous = sum(after.counts.values()), sum(before.counts.values())
    if not quiet:
        print_problem(f"{count:,} in {os.path.relpath(path)}, {previous:,} before")
    return True
