"""The server: a client session in memory, and one with the process on its standard streams."""

import json
import os
import subprocess
import sys
import threading
from datetime import date

import anyio
import pytest
from jsonschema import Draft202012Validator
from tests.support.guards import mcp as driver
from tests.support.guards.mcp import Client, MCPError, StdioServerParameters

import acmrules
from acmrules.guards.mcp import server
from acmrules.guards.mcp.bounds import Roots
from acmrules.guards.mcp.reading import ToolCall
from acmrules.guards.mcp.server import Ended, Watch, called
from acmrules.guards.mcp.tools import BY_NAME, INSTRUCTIONS

GOOD = '{"DomainName": "b.io", "ValidationMethod": "DNS"}'
BAD = '{"DomainName": "localhost", "ValidationMethod": "DNS"}'
GIVEN = {
    "check": {"paths": ["bad.json"]},
    "coverage": {"names": ["*.b.io"], "hosts": ["b.io"]},
    "plan": {"hosts": ["b.io"]},
    "validation": {"texts": {"a.json": GOOD}},
    "compare": {"old_texts": {"a.json": GOOD}, "new_texts": {"a.json": GOOD}},
    "explain": {"query": "ACM101"},
}
"""A good call of each tool."""


def in_session(work, target=None, **options):
    """Run an asynchronous function with a client of a server that reads the current folder."""

    async def run():
        own = target or server.make_server(Roots([os.curdir]))
        async with Client(own, **options) as client:
            return await work(client)

    return anyio.run(run)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to a directory with a bad request."""
    (tmp_path / "bad.json").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_the_tools_are_listed(mode):
    """The list has the schemas and that the tools only read, in each version of the protocol."""

    async def work(client):
        return await client.list_tools()

    listed = in_session(work, mode=mode).tools
    assert [tool.name for tool in listed] == [*BY_NAME]
    for tool in listed:
        assert tool.input_schema == BY_NAME[tool.name].input_schema
        assert tool.output_schema == BY_NAME[tool.name].output_schema
        hints = tool.annotations
        assert (hints.read_only_hint, hints.idempotent_hint) == (True, True)
        assert (hints.destructive_hint, hints.open_world_hint) == (False, False)
        assert tool.title
        assert tool.description == BY_NAME[tool.name].description


@pytest.mark.parametrize("tool", GIVEN)
def test_the_structured_content_has_its_schema(tool):
    """Each tool answers a good call, and the content is valid."""
    result = driver.call(tool, **GIVEN[tool])
    assert not result.is_error
    Draft202012Validator(BY_NAME[tool].output_schema).validate(result.structured_content)


def test_two_calls_at_once_do_not_mix():
    """Each of many calls at the same time has its own answer."""
    texts = {f"{n}.json": BAD.replace("localhost", f"host{n}") for n in range(12)}

    async def work(client):
        found = {}

        async def one(name):
            result = await client.call_tool("check", {"texts": {name: texts[name]}})
            found[name] = result.content[0].text

        async with anyio.create_task_group() as group:
            for name in texts:
                group.start_soon(one, name)
        return found

    found = in_session(work, mode="legacy")
    assert [*sorted(found)] == sorted(texts)
    for name, text in found.items():
        assert f"{name}:1:" in text
        assert not [other for other in texts if other != name and f"\n{other}:" in text]


def test_an_unknown_tool_is_an_error_of_the_protocol():
    """The message suggests the tool that was meant."""

    async def work(client):
        await client.call_tool("chek", {})

    # A group of one error, from the tasks of the client.
    with pytest.raises((MCPError, ExceptionGroup)) as caught:
        in_session(work, mode="legacy")
    error = caught.value
    while isinstance(error, ExceptionGroup):
        [error] = error.exceptions
    assert "unknown tool `chek`; did you mean `check`?" in str(error)


def test_a_bug_is_one_sentence(monkeypatch):
    """An unexpected error is reported in the result, without a traceback."""

    def fail(*_):
        raise ValueError("a\nb")

    monkeypatch.setattr(server, "answer", fail)
    call = ToolCall({"query": "x"}, Roots(["."]), date(2026, 11, 30), id)
    result = called("explain", call)
    assert result.is_error
    assert result.content[0].text.startswith("a bug in acmrules, please report it: ValueError: a")
    assert "\n" not in result.content[0].text


@pytest.mark.parametrize("fault", [Ended(), RecursionError()])
def test_calls_that_are_too_large(monkeypatch, fault):
    """A call that takes too long, or whose input is too deep, ends with one sentence."""

    def fail(*_):
        raise fault

    monkeypatch.setattr(server, "answer", fail)
    call = ToolCall({"query": "x"}, Roots(["."]), date(2026, 11, 30), id)
    result = called("explain", call)
    assert result.is_error
    assert ("seconds" in result.content[0].text) is isinstance(fault, Ended)


@pytest.mark.parametrize(
    "texts",
    [
        {"a.json": "[" * 100_000},
        {"a.yaml": "[" * 100_000},
        {"a.yaml": "a: &a [" + "*a, " * 1000 + "]"},
        {"main.tf": "locals { a = " + "(" * 100_000},
        {"a.json": '"\ud800"'},
        {"names.txt": "x" * 1_000_000},
        {"\ud800.json": BAD},
        {"a\x1b[31m.json": BAD},
    ],
    ids=range(8),
)
def test_hostile_texts_have_an_answer_within_the_limit(texts):
    """Deep, large and malformed texts have an answer, without a traceback or control characters."""
    call = ToolCall({"texts": texts}, Roots(["."]), date(2026, 11, 30), id)
    result = called("check", call)
    [content] = result.content
    assert "Traceback" not in content.text
    assert "a bug in acmrules" not in content.text
    assert "\x1b" not in content.text
    assert len(result.model_dump_json().encode()) < 2200


def test_a_watch_ends_a_call():
    """A call ends at its next file when it is canceled, or when its time is over."""
    watch = Watch()
    watch.step("a.yaml")
    watch.canceled.set()
    with pytest.raises(Ended):
        watch.step("b.yaml")
    with pytest.raises(Ended):
        Watch(seconds=-1).step("a.yaml")


def test_a_canceled_call_ends_and_the_session_goes_on(monkeypatch):
    """After a cancellation, the work ends at its next step, and other calls are answered."""
    begun, ended = threading.Event(), threading.Event()
    answer = server.answer

    def slow(tool, call):
        if tool != "check":
            return answer(tool, call)
        begun.set()
        try:
            while True:
                call.step("a.yaml")
        finally:
            ended.set()

    monkeypatch.setattr(server, "answer", slow)

    async def work(client):
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "check", {"paths": ["."]})
            await anyio.to_thread.run_sync(begun.wait)
            group.cancel_scope.cancel()
        result = await client.call_tool("explain", {"query": "ACM101"})
        await anyio.to_thread.run_sync(ended.wait, 30)
        return result

    result = in_session(work, mode="legacy")
    assert not result.is_error
    assert ended.is_set()


# The process


COMMAND = StdioServerParameters(command=sys.executable, args=["-m", "acmrules", "mcp"])
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_a_session_with_the_process(here, mode):
    """A client of mcp starts the process, lists and calls each tool, and closes it."""

    async def work(client):
        info = client.server_info
        assert (info.name, info.version) == ("acmrules", acmrules.__version__)
        assert client.instructions == INSTRUCTIONS
        listed = await client.list_tools()
        assert [tool.name for tool in listed.tools] == [*BY_NAME]
        results = {name: await client.call_tool(name, given) for name, given in GIVEN.items()}
        results["outside"] = await client.call_tool("check", {"paths": ["/etc/passwd"]})
        with anyio.move_on_after(0):
            await client.call_tool("check", {"paths": ["."]})
        results["after"] = await client.call_tool("check", {"paths": ["."]})
        return results

    command = COMMAND.model_copy(update={"cwd": str(here), "env": ENVIRONMENT})
    results = in_session(work, command, mode=mode)
    assert "bad.json:1:17: error[ACM101]" in results["check"].content[0].text
    assert results["after"].structured_content == results["check"].structured_content
    assert results.pop("outside").content[0].text == (
        "`/etc/passwd` is outside the directories of the server; start the server with that"
        " directory"
    )
    assert not any(result.is_error for result in results.values())


def test_only_the_protocol_is_on_standard_output(here):
    """Whatever is sent, each line of the output is a message, and the end of the input the end."""
    (here / "sub").mkdir()
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "check", "arguments": {"paths": ["../bad.json"]}},
        },
        {"jsonrpc": "2.0", "id": 3, "method": "nonsense"},
        {
            "jsonrpc": "2.0",
            "id": 4,
            "method": "tools/call",
            "params": {"name": "check", "arguments": {"paths": ["."]}},
        },
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 4}},
        {
            "jsonrpc": "2.0",
            "id": 5,
            "method": "tools/call",
            "params": {"name": "check", "arguments": {"pats": ["."]}},
        },
    ]
    lines = [*map(json.dumps, messages), "not JSON", "{}", "[" * 5000]
    process = subprocess.Popen(
        [sys.executable, "-m", "acmrules", "mcp", "sub", "."],
        cwd=here,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdin.write("".join(f"{line}\n" for line in lines))
    process.stdin.flush()
    answers = {}
    while not {1, 2, 3, 5} <= answers.keys():
        message = json.loads(process.stdout.readline())
        assert message["jsonrpc"] == "2.0"
        answers[message.get("id")] = message
    rest, errors = process.communicate(timeout=60)
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert answers[2]["result"]["structuredContent"]["items"][0]["file"] == "../bad.json"
    assert "error" in answers[3]
    assert answers[5]["result"]["isError"]
