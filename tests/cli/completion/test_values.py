"""What can follow on a command line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.cli.completion import values
from acmrules.cli.table import COMMANDS
from acmrules.facts.fact import CHECKED
from acmrules.lint.rules import CATALOGUE

BY_NAME = {command.name: command for command in COMMANDS}
OPTIONS = {
    f"{command.name} {option.name}": option
    for command in COMMANDS
    for option in command.options
    if option.metavar
}


def words_of(name):
    """Return the words of an option, such as `check --region`."""
    return dict(values.values_of(OPTIONS[name]).words)


@pytest.mark.parametrize("name", OPTIONS)
def test_each_placeholder_has_values(name):
    """A new placeholder of the table states what a shell offers, even if that is nothing."""
    option = OPTIONS[name]
    known = option.choices or {option.name, option.metavar} & {
        *values._BY_NAME,
        *values._BY_METAVAR,
    }
    assert known


@pytest.mark.parametrize("name", OPTIONS)
def test_each_word_is_accepted(name):
    """The option accepts each word that a shell offers; only a number is missing for a quota."""
    option = OPTIONS[name]
    for word, _ in values.values_of(option).words:
        option.convert(f"{word}1" if word.endswith("=") else word)


def test_choices_are_offered_in_order():
    """They need no description."""
    assert [*words_of("check --fail-on")] == ["note", "warning", "error"]
    assert {*words_of("check --fail-on").values()} == {""}


def test_rules_have_their_titles():
    """A rule is offered by its id and by its name."""
    offered = words_of("check --select")
    for rule in CATALOGUE:
        title = values.meaning(rule.title)
        assert (offered[rule.id], offered[rule.name]) == (title, f"{rule.id}: {title}")
    assert len(offered) == 2 * len(CATALOGUE)


def test_dates_are_those_of_changes():
    """The dates of a calendar are in the future."""
    dates, later = words_of("check --as-of"), words_of("calendar --until")
    assert dates["2028-03-15"].startswith("ACM402 (error): ")
    assert [*dates] == sorted(dates)
    assert set(later) == {day for day in dates if day > str(CHECKED)}


def test_other_values_are_described():
    """Services, Regions and facts have descriptions, and paths have suffixes."""
    assert words_of("plan --service")["alb"] == "an Application Load Balancer"
    assert words_of("check --region")["eusc-de-east-1"] == "partition aws-eusc"
    assert dict(values.operands_of(BY_NAME["facts"].operands).words)["1.3"]
    paths = values.operands_of(BY_NAME["check"].operands)
    assert {".yaml", ".tf", ".csr", ".txt"} <= set(paths.suffixes)
    assert values.operands_of(BY_NAME["contacts"].operands) == values.FREE


@given(st.text())
def test_descriptions_fit_a_line(text):
    """They have at most 72 characters, and no backtick."""
    found = values.meaning(text)
    assert len(found) <= 72
    assert found == " ".join(found.replace("`", "").split())


def test_functions_have_unique_names():
    """Different choices of one option have a function each."""
    named = values.functions(COMMANDS)
    assert len(set(named.values())) == len(named) > 10
    assert values.FREE not in named
