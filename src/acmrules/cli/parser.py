"""The command line as a table: what each command takes, its help, and its reading.

`argparse` alone costs more start-up than a whole run may (`docs/design.md`, command line).
"""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


CLEAN, FOUND, UNREADABLE, DEFECT = range(4)
"""Exit codes: nothing at or above `--fail-on`; findings; input not judged; a defect in acmrules."""


class UsageError(ValueError):
    """A command line that cannot be understood; the text says why and what was meant."""


class Option(Value):
    """A `--name`; with a metavar it takes a value, and may then be repeated if `many`."""

    name: str
    help: str
    metavar: str = ""
    many: bool = False
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which the value is found after reading."""
        return self.name[2:].replace("-", "_")


class Command(Value):
    """A command: its operands in words, what it does, and its options."""

    name: str
    operands: str
    help: str
    options: tuple[Option, ...] = ()
    least: int = 1
    most: int | None = None


class Arguments:
    """What a command line says: operands, those after `--`, and the options given."""

    __slots__ = ("_values", "after", "operands")

    def __init__(
        self, operands: list[str], after: list[str] | None, values: dict[str, list[str]]
    ) -> None:
        self.operands = operands
        self.after = after
        self._values = values

    def has(self, key: str) -> bool:
        """Say whether an option was given."""
        return key in self._values

    def last(self, key: str, default: str = "") -> str:
        """Return the last value of an option, or the default."""
        return self._values.get(key, [default])[-1]

    def every(self, key: str) -> list[str]:
        """Return all values of a repeated option."""
        return self._values.get(key, [])


def read(command: Command, words: Sequence[str]) -> Arguments:
    """Read the words behind a command; raises `UsageError`."""
    options = {option.name: option for option in command.options}
    operands: list[str] = []
    after: list[str] | None = None
    values: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        if word == "--":
            after = list(rest)
        elif not word.startswith("-") or word == "-":
            operands.append(word)
        else:
            name, equals, value = word.partition("=")
            option = options.get(name)
            if option is None:
                raise UsageError(_unknown("option", name, options))
            if option.metavar:
                value = value if equals else next(rest, "")
                if not value:
                    raise UsageError(f"option `{name}` needs a value: {option.metavar}")
            elif equals:
                raise UsageError(f"option `{name}` takes no value")
            if option.choices and value not in option.choices:
                raise UsageError(f"option `{name}`: {_unknown('value', value, option.choices)}")
            if not option.many:
                values[option.key] = []
            values.setdefault(option.key, []).append(value)
    given = len(operands) + len(after or ())
    if given < command.least or (command.most is not None and given > command.most):
        raise UsageError(f"`{command.name}` takes {command.operands or 'no operands'}")
    return Arguments(operands, after, values)


def choose(commands: Sequence[Command], word: str) -> Command:
    """Return the command of a name; raises `UsageError`."""
    for command in commands:
        if command.name == word:
            return command
    raise UsageError(_unknown("command", word, [command.name for command in commands]))


def usage(commands: Sequence[Command]) -> str:
    """Return the help of the whole program."""
    lines = ["usage: acmrules COMMAND ...", ""]
    width = max(len(_synopsis(command)) for command in commands)
    lines += [f"  {_synopsis(command):{width}}  {command.help}" for command in commands]
    lines += [
        "",
        "`acmrules COMMAND --help` says what a command takes; `acmrules --version` which this is.",
    ]
    return "\n".join(lines) + "\n"


def command_usage(command: Command) -> str:
    """Return the help of one command."""
    lines = [f"usage: acmrules {_synopsis(command)}", "", command.help]
    if command.options:
        heads = [
            " ".join(filter(None, (option.name, option.metavar))) for option in command.options
        ]
        width = max(map(len, heads))
        lines.append("")
        for head, option in zip(heads, command.options, strict=True):
            repeated = " (may be repeated)" if option.many else ""
            lines.append(f"  {head:{width}}  {option.help}{repeated}")
    return "\n".join(lines) + "\n"


def _synopsis(command: Command) -> str:
    options = "[OPTION ...]" if command.options else ""
    return " ".join(filter(None, (command.name, options, command.operands)))


def _unknown(kind: str, word: str, known: Sequence[str] | dict[str, Option]) -> str:
    from acmrules.messages import near, quoted

    meant = " or ".join(f"`{choice}`" for choice in near(word, known))
    hint = (
        f"; did you mean {meant}?" if meant else f"; there is {', '.join(f'`{k}`' for k in known)}"
    )
    return f"unknown {kind} {quoted(word)}{hint}"
