"""The completion script for fish 3."""

from __future__ import annotations

from acmrules.cli.completion.values import (
    FREE,
    HELP_OPTION,
    PROGRAM_OPTIONS,
    Values,
    commands_of,
    functions,
    meaning,
    operands_of,
    suffix_pattern,
    values_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.cli.completion.values import Words
    from acmrules.cli.parser import Command, Option

_HEAD = r"""# Completion of acmrules for fish, made by `acmrules completion fish`.

# Whether this is the number of words before the cursor.
function __acmrules_follows
    test (count (commandline -opc)) -eq $argv[1]
end

# Whether the command of the line is the first argument.
function __acmrules_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test "$words[2]" = $argv[1]
end

# Whether the command can have an option: none of its names is on the line yet.
function __acmrules_can
    __acmrules_is $argv[1]; or return 1
    set -l words (commandline -opc)
    for name in $argv[2..]
        contains -- $name $words[3..]; and return 1
        string match -q -- "$name=*" $words[3..]; and return 1
    end
    return 0
end

# The same for an option with a value, whose name can be the word before the cursor.
function __acmrules_can_with_value
    __acmrules_is $argv[1]; or return 1
    set -l words (commandline -opc)
    test (count $words) -le 2; and return 0
    for name in $argv[2..]
        contains -- $name $words[3..-2]; and return 1
        string match -q -- "$name=*" $words[3..]; and return 1
    end
    return 0
end

# Whether `--` is before the cursor.
function __acmrules_has_ended
    contains -- -- (commandline -opc)
end

# The part of the current word that is the value of an option or an operand.
function __acmrules_value
    commandline -ct | string replace -r -- '^--[a-z-]+=' ''
end

# Directories, and the files whose names match a pattern, after a prefix.
function __acmrules_files
    set -l value (__acmrules_value | string replace -- "$argv[2]" '')
    complete -C "'' $value" | string replace -r '\t.*' '' | string match -r -- ".*/\$|.*$argv[1]" |
        string replace -r -- '^' "$argv[2]"
end

# The words of a function, after the last comma of a list.
function __acmrules_items
    set -l before (__acmrules_value | string match -r -- '^.*,')
    $argv[1] | string replace -r -- '^' "$before"
end

# The words of a function; after one and `=`, files.
function __acmrules_with_file
    set -l before (__acmrules_value | string match -r -- '^[^=]*=')
    if test -n "$before"
        __acmrules_files '' $before
    else
        $argv[1]
    end
end
"""


def script(commands: Sequence[Command]) -> str:
    """Return the script."""
    named = {values: f"_{name}" for values, name in functions(commands).items()}
    parts = [_HEAD]
    parts += [_function(name, values.words) for values, name in named.items() if values.words]
    parts.append(_function("__acmrules_commands", commands_of(commands)))
    lines = ["complete -c acmrules -f"]
    lines += [_complete("__acmrules_follows 1", "-a '(__acmrules_commands)'")]
    lines += [
        _complete("__acmrules_follows 1", f"-l {name[2:]} -d {_quoted(what)}")
        for name, what in PROGRAM_OPTIONS
    ]
    lines += [
        _complete("__acmrules_is help; and __acmrules_follows 2", "-a '(__acmrules_commands)'")
    ]
    for command in commands:
        lines += _lines(command, named)
    return "\n".join([*parts, *lines]) + "\n"


def _function(name: str, words: Words) -> str:
    listed = [f"        {_quoted(word)} {_quoted(what)} \\" for word, what in words]
    listed[-1] = listed[-1].removesuffix(" \\")
    head = r"    printf '%s\t%s\n' " + "\\"
    return "\n".join([f"function {name}", head, *listed, "end", ""])


def _complete(condition: str, rest: str) -> str:
    return f"complete -c acmrules -n '{condition}' {rest}"


def _lines(command: Command, named: dict[Values, str]) -> Iterator[str]:
    for option in command.options:
        yield _option(command, option, named)
    yield _complete(
        f"__acmrules_can {command.name} {HELP_OPTION[0]}",
        f"-l {HELP_OPTION[0][2:]} -d {_quoted(HELP_OPTION[1])}",
    )
    condition = f"__acmrules_is {command.name}"
    if command.operands.field_after:
        condition += "; and not __acmrules_has_ended"
    if command.operands.most == 1 and not command.options:
        condition += "; and __acmrules_follows 2"
    for action in _actions(operands_of(command.operands), named):
        yield _complete(condition, f"-a {_quoted(action)}")


def _option(command: Command, option: Option, named: dict[Values, str]) -> str:
    check = "__acmrules_can_with_value" if option.metavar else "__acmrules_can"
    once = () if option.is_repeated else option.names
    condition = " ".join([check, command.name, *once])
    spelled = f"-s {option.short[1:]} " * bool(option.short) + f"-l {option.name[2:]}"
    value = ""
    if option.metavar:
        actions = " ".join(_actions(values_of(option), named))
        value = f" -x -a {_quoted(actions)}" if actions else " -x"
    return _complete(condition, f"{spelled}{value} -d {_quoted(meaning(option.help))}")


def _actions(values: Values, named: dict[Values, str]) -> Iterator[str]:
    """Yield the substitutions of commands that print values."""
    if values == FREE:
        return
    name = named[values]
    if values.commas:
        yield f"(__acmrules_items {name})"
    elif values.with_file:
        yield f"(__acmrules_with_file {name})"
    elif values.words:
        yield f"({name})"
    if values.takes_files:
        # The shell prints the groups of a pattern too, unless they do not capture.
        yield f"(__acmrules_files '{suffix_pattern(values).replace('(', '(?:')}')"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", r"\\").replace("'", r"\'") + "'"
