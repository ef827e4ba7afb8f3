"""The completion script for bash 5, with or without the package `bash-completion`."""

from __future__ import annotations

from acmrules.cli.completion.values import (
    FREE,
    HELP_OPTION,
    PROGRAM_OPTIONS,
    Values,
    commands_of,
    functions,
    operands_of,
    suffix_pattern,
    values_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.cli.completion.values import Words
    from acmrules.cli.parser import Command

_HEAD = r"""# Completion of acmrules for bash, made by `acmrules completion bash`.

# Offer the words that begin with the value.
_acmrules_offer() {
    local word
    for word in "$@"; do
        [[ $word == "$value"* ]] && COMPREPLY+=("$before$word")
    done
}

# Offer directories, and the files whose names match a pattern.
_acmrules_files() {
    local path typed=${value#[\"\']}
    typed=${typed//\\/}
    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do
        if [[ -d ${path/#\~/$HOME} || $path =~ $1 ]]; then
            COMPREPLY+=("$before$path")
        fi
    done < <(compgen -f -- "$typed")
}

# Continue after the last comma of a list.
_acmrules_item() {
    before+=${value%"${value##*,}"}
    value=${value##*,}
}

# Offer the options that are not on the command line yet; a `+` marks those that can be repeated.
_acmrules_options() {
    local word name
    for word in "$@"; do
        if [[ $word != +* ]]; then
            for name in ${word//\// }; do
                [[ $used == *" $name "* ]] && continue 2
            done
        fi
        word=${word#+}
        _acmrules_offer ${word//\// }
    done
}
"""

_TAIL = r"""
_acmrules() {
    local IFS=$' \t\n' cur part='' glued='' word i
    local command='' option='' ended='' operands=0 used=' ' before='' value=''
    local -a words=()
    COMPREPLY=()
    # Bash splits words at `=` and `:`.
    for (( i = 1; i <= COMP_CWORD; i++ )); do
        part=${COMP_WORDS[i]}
        if (( ${#words[@]} )) && [[ -n $glued || $part == [=:]* ]]; then
            words[${#words[@]} - 1]+=$part
        else
            words+=("$part")
        fi
        glued=''
        if [[ $part =~ ^[=:]+$ ]]; then
            glued=1
            part=''
        fi
    done
    cur=${words[${#words[@]} - 1]}
    for word in "${words[@]:0:${#words[@]} - 1}"; do
        if [[ -z $command ]]; then
            command=$word
        elif [[ -n $option ]]; then
            option=''
        elif [[ -n $ended ]]; then
            (( ++operands ))
        elif [[ $word == -- ]]; then
            ended=1
        elif [[ $word == --*=* ]]; then
            used+="${word%%=*} "
        elif [[ $word == -?* ]]; then
            used+="$word "
            _acmrules_has_value "$command $word" && option=$word
        else
            (( ++operands ))
        fi
    done
    value=$cur
    if [[ -z $command && $cur == -* ]]; then
        _acmrules_program_options
    elif [[ -z $command ]]; then
        _acmrules_commands
    elif [[ -n $option ]]; then
        _acmrules_values "$command $option"
    elif [[ -z $ended && $cur == --*=* ]]; then
        before=${cur%%=*}=
        value=${cur#*=}
        _acmrules_values "$command ${cur%%=*}"
    elif [[ -z $ended && $cur == -* ]]; then
        _acmrules_options_of "$command"
    else
        _acmrules_operands "$command$ended"
    fi
    # Readline replaces only what follows the last `=` or `:`.
    local done=${cur:0:${#cur} - ${#part}}
    COMPREPLY=("${COMPREPLY[@]#"$done"}")
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}

complete -F _acmrules acmrules
"""


def script(commands: Sequence[Command]) -> str:
    """Return the script."""
    named = functions(commands)
    parts = [_HEAD]
    parts += [_function(name, _body(values)) for values, name in named.items()]
    parts += [
        _function("_acmrules_commands", [_offer(commands_of(commands))]),
        _function("_acmrules_program_options", [_offer(PROGRAM_OPTIONS)]),
        _choice("_acmrules_options_of", _options(commands)),
        _choice("_acmrules_has_value", _with_value(commands), otherwise="false"),
        _choice("_acmrules_values", _values(commands, named)),
        _choice("_acmrules_operands", _operands(commands, named)),
    ]
    return "\n".join(parts) + _TAIL


def _function(name: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{name}() {{", *(f"    {line}" for line in lines), "}", ""])


def _choice(name: str, cases: Iterable[tuple[Iterable[str], str]], otherwise: str = "") -> str:
    """Return a function that runs the command of the case that its argument is."""
    lines = ["case $1 in"]
    for words, command in cases:
        patterns = "|".join(f"'{word}'" for word in words)
        lines.append(f"    {patterns}) {command} ;;")
    lines += [f"    *) {otherwise} ;;"] if otherwise else []
    return _function(name, [*lines, "esac"])


def _body(values: Values) -> Iterator[str]:
    """Yield the lines of the function that offers values."""
    if values.with_file:
        yield "if [[ $value == *=* ]]; then"
        yield '    before+="${value%%=*}="'
        yield "    value=${value#*=}"
        yield "    _acmrules_files ''"
        yield "    return"
        yield "fi"
    if values.commas:
        yield "_acmrules_item"
    if values.words:
        yield _offer(values.words)
    if values.takes_files:
        yield f"_acmrules_files '{suffix_pattern(values)}'"


def _offer(words: Words) -> str:
    return f"_acmrules_offer {' '.join(word for word, _ in words)}"


def _options(commands: Iterable[Command]) -> Iterator[tuple[list[str], str]]:
    for command in commands:
        words = [
            f"{'+' * option.is_repeated}{'/'.join(option.names)}" for option in command.options
        ]
        yield [command.name], f"_acmrules_options {' '.join([*words, HELP_OPTION[0]])}"


def _with_value(commands: Iterable[Command]) -> Iterator[tuple[list[str], str]]:
    words = [
        f"{command.name} {name}"
        for command in commands
        for option in command.options
        if option.metavar
        for name in option.names
    ]
    yield words, "true"


def _values(
    commands: Iterable[Command], named: dict[Values, str]
) -> Iterator[tuple[list[str], str]]:
    cases: dict[str, list[str]] = {}
    for command in commands:
        for option in command.options:
            values = values_of(option) if option.metavar else FREE
            if values != FREE:
                words = cases.setdefault(named[values], [])
                words += [f"{command.name} {name}" for name in option.names]
    yield from ((words, name) for name, words in cases.items())


def _operands(
    commands: Iterable[Command], named: dict[Values, str]
) -> Iterator[tuple[list[str], str]]:
    """Yield the cases of commands; a `1` after the name marks the words after `--`."""
    for command in commands:
        values = operands_of(command.operands)
        if values != FREE:
            after = [] if command.operands.field_after else [f"{command.name}1"]
            only_one = "(( operands )) || " if command.operands.most == 1 else ""
            yield [command.name, *after], f"{only_one}{named[values]}"
    yield ["help"], "(( operands )) || _acmrules_commands"
