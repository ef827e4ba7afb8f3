"""The completion script for zsh 5, from a directory of `fpath` or by `source`."""

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
    values_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.cli.completion.values import Words
    from acmrules.cli.parser import Command, Option

_HEAD = """\
#compdef acmrules
# Completion of acmrules for zsh, made by `acmrules completion zsh`.
"""

_TAIL = """
if [[ $funcstack[1] == _acmrules ]]; then
    _acmrules "$@"
else
    compdef _acmrules acmrules
fi
"""


def script(commands: Sequence[Command]) -> str:
    """Return the script."""
    named = functions(commands)
    parts = [_HEAD]
    parts += [_function(name, _body(values)) for values, name in named.items()]
    parts += [
        _function("_acmrules_commands", _described("command", commands_of(commands))),
        _function("_acmrules_program_options", _described("option", PROGRAM_OPTIONS, "-o ")),
        _function("_acmrules", _main(commands, named)),
    ]
    return "\n".join(parts) + _TAIL


def _function(name: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{name}() {{", *(f"    {line}" for line in lines), "}", ""])


def _main(commands: Iterable[Command], named: dict[Values, str]) -> Iterator[str]:
    yield 'local curcontext="$curcontext" command=$words[2]'
    yield "if (( CURRENT == 2 )); then"
    yield "    if [[ $PREFIX == -* ]]; then _acmrules_program_options; else _acmrules_commands; fi"
    yield "    return"
    yield "fi"
    yield "shift words"
    yield "(( CURRENT-- ))"
    yield "case $command in"
    for command in commands:
        specs = [_spec(option, named) for option in command.options]
        specs += [f"'(- *)--help[{_escaped(HELP_OPTION[1], '[]:')}]'", *_operands(command, named)]
        yield f"    {command.name})"
        yield "        _arguments -s -S : \\"
        yield from (f"            {spec} \\" for spec in specs[:-1])
        yield f"            {specs[-1]}"
        yield "        ;;"
    yield "    help) _arguments ':command:_acmrules_commands' ;;"
    yield "esac"


def _spec(option: Option, named: dict[Values, str]) -> str:
    """Return an option as `_arguments` reads it."""
    help_line = f"[{_escaped(meaning(option.help), '[]:')}]"
    value = ""
    if option.metavar:
        values = values_of(option)
        action = " " if values == FREE else named[values]
        value = f":{_escaped(option.metavar, ':')}:{action}"
    alone = f"({' '.join(option.names)})" if option.short else ""
    lead = "*" if option.is_repeated else alone
    long, short = ("=", "+") if option.metavar else ("", "")
    spelled = [f"{name}{long if name == option.name else short}" for name in option.names]
    return " ".join(_quoted(f"{lead}{name}{help_line}{value}") for name in spelled)


def _operands(command: Command, named: dict[Values, str]) -> Iterator[str]:
    if not command.operands.noun:
        return
    many = "" if command.operands.most == 1 else "*"
    action = named.get(operands_of(command.operands), " ")
    if command.operands.field_after:
        action = "{ (( $words[(i)--] < CURRENT )) || " + action + " }"
    yield _quoted(f"{many}:{command.operands.noun}:{action}")


def _body(values: Values) -> Iterator[str]:
    """Yield the lines of the function that offers values."""
    if values.with_file:
        yield "if compset -P '*='; then _files; return; fi"
    if values.commas:
        yield "compset -P '*,'"
    if values.words:
        yield from _described(values.name.replace("_", "-"), values.words)
    if values.suffixes:
        endings = "|".join(values.suffixes)
        yield f"_files -g '*({endings})(-.)'"
    elif values.takes_files:
        yield "_files"


def _described(tag: str, words: Words, options: str = "") -> Iterator[str]:
    """Yield the lines that offer words with their descriptions."""
    ends = "-S '' " if all(word.endswith("=") for word, _ in words) else ""
    yield "local -a offered=("
    for word, what in words:
        yield f"    {_quoted(_escaped(word, ':') + (f':{what}' if what else ''))}"
    yield ")"
    yield f"_describe {options}-t {tag} {tag} offered {ends}".rstrip()


def _escaped(text: str, characters: str) -> str:
    for character in ("\\", *characters):
        text = text.replace(character, f"\\{character}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", r"'\''") + "'"
