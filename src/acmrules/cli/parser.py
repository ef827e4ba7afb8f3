"""What a command accepts, declared as a value, and the parser of its arguments.

`argparse` alone takes longer to import than a run may take to start (command line in
`docs/pages/design.md`).
"""

from __future__ import annotations

from acmrules.values import Value
from acmrules.workspace import BUG, CLEAN, FOUND, INTERRUPTED, UNREADABLE, WAITING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = [
    "BUG",
    "CLEAN",
    "FOUND",
    "INTERRUPTED",
    "UNREADABLE",
    "WAITING",
    "Command",
    "Operands",
    "Option",
    "UsageError",
    "choose",
    "parse",
    "unknown_choice",
]


class UsageError(ValueError):
    """A wrong command line; the message says what is wrong and what is accepted."""


class Option(Value):
    """A `--name`, the conversion of its value, and its line on the help page.

    An option without a `metavar` is a flag; the field of a `counted` flag has the number of times
    that it is given. An option with `many` can be repeated; if it also has `commas`, a single
    value can contain several items. `=FILE` can follow a choice of an option `with_file`. `short`
    is a hyphen and one letter. `default` is only shown on the help page. The value of an
    option with an `operand` replaces that operand, which is implied if there is none. A word in
    `synonyms` is not accepted, but gets the name as a suggestion.
    """

    name: str
    group: str
    help: str
    metavar: str = ""
    convert: Callable[[str], object] = str
    choices: tuple[str, ...] = ()
    many: bool = False
    commas: bool = False
    field: str = ""
    default: str = ""
    synonyms: tuple[str, ...] = ()
    operand: str = ""
    short: str = ""
    counted: bool = False
    with_file: bool = False

    @property
    def attribute(self) -> str:
        """The field of the command's options that has the value."""
        return self.field or self.name[2:].replace("-", "_")

    @property
    def names(self) -> tuple[str, ...]:
        """The names on a command line, the short one first."""
        return (self.short, self.name) if self.short else (self.name,)

    @property
    def is_repeated(self) -> bool:
        """Whether the option can be given several times."""
        return self.many or self.counted


class Operands(Value):
    """The arguments of a command that are not options, and the fields that have them.

    Without `field_after`, arguments after `--` are operands too.
    """

    synopsis: str = ""
    noun: str = ""
    field: str = ""
    least: int = 1
    most: int | None = None
    field_after: str = ""


class Command(Value):
    """A command: its operands, its options and the class of their values, and its help page.

    `success` and `failure` are the meanings of the exit codes 0 and 1, and `incomplete` is one of
    the meanings of 2. `waiting` is the meaning of 4.
    """

    name: str
    group: str
    summary: str
    result: Callable[..., Value]
    operands: Operands
    options: tuple[Option, ...]
    examples: tuple[str, str]
    success: str = "success"
    failure: str = ""
    incomplete: str = ""
    waiting: str = ""
    details: str = ""
    synonyms: tuple[str, ...] = ()


def parse(command: Command, words: Sequence[str]) -> Value:
    """Return the operands and options of a command; raises `UsageError`."""
    operands: list[str] = []
    after: list[str] | None = None
    values: dict[str, object] = {}
    repeated: dict[str, tuple[object, ...]] = {}
    rest = iter(words)
    for word in rest:
        if word == "--":
            after = list(rest)
        elif word.startswith("-") and word != "-":
            for part in (word,) if word.startswith("--") else _split(command, word):
                option = _option(command, part)
                found = _values(option, part, rest)
                if option.is_repeated:
                    repeated[option.attribute] = repeated.get(option.attribute, ()) + found
                else:
                    [values[option.attribute]] = found
        else:
            operands.append(word)
    if after is not None and command.operands.field_after:
        values[command.operands.field_after] = tuple(after)
    else:
        operands += after or ()
    operands = _named_operands(command, operands, values)
    _check_operands(command, operands)
    if command.operands.field:
        values[command.operands.field] = tuple(operands)
    for option in command.options:
        if option.counted and option.attribute in repeated:
            values[option.attribute] = len(repeated.pop(option.attribute))
    return command.result(**values, **repeated)


def _named_operands(command: Command, operands: list[str], values: dict[str, object]) -> list[str]:
    """Return operands, with the values of options in the place of those that they name."""
    for option in command.options:
        if option.operand and option.attribute in values:
            if operands and option.operand not in operands:
                raise UsageError(f"option `{option.name}` needs `{option.operand}` as an argument")
            name = str(values[option.attribute])
            replaced = operands or [option.operand]
            operands = [name if word == option.operand else word for word in replaced]
    return operands


def _split(command: Command, word: str) -> Iterator[str]:
    """Yield the options of a word with one hyphen, each by its long name.

    Flags can be combined, and a value can follow its letter: `-qo FILE`, `-oFILE`, `-o=FILE`.
    """
    by_letter = {option.short[1]: option for option in command.options if option.short}
    known = {option.name for option in command.options}
    letters = word[1:]
    while letters:
        option = by_letter.get(letters[0])
        if option is None or f"-{word}".partition("=")[0] in known:
            raise _unknown(command, word)
        letters = letters[1:]
        if letters and (option.metavar or letters[0] == "="):
            yield f"{option.name}={letters.removeprefix('=')}"
            return
        yield option.name


def _option(command: Command, word: str) -> Option:
    name = word.partition("=")[0]
    for option in command.options:
        if option.name == name:
            return option
    raise _unknown(command, name)


def _unknown(command: Command, word: str) -> UsageError:
    """Return the error for an option that the command does not have."""
    from acmrules.messages import quoted

    name = word.partition("=")[0]
    hint = _suggestion(name, command.options) or f"; see `acmrules {command.name} --help`"
    return UsageError(f"unknown option {quoted(name)}{hint}")


def _values(option: Option, word: str, rest: Iterator[str]) -> tuple[object, ...]:
    """Return the converted values of an option, which may be in the next word."""
    name, equals, text = word.partition("=")
    if not option.metavar:
        if equals:
            raise UsageError(f"option `{name}` does not accept a value")
        return (True,)
    text = text if equals else next(rest, "")
    if not text:
        raise UsageError(f"option `{name}` needs a value: {option.metavar}")
    items = [item.strip() for item in text.split(",")] if option.commas else [text]
    try:
        return tuple(_converted(option, item) for item in items)
    except UsageError as error:
        raise UsageError(f"option `{name}`: {error}") from None


def _converted(option: Option, text: str) -> object:
    chosen = text.partition("=")[0] if option.with_file else text
    if option.choices and chosen not in option.choices:
        raise UsageError(unknown_choice("value", chosen, option.choices))
    return option.convert(text)


def _check_operands(command: Command, words: Sequence[str]) -> None:
    operands, count = command.operands, len(words)
    if "" in words:
        raise UsageError(f"an argument of `{command.name}` is empty")
    if count < operands.least:
        raise UsageError(
            f"`{command.name}` needs at least one {operands.noun},"
            f" for example `{command.examples[0]}`"
        )
    if operands.most is not None and count > operands.most:
        limit = f"at most {operands.most} {operands.noun}" if operands.most else "only options"
        raise UsageError(f"`{command.name}` accepts {limit}")


def choose(commands: Sequence[Command], word: str) -> Command:
    """Return the command of a name; raises `UsageError`."""
    for command in commands:
        if command.name == word:
            return command
    from acmrules.messages import quoted

    if word.startswith("-"):
        raise UsageError(
            f"unknown option {quoted(word)}; options follow the command,"
            f" for example `{commands[0].examples[1]}`"
        )
    hint = (
        _whole_command(word)
        or _suggestion(word, commands)
        or _choices([command.name for command in commands])
    )
    raise UsageError(
        f"unknown command {quoted(word)}{hint}" if word else f"the command is empty{hint}"
    )


def _whole_command(word: str) -> str:
    """Return the end of a message with the command for a path, a rule or the version."""
    from acmrules.messages import quoted

    if word == "version":
        return "; did you mean `acmrules --version`?"
    if "." in word or "/" in word:
        return f"; did you mean {quoted(f'acmrules check {word}')}?"
    if word[:3].upper() == "ACM" and word[3:].isdecimal():
        return f"; did you mean `acmrules explain {word}`?"
    return ""


def unknown_choice(noun: str, word: str, choices: Iterable[str]) -> str:
    """Return the message for a value that is not one of the choices."""
    from acmrules.messages import did_you_mean, quoted

    known = tuple(choices)
    if not word:
        return f"the {noun} is empty{_choices(known)}"
    return f"unknown {noun} {quoted(word)}{did_you_mean(word, known)}{_choices(known)}"


def _choices(known: Iterable[str]) -> str:
    return f" (choose from {', '.join(known)})"


def _suggestion(word: str, known: Sequence[Command | Option]) -> str:
    """Return the end of a message with what a word may mean: a synonym, a beginning, or a typo."""
    from acmrules.messages import did_you_mean

    meant = [
        f"`{each.name}`"
        for each in known
        if word in each.synonyms or (len(word.strip("-")) > 1 and each.name.startswith(word))
    ]
    if meant:
        return f"; did you mean {' or '.join(meant[:2])}?"
    return did_you_mean(word, [each.name for each in known])
