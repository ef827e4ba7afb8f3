"""The MCP server, with a real client in the same process: one session for all cases."""

import atexit
import contextlib
import json
import os
import warnings
from functools import cache

import anyio.from_thread
from tests.support.guards.cases import Row

from acmrules.guards.mcp.bounds import Roots

with warnings.catch_warnings():
    # The oldest Starlette that mcp accepts imports a module by its old name.
    warnings.simplefilter("ignore", PendingDeprecationWarning)
    from mcp import Client, MCPError, StdioServerParameters

    from acmrules.guards.mcp.server import make_server

__all__ = ["Client", "MCPError", "StdioServerParameters", "make_server"]

MOST_BYTES = 2000
"""The most bytes of an answer: its text and its structured content."""


def takes(_case):
    """Return whether the guard can check the inputs of a case."""
    return True


@cache
def _session():
    """Return a function that calls a tool of one server with its arguments."""
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    portal = stack.enter_context(anyio.from_thread.start_blocking_portal())
    server = make_server(Roots([os.sep]))
    client = stack.enter_context(portal.wrap_async_context_manager(Client(server, mode="legacy")))
    return lambda tool, given: portal.call(client.call_tool, tool, given)


def call(tool, **given):
    """Return the answer of a tool; it is within its limit, and its two contents are apart."""
    result = _session()(tool, given)
    [content] = result.content
    size = len(content.text.encode()) + len(json.dumps(result.structured_content).encode())
    assert size < MOST_BYTES, (size, tool, given)
    return result


def pages(tool, **given):
    """Return the results of all pages."""
    found = [call(tool, **given)]
    while not found[-1].is_error and "next_offset" in found[-1].structured_content:
        found.append(call(tool, **given, offset=found[-1].structured_content["next_offset"]))
    return found


def items(tool, **given):
    """Return the items of all pages."""
    return [item for each in pages(tool, **given) for item in each.structured_content["items"]]


def findings(case):
    """Return the rows of the findings of `check` in the current folder."""
    return sorted(Row(**item) for item in items("check", paths=case.paths))
