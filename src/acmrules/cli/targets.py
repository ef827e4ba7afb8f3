"""Where the output of a command goes if it has a file or a format of its own.

Most runs print text, and do not load this module.
"""

from __future__ import annotations

import os

from acmrules.cli.options import Target
from acmrules.cli.parser import UsageError
from acmrules.messages import printable, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from acmrules.cli.options import ReportOptions

_TEXT = Target("text")
_STANDARD_OUTPUT = "-"
_OF_INPUTS = (
    *("paths", "operands", "rules", "names", "var_files", "baseline", "suffix_list"),
    "config",
)
"""The fields of options whose values may be files that a run reads."""


def targets(options: ReportOptions) -> tuple[Target, ...]:
    """Return the formats of a run, with their files; raises `UsageError`."""
    chosen = options.formats or (_TEXT,)
    printed = [each for each in chosen if not each.file]
    if len(printed) > 1:
        forms = " and ".join(dict.fromkeys(f"`{each.form}`" for each in printed))
        fault = "have the same destination" if " " in forms else "is repeated"
        raise UsageError(
            f"option `--format`: {forms} {fault}; give one of them a file,"
            f" for example `--format {printed[1].form}=FILE`"
        )
    if options.output:
        if not printed:
            raise UsageError("option `--output`: each `--format` has a file of its own")
        if options.output != _STANDARD_OUTPUT:
            chosen = tuple(
                each if each.file else Target(each.form, options.output) for each in chosen
            )
    _require_files(each.file for each in chosen if each.file)
    return chosen


def _require_files(names: Iterable[str]) -> None:
    """Raise `UsageError` for a directory, and for a file that is written twice."""
    known = set[str]()
    for name in names:
        path = os.path.realpath(name)
        if name.endswith(os.sep) or os.path.isdir(path):
            raise UsageError(f"{quoted(name)} is a directory; the output needs a file")
        if path in known:
            raise UsageError(f"two outputs have the same file {quoted(name)}")
        known.add(path)


def require_targets(options: Any) -> None:  # noqa: ANN401  (the options of a command with formats)
    """Raise `UsageError` if the output of a run has no place, or replaces a file of its options."""
    from acmrules.workspace.file_settings import BASELINE
    from acmrules.workspace.settings import OWN, PROJECT

    named = [each.file for each in targets(options)]
    named = [name for name in named if os.path.basename(name) in {OWN, PROJECT, BASELINE}]
    for field in _OF_INPUTS:
        stated = getattr(options, field, None) or ()
        named += [stated] if isinstance(stated, str) else stated
    refuse_inputs(options, named)


def refuse_inputs(options: ReportOptions, names: Iterable[str]) -> None:
    """Raise `UsageError` if the output would replace one of some files."""
    files = {os.path.realpath(each.file): each.file for each in targets(options) if each.file}
    for name in names if any(map(os.path.isfile, files)) else ():
        path = os.path.realpath(name)
        if path in files and os.path.isfile(path):
            raise UsageError(f"{quoted(files[path])} is an input, so the output cannot replace it")


def write_files(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Write the files of a run, and return why some were not written."""
    from acmrules.workspace.write import NotWritten, write_output

    faults = []
    for name, text in texts:
        try:
            write_output(name, text)
        except NotWritten as error:
            faults.append(f"{printable(error.name)}: not written: {error.reason}")
    return faults
