"""What `check` changes in files: fixes and suppressions, which are written or shown.

Most runs change nothing, and do not load this module.
"""

from __future__ import annotations

import os
import sys

from acmrules.cli.output import print_problem
from acmrules.cli.parser import FOUND, UNREADABLE
from acmrules.syntax.source import STANDARD_INPUT
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from acmrules.cli.options import CheckOptions
    from acmrules.lint.findings import Finding
    from acmrules.workspace.checked_files import CheckedFiles
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.files import Disk


class Changes(Value):
    """The new texts of files by name, and what `--diff` prints of them.

    Without `is_complete`, a file could not be written.
    """

    texts: dict[str, str]
    differences: str | None = None
    is_complete: bool = True

    def exit_code(self, code: int) -> int:
        """Return the exit code of a run that would have a `code` without changes."""
        if not self.is_complete:
            code = max(code, UNREADABLE)
        return max(code, FOUND) if self.texts and self.differences is not None else code

    def print(self, options: CheckOptions, files: Disk, write_report: Callable[[], None]) -> None:
        """Print the report, on standard error if standard input is printed with its changes."""
        name = _standard_input(options)
        if name not in options.paths or options.diff:
            write_report()
            return
        from contextlib import redirect_stdout

        from acmrules.lint.fixes import encoded
        from acmrules.syntax.source import InputError

        with redirect_stdout(sys.stderr):
            write_report()
        try:
            data = files.read(name)
        except InputError:
            return  # The report has the reason.
        fixed = {os.path.normpath(each): text for each, text in self.texts.items()}
        own = os.path.normpath(name)
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded(fixed[own], data) if own in fixed else data)


def change(options: CheckOptions, run: CheckedFiles, inputs: Inputs) -> Changes:
    """Fix and suppress findings as options say, and write the files unless `--diff` is given."""
    from acmrules.lint.fixes import FixResult, apply_until_stable
    from acmrules.messages import counted

    outcome = FixResult({}, {})
    if options.fix or not options.add_ignores:
        outcome = apply_until_stable(run, unsafe=options.unsafe_fixes)
        _print_rejected(options, outcome.rejected, "fixed")
    before, texts = outcome.before, outcome.texts
    suppressed: tuple[Finding, ...] = ()
    if options.add_ignores:
        from acmrules.lint.suppressions.add import add_suppressions

        least = options.min_severity
        added = add_suppressions(
            run,
            texts,
            options.add_ignores,
            may_edit=inputs.order.__contains__,
            is_meant=lambda finding: least is None or finding.severity >= least,
        )
        _print_rejected(options, added.rejected, "suppressed")
        before, texts = {**added.before, **before}, {**texts, **added.texts}
        suppressed = added.suppressed
    texts = {name: text for name, text in sorted(texts.items()) if text != before[name]}
    if options.diff:
        from acmrules.workspace.write import difference

        differences = []
        for name, text in texts.items():
            secrets = outcome.secrets.get(name, ())
            sides = (_masked(side, secrets) for side in (before[name], text))
            differences.append(difference(name, *sides))
        return Changes(texts, "".join(differences))
    written = _written(options, before, texts)
    done = [("fixed", outcome.applied)] * options.fix
    done += [("suppressed", suppressed)] * bool(options.add_ignores)
    for word, findings in () if options.quiet else done:
        changed = [each for each in findings if each.file in written or written == texts]
        files = {each.file for each in changed} if options.add_ignores else written
        print_problem(f"{len(changed)} {word} in {counted(len(files), 'file')}")
    return Changes(written, is_complete=len(written) == len(texts))


def _print_rejected(
    options: CheckOptions, rejected: Iterable[tuple[Finding, str]], word: str
) -> None:
    from acmrules.reports.tables import position

    for finding, reason in () if options.quiet else rejected:
        where = position(finding.location)
        print_problem(f"{where}: {finding.rule.id} not {word}: {reason}")


def _written(
    options: CheckOptions, before: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, str]:
    """Write new texts into their files, and return those that were written."""
    from acmrules.workspace.write import NotWritten, write

    written = {}
    folders = [path for path in options.paths if os.path.isdir(path)]
    for name, text in texts.items():
        try:
            if os.path.normpath(name) != os.path.normpath(_standard_input(options)):
                write(name, before[name], text, [os.curdir, *folders])
            written[name] = text
        except NotWritten as error:
            print_problem(error)
    return written


def _standard_input(options: CheckOptions) -> str:
    """Return the name of the file whose text is standard input."""
    return options.stdin_filename or STANDARD_INPUT


def _masked(text: str, secrets: Iterable[str]) -> str:
    """Return text with asterisks for secrets."""
    for secret in secrets:
        text = text.replace(secret, "*" * len(secret))
    return text
