"""What commands share when they print: JSON, colors, and what the terminal can show."""

from __future__ import annotations

import os
import sys

from acmrules.messages import printable
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from acmrules.cli.options import ReportOptions
    from acmrules.model.batches import Batch
    from acmrules.model.declaration import Declaration
    from acmrules.reports.paths import LinkBase
    from acmrules.workspace.file_settings import FileSettings

_MAX_DIGITS = 9
SHOWN: list[Callable[[], None]] = []
"""What removes the line of progress that is shown, if one is."""

_FOR_PEOPLE = frozenset(("text", "concise", "grouped"))


_SILENT = 2
"""How often `--quiet` is given if nothing is printed but problems."""


class Page(Value):
    """What a report can use where it is shown: columns, lines, colors, links, and characters.

    Without `links`, there are no hyperlinks.
    """

    width: int
    height: int
    color: bool = False
    links: LinkBase | None = None
    is_ascii: bool = False


def deliver(
    options: ReportOptions, render: Callable[[str, Page], str], inputs: Iterable[str] = ()
) -> None:
    """Print the output, or write it to files; `render` returns it in a format.

    Files are written when all of them are complete. Raises `UsageError` if one of them is among
    the `inputs`, or cannot be written.
    """
    quiet, color = getattr(options, "quiet", 0), getattr(options, "color", "auto")
    if not options.formats and not options.output:
        if quiet < _SILENT:
            print_report(render("text", _page(color, "text")))
        return
    from acmrules.cli.parser import UsageError
    from acmrules.cli.targets import refuse_inputs, targets, write_files

    refuse_inputs(options, inputs)
    size = terminal_width(), terminal_height()
    chosen = targets(options)
    texts = [
        (
            each.file,
            _without_commands_in(render(each.form, Page(*size, color == "always")), each.form),
        )
        for each in chosen
        if each.file
    ]
    faults = write_files(texts)
    for each in chosen:
        if not each.file and quiet < _SILENT:
            print_report(render(each.form, _page(color, each.form)), each.form)
    if faults:
        *others, last = faults
        for fault in others:
            print_problem(fault)
        raise UsageError(last)


def forms(options: ReportOptions) -> tuple[str, ...]:
    """Return the formats of the output, each once."""
    return tuple(dict.fromkeys(each.form for each in options.formats)) or ("text",)


def _page(color: str, form: str) -> Page:
    """Return what standard output can show."""
    is_colored = wants_color(color, form)
    links: LinkBase | None = None
    if is_colored or os.environ.get("FORCE_HYPERLINK"):
        from acmrules.cli.links import links_of_terminal

        links = links_of_terminal()
    is_ascii = not can_show("\u2514")
    return Page(terminal_width(), terminal_height(), is_colored, links, is_ascii)


def print_problem(problem: object) -> None:
    """Print a problem on standard error as one line; what is unprintable in it is escaped."""
    clear_progress()
    print(f"acmrules: {without_commands(printable(str(problem)))}", file=sys.stderr)


def print_report(text: str, form: str = "text") -> None:
    """Print a report; one for people contains no commands for the program that shows it."""
    sys.stdout.write(_without_commands_in(text, form))


def _without_commands_in(text: str, form: str) -> str:
    return without_commands(text) if form in _FOR_PEOPLE else text


def without_commands(text: str) -> str:
    r"""Escape what GitHub Actions would run as a workflow command in the output of a step.

    These are `::` at the beginning of a line, after any spaces, and `##[` anywhere. Names of files
    and values of templates can contain both.

    >>> print(without_commands("::error::a.yaml: AWS::Region ##[error]"))
    \x3a:error::a.yaml: AWS::Region ##\x5berror]
    """
    if "::" in text:
        text = "\n".join(map(_without_command, text.split("\n")))
    return text.replace("##[", r"##\x5b")


def _without_command(line: str) -> str:
    bare = line.lstrip()
    return line.replace(":", r"\x3a", 1) if bare.startswith("::") else line


def as_json(data: object) -> str:
    """Return plain data as indented JSON."""
    import json

    return f"{json.dumps(data, indent=2)}\n"


def can_show(character: str) -> bool:
    """Return whether the encoding of the output has a character."""
    try:
        character.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def wants_color(choice: str = "auto", form: str = "text") -> bool:
    """Return whether to use colors on standard output; `choice` is that of `--color`.

    The first that is set decides: `--color`, `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE`,
    `TERM=dumb`, `CLICOLOR=0`. Otherwise, terminals have colors, and so have the logs of CI systems
    that show them, unless programs usually read the format.
    """
    if choice != "auto":
        return choice == "always"
    variable = os.environ.get
    if variable("NO_COLOR"):
        return False
    if forced := variable("FORCE_COLOR"):
        return forced not in _OFF
    if variable("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    if variable("TERM") == "dumb" or variable("CLICOLOR") == "0":
        return False
    return sys.stdout.isatty() or (form in _IN_LOGS and _is_log_with_colors())


_OFF = ("0", "false")
_IN_LOGS = ("text", "grouped")
LOGS_WITH_COLORS = (
    *("GITHUB_ACTIONS", "GITEA_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "APPVEYOR"),
    *("BUILDKITE", "DRONE", "TF_BUILD"),
)
"""The variables of CI systems that show colors in their logs, which are pipes."""


def _is_log_with_colors() -> bool:
    if not any(map(os.environ.get, LOGS_WITH_COLORS)):
        return False
    import stat

    try:
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def terminal_width() -> int:
    """Return `COLUMNS`, or the width of the terminal, or 80 if the output is not a terminal."""
    return _terminal_size("COLUMNS", 0) or 80


def terminal_height() -> int:
    """Return `LINES`, or the height of the terminal, or 24 if the output is not a terminal."""
    return _terminal_size("LINES", 1) or 24


def _terminal_size(variable: str, index: int) -> int:
    """Return a variable, or an item of the size of the terminal, or 0 if both are unknown."""
    stated = os.environ.get(variable, "")
    if stated.isdecimal() and len(stated) <= _MAX_DIGITS and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(sys.stdout.fileno())[index]
    except (OSError, ValueError):
        return 0


def clear_progress() -> None:
    """Remove the line of progress that is shown, because something else is printed."""
    while SHOWN:
        SHOWN[-1]()


class Unwatched:
    """The progress of a run that is not shown; no function is called with it."""

    step: Callable[[str], None] | None = None

    @property
    def checked(self) -> Callable[[int, int], None] | None:
        """The function to call with the requests that are checked, and the number of all."""
        return None

    @property
    def answered(self) -> Callable[[int, int], None] | None:
        """The function to call with the number of DNS answers, and of queries."""
        return None

    def watch(self, batches: Iterable[Batch]) -> Iterable[Batch]:
        """Return batches; a verbose run remembers their declarations."""
        return batches

    def declared(self, declarations: Iterable[Declaration]) -> None:
        """Remember the files of declarations in a verbose run."""

    def finish(
        self, settings_of: Callable[[str], FileSettings], excluded: Container[str] = ()
    ) -> None:
        """End the progress; a verbose run prints what was read, with the settings of each file."""

    def clear(self) -> None:
        """Remove what is shown."""
