"""The parser of arguments: typed values for correct command lines, messages for wrong ones."""

from datetime import date

import pytest

from acmrules.cli import parser
from acmrules.cli.options import parse_date
from acmrules.cli.parser import Command, Operands, Option, UsageError
from acmrules.values import Value


class Options(Value):
    paths: tuple[str, ...] = ()
    as_of: date | None = None
    format: str = "text"
    ignored: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    show_all: bool = False
    quiet: int = 0
    output: str | None = None
    rest: tuple[str, ...] = ()


def number(text):
    if not text.isdigit():
        raise UsageError(f"`{text}` is not a number")
    return int(text)


OPTIONS = (
    Option("--as-of", "Input", "the date", "DATE", parse_date, synonyms=("--on",)),
    Option("--format", "Output", "the format", "FORMAT", choices=("text", "json")),
    Option("--ignore", "Rules", "not these", "IDS", many=True, commas=True, field="ignored"),
    Option("--size", "Rules", "a size", "SIZE", number, many=True, field="sizes"),
    Option("--show-all", "Output", "show all", short="-a"),
    Option("--quiet", "Output", "less", short="-q", counted=True),
    Option("--output", "Output", "the file", "FILE", short="-o"),
)
EXAMPLES = ("acmrules check .", "acmrules check . --format json")
CHECK = Command(
    "check",
    "Check",
    "check files",
    Options,
    Operands("PATH...", "file", "paths"),
    OPTIONS,
    EXAMPLES,
    synonyms=("lint",),
)
RULES = Command("rules", "Reference", "list", Options, Operands(least=0, most=0), (), EXAMPLES)
ONE = Command(
    "one", "Check", "one", Options, Operands("[PATH]", "file", "paths", 0, 1), (), EXAMPLES
)
SPLIT = Command(
    "split",
    "Check",
    "split",
    Options,
    Operands("A... -- B...", "name", "paths", field_after="rest"),
    OPTIONS,
    EXAMPLES,
)


def test_operands_and_options_may_be_mixed():
    """A value follows its option as the next word or after `=`, and the last one counts."""
    words = ["a", "--as-of", "2026-01-01", "b", "--as-of=2026-01-02", "--show-all", "-"]
    assert parser.parse(CHECK, words) == Options(
        paths=("a", "b", "-"), as_of=date(2026, 1, 2), show_all=True
    )


def test_defaults_are_those_of_the_class():
    """An option that is absent leaves its field as it is."""
    assert parser.parse(CHECK, ["a"]) == Options(paths=("a",))


def test_repeated_options_keep_every_value():
    """Their values are converted one by one, and commas separate them if the option says so."""
    words = ["x", "--ignore", "A, B", "--size=1", "--ignore=C", "--size", "2"]
    parsed = parser.parse(CHECK, words)
    assert (parsed.ignored, parsed.sizes) == (("A", "B", "C"), (1, 2))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["-o", "y"], {"output": "y"}),
        (["-oy"], {"output": "y"}),
        (["-o=y"], {"output": "y"}),
        (["-qo", "y"], {"output": "y", "quiet": 1}),
        (["-qaqoy=z"], {"output": "y=z", "quiet": 2, "show_all": True}),
        (["-qq"], {"quiet": 2}),
        (["-q", "--quiet", "-q"], {"quiet": 3}),
        (["-o", "-q"], {"output": "-q"}),
    ],
)
def test_short_options_can_be_combined(words, expected):
    """A value is the next word or follows its letter, and a counted flag is how often it occurs."""
    assert parser.parse(CHECK, ["x", *words]) == Options(paths=("x",), **expected)


def test_two_hyphens_end_the_options():
    """The words after them are operands, unless the command keeps them apart."""
    words = ["x", "--", "--as-of", "y"]
    assert parser.parse(CHECK, words).paths == ("x", "--as-of", "y")
    parsed = parser.parse(SPLIT, words)
    assert (parsed.paths, parsed.rest) == (("x",), ("--as-of", "y"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["x", "--as-off", "1"], "unknown option `--as-off`; did you mean `--as-of`?"),
        (["x", "--on", "1"], "unknown option `--on`; did you mean `--as-of`?"),
        (["x", "--show"], "unknown option `--show`; did you mean `--show-all`?"),
        (["x", "-z"], "unknown option `-z`; see `acmrules check --help`"),
        (["x", "-qz"], "unknown option `-qz`; see `acmrules check --help`"),
        (["x", "-output", "y"], "unknown option `-output`; did you mean `--output`?"),
        (["x", "-output=y"], "unknown option `-output`; did you mean `--output`?"),
        (["x", "-o"], "option `--output` needs a value: FILE"),
        (["x", "-q=2"], "option `--quiet` does not accept a value"),
        (["x", "--as-of"], "option `--as-of` needs a value: DATE"),
        (["x", "--as-of="], "option `--as-of` needs a value: DATE"),
        (["x", "--as-of", "soon"], "option `--as-of`: `soon` is not a date"),
        (["x", "--size", "1", "--size", "b"], "option `--size`: `b` is not a number"),
        (["x", "--show-all=yes"], "option `--show-all` does not accept a value"),
        (
            ["x", "--format", "yaml"],
            "option `--format`: unknown value `yaml` (choose from text, json)",
        ),
        (["x", "--format", "jsno"], "`jsno`; did you mean `json`? (choose from text, json)"),
        (["x", ""], "an argument of `check` is empty"),
        ([], "`check` needs at least one file, for example `acmrules check .`"),
        (["--"], "`check` needs at least one file, for example `acmrules check .`"),
        (["x", "--\x1b[31m"], r"unknown option `--\x1b[31m`"),
    ],
)
def test_a_message_names_the_word_and_what_is_accepted(words, message):
    """It suggests what was probably meant."""
    with pytest.raises(UsageError) as error:
        parser.parse(CHECK, words)
    assert message in str(error.value)


def test_there_can_be_too_many_operands():
    """The message has the number that the command accepts."""
    assert parser.parse(RULES, []) == Options()
    with pytest.raises(UsageError, match="`rules` accepts only options"):
        parser.parse(RULES, ["x"])
    with pytest.raises(UsageError, match="`one` accepts at most 1 file"):
        parser.parse(ONE, ["x", "y"])


def test_words_after_two_hyphens_are_not_the_operands():
    """A command that keeps them apart needs operands before them."""
    with pytest.raises(UsageError, match="`split` needs at least one name"):
        parser.parse(SPLIT, ["--", "x"])


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("chekc", "unknown command `chekc`; did you mean `check`?"),
        ("lint", "unknown command `lint`; did you mean `check`?"),
        ("rul", "unknown command `rul`; did you mean `rules`?"),
        ("frobnicate", "unknown command `frobnicate` (choose from check, rules)"),
        ("--format", "unknown option `--format`; options follow the command, for example `acm"),
    ],
)
def test_a_command_is_chosen_by_its_name(word, message):
    """A misspelled name, the beginning of one and a synonym get a suggestion."""
    assert parser.choose((CHECK, RULES), "rules") is RULES
    with pytest.raises(UsageError) as error:
        parser.choose((CHECK, RULES), word)
    assert str(error.value).startswith(message)
