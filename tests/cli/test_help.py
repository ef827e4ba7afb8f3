"""The help pages: their contents, and their width."""

import pytest

from acmrules.cli import help as pages
from acmrules.cli.table import COMMANDS

BY_NAME = {command.name: command for command in COMMANDS}


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("command", [None, *COMMANDS], ids=lambda c: c.name if c else "main")
def test_pages_fit_the_width(command, width):
    """Only a single word can be longer than a line."""
    page = pages.command_page(command, width) if command else pages.main_page(COMMANDS, width)
    for line in page.splitlines():
        assert len(line) <= width or len(line.split()) == 1, line


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_page_has_every_option_and_exit_code(command):
    """It also has the examples, whole."""
    page = pages.command_page(command, 200)
    lines = page.splitlines()
    assert f"{lines[0]} ".startswith(f"usage: acmrules {command.name} ")
    for option in command.options:
        term = f"  {option.short}, {option.name}" if option.short else f"  {option.name}"
        assert sum(f"{line} ".startswith(f"{term} ") for line in lines) == 1
        assert all(choice in page for choice in option.choices)
    codes = lines[lines.index("Exit codes:") + 1 : lines.index("Examples:") - 1]
    meanings = {"1": command.failure, "4": command.waiting}
    stated = [line.split()[0] for line in codes if line[2:3].isdecimal()]
    assert stated == [code for code in "01234" if meanings.get(code, True)]
    assert [f"  {example}" for example in command.examples] == lines[-2:]


def test_a_page_has_the_options_that_change_the_exit_code():
    """They are next to the code."""
    page = " ".join(pages.command_page(BY_NAME["check"], 80).split())
    assert "or less was checked than `--strict` or `--fail-on-nothing` requires 3 a bug" in page


def test_the_main_page_has_every_command():
    """They are in groups, each with its summary."""
    page = " ".join(pages.main_page(COMMANDS, 80).split())
    for command in COMMANDS:
        assert f"{command.name} {command.summary}" in page


def test_options_are_in_groups():
    """Empty groups are left out."""
    lines = pages.command_page(BY_NAME["check"], 80).splitlines()
    headings = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert headings == ["Input:", "Rules:", "Output:", "Fixes:", "Exit codes:", "Examples:"]
    assert "Fixes:" not in pages.command_page(BY_NAME["plan"], 80)


def test_a_command_can_have_no_options():
    """Its page does not mention any."""
    page = pages.command_page(BY_NAME["contacts"].__replace__(options=()), 80)
    assert page.startswith("usage: acmrules contacts NAME...\n")


def test_descriptions_are_next_to_their_terms():
    """A long term has its description below it, and so has every term on a narrow terminal."""
    page = pages.command_page(BY_NAME["contacts"], 80)
    assert (
        "  --validation-domain DOMAIN\n"
        "                            send the email to this superdomain of the names\n"
    ) in page
    assert "  --registrant ADDRESS      address of the WHOIS registrant\n" in page
    narrow = pages.command_page(BY_NAME["contacts"], 50)
    assert "  --registrant ADDRESS\n      address of the WHOIS registrant\n" in narrow


def test_a_long_example_can_be_copied():
    """Its lines end with a backslash."""
    page = pages.command_page(BY_NAME["coverage"], 40)
    assert (
        "  acmrules coverage \\\n      '*.bar.example.com' -- \\\n      foo.bar.example.com\n"
        in page
    )


def test_each_form_of_a_command_has_a_usage_line():
    """They are below each other."""
    lines = pages.command_page(BY_NAME["compare"], 80).splitlines()
    assert lines[:5] == [
        "usage: acmrules compare [OPTION ...] OLD NEW",
        "       acmrules compare [OPTION ...] PLAN",
        "       acmrules compare [OPTION ...] --git REVISION PATH...",
        "       acmrules compare [OPTION ...] ACCOUNT PATH...",
        "",
    ]


def test_remarks_on_an_option_are_together():
    """The default and the repetition share the parentheses."""
    page = " ".join(pages.command_page(BY_NAME["rules"], 120).split())
    assert "text, json (default: text; can be repeated)" in page
    assert ") (" not in page


def test_no_synonym_is_ambiguous():
    """A word suggests at most one option of a command, and is not an option itself."""
    for command in COMMANDS:
        names = {name for option in command.options for name in (option.name, option.short)}
        synonyms = [word for option in command.options for word in option.synonyms]
        assert len(set(synonyms)) == len(synonyms)
        assert names.isdisjoint(synonyms)
    commands = {command.name for command in COMMANDS}
    assert commands.isdisjoint(word for command in COMMANDS for word in command.synonyms)
