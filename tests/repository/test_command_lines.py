"""Every command line of acmrules on a page is valid, and every option is on a page."""

import re
import shlex

import pytest
from tests.support.pages import ALL, blocks_of, found_in, text_of

from acmrules.cli.parser import UsageError, choose, parse
from acmrules.cli.table import COMMANDS

FOLLOWED = "CONTRIBUTING.md"
"""A page whose test adds the commands that it shows."""
GENERATED = "docs/pages/commands.md"
OPERATORS = re.compile(r"[|&;<>()\n]+")
FORM = r"acmrules ((?:[a-z-]+|[A-Z]+)(?: [^|\n]*)?)"
IN_TEXT = re.compile(rf"(?:^|\| ){FORM}")
IN_BLOCKS = re.compile(rf"(?m)(?:\$ |- |\| |run: |entry: ){FORM}")
OTHERS = {
    *("--acm-as-of", "--acm-fail-on"),  # pytest
    *("--clean", "--peers"),  # benchmarks
    *("--cli-input-json", "--generate-cli-skeleton", "--include-property-values", "--includes"),
    *("--max-items", "--no-paginate", "--query"),  # the AWS CLI
    *("--non-zero-exit-code", "--parameter-files", "--parameters", "--regions"),  # cfn-lint
    "--upgrade",
}
"""The options of other programs on pages."""
PAGES = [page for page in ALL if page != FOLLOWED]


def commands_in(script):
    """Yield the arguments of each command line of acmrules in a script."""
    script = re.sub(r"\\\n\s*", " ", script)
    lexer = shlex.shlex(script, posix=True, punctuation_chars="|&;<>()\n")
    lexer.whitespace = " \t\r"
    lexer.whitespace_split = True
    words = []
    for word in [*lexer, "\n"]:
        if not OPERATORS.fullmatch(word):
            words.append(word)
            continue
        yield from arguments(words)
        words = []


def arguments(words):
    """Yield the arguments of acmrules, if a simple command runs it."""
    while words and re.fullmatch(r"\w+=.*|sudo|time|exec|\$|if|!|then|-", words[0]):
        words = words[1:]
    if words[:1] and re.fullmatch(r"(?:.*/)?acmrules", words[0]):
        yield words[1:]
    elif words[:1] == ["uvx"] and re.match(r"acmrules\b", words[1]):
        yield words[2:]
    elif words[1:2] == ["acmrules.pyz"] or words[1:3] == ["-m", "acmrules"]:
        yield words[words.index("acmrules.pyz") + 1 if "acmrules.pyz" in words else 3 :]


def lines_of(page):
    """Yield the command lines in the blocks of a page."""
    for block in blocks_of(page):
        if block.language in ("sh", "shell"):
            yield from commands_in(block.text)
        if block.language == "console":
            for step in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                yield from commands_in(re.match(r"(?:.*\\\n)*.*\n", step)[0])


def check(words):
    """Parse the arguments of acmrules, unless one is a placeholder; raises `UsageError`."""
    if any(re.fullmatch("[A-Z]{3,}", word) for word in words):
        check_names(" ".join(words))
        return
    if words[0] in ("--version", "-V", "--help", "help"):
        for name in words[1:]:
            choose(COMMANDS, name)
        return
    command = choose(COMMANDS, words[0])
    if words[1:] != ["--help"]:
        parse(command, words[1:])


def names_in(page):
    """Yield the commands in the text and other blocks of a page, possibly with placeholders."""
    for code in found_in(page).code:
        yield from IN_TEXT.findall(code)
    for block in blocks_of(page):
        if block.language in ("yaml", "text", "ini"):
            yield from IN_BLOCKS.findall(block.text)


def check_names(line):
    """Require that the command and the options in a line exist; raises `UsageError`."""
    name, *words = line.split()
    if name.isupper() or name in ("help", "--version"):
        return
    command = choose(COMMANDS, name)
    known = {known for option in command.options for known in option.names} | {"--help", "--", "-"}
    for word in words:
        option = word.strip("[].,").partition("=")[0]
        if option.startswith("-") and option not in known:
            raise UsageError(f"{name} has no {option}")


@pytest.mark.parametrize("page", ALL)
def test_options_in_the_text_exist(page):
    """Code that begins with an option has one of acmrules, or of another program on the list."""
    known = {name for command in COMMANDS for option in command.options for name in option.names}
    found = {
        option for code in found_in(page).code for option in re.findall(r"^--[a-z][\w-]*", code)
    }
    assert found - known - OTHERS - {"--help", "--version"} == set()


@pytest.mark.parametrize("page", PAGES)
def test_command_lines(page):
    """Each command line of a page names a command, with its options and possible values."""
    for words in lines_of(page):
        check(words)
    for line in names_in(page):
        check_names(line)


UVX = re.compile(r"uvx '?acmrules(?:\[([\w,]*)\])?\S*'? ((?:[^|\n\\]|\\\n)*)")
NEEDS = {"dns": r"--dns\b", "aws": r"^inventory\b(?!.*--from)"}
"""The extras that `all` does not contain, and the commands that need them."""


def lacking(script):
    """Return the extras that the commands of `uvx` in a script need and do not name."""
    return {
        extra
        for extras, command in UVX.findall(script)
        for extra, form in NEEDS.items()
        if re.search(form, command) and extra not in extras.split(",")
    }


@pytest.mark.parametrize("page", PAGES)
def test_commands_without_an_installation_name_their_extras(page):
    """A command that the reader copies works in an environment that has nothing else."""
    assert {extra for block in blocks_of(page) for extra in lacking(block.text)} == set()


@pytest.mark.parametrize(
    ("script", "extras"),
    [
        ("aws x |\n  uvx 'acmrules[all]' diagnose - --dns\n", {"dns"}),
        ("uvx acmrules diagnose - \\\n  --dns\n", {"dns"}),
        ("uvx 'acmrules[all,dns]==0.2.0' diagnose - --dns\n", set()),
        ("uvx 'acmrules[all]' inventory --output x.json\n", {"aws"}),
        ("uvx acmrules inventory --from x.json\n", set()),
    ],
)
def test_lacking_extras_are_found(script, extras):
    """Also those of a command on several lines."""
    assert lacking(script) == extras


def test_there_are_command_lines():
    """Complete ones in blocks, and others in the text."""
    assert sum(len([*lines_of(page)]) for page in PAGES) > 120
    assert sum(len([*names_in(page)]) for page in PAGES) > 150


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("acmrules check .\n", [["check", "."]]),
        ("pip install x && acmrules check . || true\n", [["check", "."]]),
        ("A=1 uvx 'acmrules[all]==1.0' check --fix\n", [["check", "--fix"]]),
        ("python3 acmrules.pyz rules | head\n", [["rules"]]),
        (
            "python -m acmrules rules >rules.txt\n",
            [
                [
                    "rules",
                ]
            ],
        ),
        ("aws x | acmrules diagnose -\n", [["diagnose", "-"]]),
        ("acmrules check \\\n  --fix\n", [["check", "--fix"]]),
        ("pip install acmrules\n", []),
    ],
)
def test_command_lines_are_found(script, found):
    """After other commands, in pipes, with variables, and by each name of the program."""
    assert [*commands_in(script)][:1] == found


@pytest.mark.parametrize(
    ("function", "line"),
    [
        (check, ["chek"]),
        (check, ["check", "--fixx", "."]),
        (check, ["check", "--fail-on", "bad", "."]),
        (check_names, "chek FILE"),
        (check_names, "check --fixx FILE"),
    ],
)
def test_a_wrong_command_line_is_reported(function, line):
    """Wrong commands, options and values."""
    with pytest.raises(UsageError):
        function(line)


LISTS = (GENERATED, FOLLOWED, "CHANGELOG.md", "docs/pages/changelog.md")


@pytest.mark.parametrize(
    ("command", "option"),
    [(command.name, option) for command in COMMANDS for option in command.options],
    ids=lambda value: getattr(value, "name", value),
)
def test_every_option_is_on_a_page(command, option):
    """In the list of its command, and on a page about a topic."""
    listed = text_of(GENERATED).partition(f"\n## {command}\n")[2].partition("\n## ")[0]
    assert f"`{option.name}" in listed
    names = "|".join(option.names)
    mentioned = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")
    assert any(mentioned.search(text_of(page)) for page in ALL if page not in LISTS)
