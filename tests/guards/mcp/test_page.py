"""The page of agents: its sessions are real, and its configurations are valid.

`python tests/guards/mcp/test_page.py` rewrites the answers.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest
from tests.support.guards import mcp

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "pages" / "guards" / "agents.md"
SESSION = re.compile(
    r"```json\n(?P<call>[^`]*?)```\n(?P<between>(?:(?!```).)*?)```text\n(?P<answer>.*?)```",
    re.DOTALL,
)


def sessions():
    """Return the calls of the page, each with the answer below it."""
    return [(json.loads(m["call"]), m["answer"]) for m in SESSION.finditer(PAGE.read_text("utf-8"))]


def answer(call):
    """Return the answer of a call as the page shows it."""
    result = mcp.call(call["name"], **call["arguments"])
    return f"{result.content[0].text}\n"


def test_the_answers_are_real(monkeypatch):
    """Each answer is that of the server in a checkout."""
    monkeypatch.chdir(ROOT)
    assert len(sessions()) == 3
    for call, shown in sessions():
        assert answer(call) == shown


def test_the_configurations_start_the_server():
    """Each configuration is valid, and runs the command of this page."""
    text = PAGE.read_text("utf-8")
    found = [
        json.loads(block)
        for block in re.findall(r"```json\n(\{\n  \"\w*ervers\".*?)```", text, re.DOTALL)
    ]
    found += [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL)]
    assert len(found) == 6
    for data in found:
        [servers] = data.values()
        [(name, server)] = servers.items()
        assert (name, server["command"], server["args"][0]) == ("acmrules", "acmrules", "mcp")


@pytest.mark.parametrize("number", ["100 paths", "10 MiB", "60 seconds"])
def test_the_bounds_are_those_of_the_server(number):
    """The page has the bounds of the code."""
    from acmrules.guards.mcp import bounds, server, tools

    known = {
        f"{tools.MOST_FILES} paths",
        f"{bounds.MOST_BYTES // 1024 // 1024} MiB",
        f"{server.MOST_SECONDS} seconds",
    }
    assert number in known
    assert number in PAGE.read_text("utf-8")


def rewrite():
    """Write the answers of the server into the page."""
    text = PAGE.read_text("utf-8")

    def real(match):
        shown = answer(json.loads(match["call"]))
        return f"```json\n{match['call']}```\n{match['between']}```text\n{shown}```"

    PAGE.write_text(SESSION.sub(real, text), "utf-8")


if __name__ == "__main__":
    rewrite()
