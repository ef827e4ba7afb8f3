"""The skill: its format, the commands and options that it names, and its examples."""

import re
from pathlib import Path

import pytest
import yaml
from tests.repository.test_transcripts import run_page, sessions

from acmrules.cli.table import COMMANDS
from acmrules.guards.mcp.skill import EXAMPLES, NAME, skill, skill_text
from acmrules.guards.mcp.tools import TOOLS

ROOT = Path(__file__).parents[3]
PAGE = "docs/skill/SKILL.md"
BY_NAME = {command.name: command for command in COMMANDS}
OPTIONS = {option.name for command in COMMANDS for option in command.options}


@pytest.fixture
def text():
    """Return the skill as the package contains it."""
    return skill_text()


def test_the_page_is_the_file_of_the_package(text):
    """The repository has one skill in two places, which the generator writes."""
    assert (ROOT / PAGE).read_text("utf-8") == text


def test_the_front_matter_is_within_the_limits_of_the_format(text):
    """The limits of the Agent Skills specification: name, description, compatibility, size."""
    _, front, body = text.split("---\n", 2)
    data = yaml.safe_load(front)
    assert set(data) == {"name", "description", "compatibility"}
    assert data["name"] == NAME
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", data["name"])
    assert len(data["name"]) <= 64
    assert 0 < len(data["description"]) <= 1024
    assert 0 < len(data["compatibility"]) <= 500
    assert len(body.splitlines()) < 500
    assert len(body) < 5000 * 3


def test_every_command_and_option_exists(text):
    """What the skill instructs an agent to run is a command with these options."""
    spans = [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^\$ (.*)$", text, re.MULTILINE)]
    commands = [span.split() for span in spans if span.startswith("acmrules ")]
    assert {words[1] for words in commands} >= {tool.name for tool in TOOLS}
    for _, name, *words in commands:
        assert name in BY_NAME or name == "help", name
        named = {word for word in words if word.startswith("--") and word != "--"}
        assert named <= {option.name for option in BY_NAME[name].options} if named else True
    assert {span.split()[0] for span in spans if span.startswith("--")} <= OPTIONS


def test_every_tool_has_its_row(text):
    """The table has the words of the tools of the server."""
    for tool in TOOLS:
        assert f"| `acmrules {tool.name}` | {tool.purpose} {tool.when} |" in text


def test_the_examples_run(tmp_path, text):
    """Each example prints what the skill shows, in a directory with its files."""
    assert [step.splitlines()[0] for [step] in sessions(PAGE)] == [
        example.command for example in EXAMPLES
    ]
    for example in EXAMPLES:
        for name, content in example.files:
            (tmp_path / name).write_text(content, "utf-8")
    assert run_page(PAGE, tmp_path) == sessions(PAGE)
    for _, content in EXAMPLES[0].files:
        assert content in text


def test_the_skill_states_what_a_pass_is(text):
    """An agent reads that exit code 0 is not a pass, and an example shows it."""
    assert "**Exit code 0 alone is not a pass.**" in text
    [last] = sessions(PAGE)[-1]
    assert "undecided:" in last


def test_the_skill_is_written_from_the_examples():
    """Each example is a block with its output."""
    written = skill(lambda example: f"output of {example.command}\n")
    for example in EXAMPLES:
        assert f"```console\n$ {example.command}\noutput of {example.command}\n```" in written
