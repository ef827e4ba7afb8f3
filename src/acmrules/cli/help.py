"""The help pages, wrapped to the width of the terminal."""

from __future__ import annotations

from acmrules.cli.options import COMMAND_GROUPS, GROUPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.cli.parser import Command, Option

_NARROWEST = 30
"""The least width of a description that is next to its term, not below it."""

_WIDEST_TERM = 24


def main_page(commands: Sequence[Command], width: int) -> str:
    """Return the help page of the program."""
    groups = [
        (group, [(each.name, each.summary) for each in commands if each.group == group])
        for group in COMMAND_GROUPS
    ]
    return _page(
        _wrapped("usage: acmrules COMMAND [OPTION ...] [ARGUMENT ...]", width, 16),
        _wrapped(
            "Check AWS Certificate Manager (ACM) certificate requests before you send them.", width
        ),
        *_sections(groups, width),
        _examples([commands[0].examples[0], "acmrules explain ACM205"], width),
        _wrapped(
            "`acmrules help COMMAND` shows the options and exit codes of a command,"
            " `acmrules --version` the version.",
            width,
        ),
    )


def command_page(command: Command, width: int) -> str:
    """Return the help page of a command."""
    groups = [
        (group, [option_row(option) for option in command.options if option.group == group])
        for group in GROUPS
    ]
    return _page(
        usage(command, width),
        _wrapped(f"{command.summary[0].upper()}{command.summary[1:]}.", width),
        _wrapped(command.details, width),
        *_sections(groups, width),
        *_sections([("Exit codes", exit_codes(command))], width),
        _examples(command.examples, width),
    )


def usage(command: Command, width: int) -> list[str]:
    """Return a line for each form of a command."""
    options = "[OPTION ...]" if command.options else ""
    lines: list[str] = []
    for synopsis in command.operands.synopsis.split(" | "):
        words = ("acmrules", command.name, options, synopsis)
        lead = " " * 7 if lines else "usage: "
        lines += _wrapped(" ".join(filter(None, words)), width, 16, lead)
    return lines


def option_row(option: Option) -> tuple[str, str]:
    """Return an option as it is written, and its description."""
    choices = f": {', '.join(option.choices)}" if option.choices else ""
    default = f"default: {option.default}" if option.default else ""
    remarks = "; ".join(filter(None, (default, "can be repeated" if option.many else "")))
    short = f"{option.short}, " if option.short else ""
    return (
        f"{short}{option.name} {option.metavar}".rstrip(),
        f"{option.help}{choices}{f' ({remarks})' if remarks else ''}",
    )


def exit_codes(command: Command) -> list[tuple[str, str]]:
    """Return the exit codes of a command, each with its meaning."""
    failure = [("1", command.failure)] if command.failure else []
    waiting = [("4", command.waiting)] if command.waiting else []
    meanings = ["the command line is wrong", "a named file cannot be read or written"]
    meanings += [command.incomplete] if command.incomplete else []
    return [
        ("0", command.success),
        *failure,
        ("2", f"{', '.join(meanings[:-1])}, or {meanings[-1]}"),
        ("3", "a bug in acmrules"),
        *waiting,
    ]


def _page(*blocks: list[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _sections(groups: Iterable[tuple[str, list[tuple[str, str]]]], width: int) -> list[list[str]]:
    """Return groups of terms and descriptions, with one column for all terms."""
    filled = [(heading, rows) for heading, rows in groups if rows]
    terms = [term for _, rows in filled for term, _ in rows]
    column = 4 + min(max(map(len, terms), default=0), _WIDEST_TERM)
    return [
        [f"{heading}:", *(line for row in rows for line in _described(*row, column, width))]
        for heading, rows in filled
    ]


def _described(term: str, description: str, column: int, width: int) -> list[str]:
    """Return a term and its description, next to it if there is enough room."""
    head = f"  {term}"
    if width - column < _NARROWEST:
        return [head, *_wrapped(description, width, 6, " " * 6)]
    if len(head) + 2 > column:
        return [head, *_wrapped(description, width, column, " " * column)]
    return _wrapped(description, width, column, f"{head:{column}}")


def _examples(examples: Iterable[str], width: int) -> list[str]:
    """Return commands that can be copied, even if they need several lines."""
    lines = ["Examples:"]
    for example in examples:
        wrapped = _wrapped(example, width - 2, 6, "  ")
        lines += [f"{line} \\" for line in wrapped[:-1]] + wrapped[-1:]
    return lines


def _wrapped(text: str, width: int, indent: int = 0, start: str = "") -> list[str]:
    """Return text as lines of at most `width` characters.

    The first line begins with `start`, the others with `indent` spaces. Only a word that is too
    long for any line exceeds the width. `textwrap` is not used because it imports `re`.
    """
    lines: list[str] = []
    line, gap = start, ""
    for word in text.split():
        if gap and len(line) + 1 + len(word) > width:
            lines.append(line)
            line, gap = " " * indent, ""
        line += gap + word
        gap = " "
    return [*lines, line] if gap else []
