"""The tools as data: their schemas are valid and strict, and they are commands."""

import pytest
from jsonschema import Draft202012Validator

from acmrules.cli.table import COMMANDS
from acmrules.guards.mcp.tools import ARGUMENTS, BY_NAME, INSTRUCTIONS, TOOLS


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
@pytest.mark.parametrize("kind", ["input_schema", "output_schema"])
def test_the_schemas_are_valid_and_strict(tool, kind):
    """A schema is one of an object that accepts no other member."""
    schema = getattr(tool, kind)
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) <= set(schema["properties"])


@pytest.mark.parametrize("name", ARGUMENTS)
def test_each_argument_is_described_and_used(name):
    """An agent chooses by the description, so every argument has one, and a tool uses it."""
    schema = ARGUMENTS[name]
    assert schema["description"].endswith(".")
    assert isinstance(schema["type"], str)
    assert any(name in tool.arguments for tool in TOOLS)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_each_tool_is_a_command_and_says_when_to_use_it(tool):
    """The names of the tools are those of the commands, so that the skill has both."""
    assert tool.name in {command.name for command in COMMANDS}
    assert tool.when.startswith("Use it ")
    assert len(tool.description) < 1024
    named = {word for word in tool.how.split("`")[1::2] if not word.startswith("show")}
    assert named <= set(tool.arguments)


def test_the_instructions_name_tools():
    """The instructions name a tool, and what an answer without findings means."""
    assert "`check`" in INSTRUCTIONS
    assert "check" in BY_NAME
    assert "unchecked" in INSTRUCTIONS
