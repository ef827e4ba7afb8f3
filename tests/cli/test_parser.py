"""Reading the command line, and saying what is wrong with it."""

import pytest

from acmrules.cli import parser
from acmrules.cli.parser import Command, Option, UsageError

CHECK = Command(
    "check",
    "PATH...",
    "judge files",
    (
        Option("--as-of", "the day", "DAY"),
        Option("--format", "how", "FORMAT", choices=("text", "json")),
        Option("--ignore", "not these", "IDS", many=True),
        Option("--show-skips", "skips too"),
    ),
)
RULES = Command("rules", "", "list rules", least=0, most=0)


def test_operands_and_options_may_be_mixed():
    """A value follows its option as a word or behind `=`; the last one counts."""
    words = ["a", "--as-of", "1", "b", "--as-of=2", "--show-skips", "-"]
    given = parser.read(CHECK, words)
    assert given.operands == ["a", "b", "-"]
    assert given.last("as_of") == "2"
    assert given.has("show_skips")
    assert not given.has("format")
    assert given.last("format", "text") == "text"
    assert given.after is None


def test_options_that_may_be_repeated_keep_every_value():
    """`--ignore` gathers."""
    given = parser.read(CHECK, ["x", "--ignore", "A", "--ignore=B"])
    assert given.every("ignore") == ["A", "B"]
    assert given.every("nothing") == []


def test_what_follows_two_hyphens_is_no_option():
    """`--` ends the options and the operands."""
    given = parser.read(CHECK, ["x", "--", "--as-of", "y"])
    assert (given.operands, given.after) == (["x"], ["--as-of", "y"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x", "--as-off", "1"], "unknown option `--as-off`; did you mean `--as-of`?"),
        (["x", "-q"], "unknown option `-q`; there is `--as-of`, `--format`"),
        (["x", "--as-of"], "option `--as-of` needs a value: DAY"),
        (["x", "--as-of="], "option `--as-of` needs a value: DAY"),
        (["x", "--show-skips=yes"], "option `--show-skips` takes no value"),
        (["x", "--format", "yaml"], "option `--format`: unknown value `yaml`; there is `text`"),
        (["x", "--format", "jsno"], "did you mean `json`?"),
        ([], "`check` takes PATH..."),
        (["--"], "`check` takes PATH..."),
        (["x", "--\x1b[31m"], r"unknown option `--\x1b[31m`"),
    ],
)
def test_a_mistake_is_told_with_the_way_out(words, said):
    """The message names the word and what may have been meant."""
    with pytest.raises(UsageError) as error:
        parser.read(CHECK, words)
    assert said in str(error.value)


def test_a_command_may_take_no_operands():
    """Too many are a mistake as well as too few."""
    assert parser.read(RULES, []).operands == []
    with pytest.raises(UsageError, match="`rules` takes no operands"):
        parser.read(RULES, ["x"])


def test_a_command_is_chosen_by_its_name():
    """A near miss is offered."""
    assert parser.choose((CHECK, RULES), "rules") is RULES
    with pytest.raises(UsageError, match="unknown command `chekc`; did you mean `check`"):
        parser.choose((CHECK, RULES), "chekc")


def test_help_is_made_from_the_table():
    """Every command and every option is there, aligned."""
    whole = parser.usage((CHECK, RULES))
    assert "  check [OPTION ...] PATH...  judge files\n" in whole
    assert "  rules                       list rules\n" in whole
    one = parser.command_usage(CHECK)
    assert one.startswith("usage: acmrules check [OPTION ...] PATH...\n\njudge files\n")
    assert "  --ignore IDS     not these (may be repeated)\n" in one
    assert "--" not in parser.command_usage(RULES)
