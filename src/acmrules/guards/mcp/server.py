"""The server of the Model Context Protocol, over standard input and output."""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from threading import Event
from time import monotonic

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

import acmrules
from acmrules.errors import AcmRulesError, NoSuffixList
from acmrules.guards.mcp.answers import clean, page
from acmrules.guards.mcp.arguments import require_valid
from acmrules.guards.mcp.bounds import Roots
from acmrules.guards.mcp.calls import answer
from acmrules.guards.mcp.reading import ToolCall
from acmrules.guards.mcp.tools import BY_NAME, INSTRUCTIONS, SHOW, TOOLS
from acmrules.messages import choose_from, printable, quoted
from acmrules.workspace.errors import describe_crash
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from acmrules.guards.mcp.tools import AgentTool

MOST_SECONDS = 60
"""The seconds after which a call that reads files ends with an error."""

_LONGEST = 500
"""The most characters of an error."""


class Ended(BaseException):
    """The end of a call that was canceled, or that takes too long; nothing suppresses it."""


class Watch:
    """Ends a call at the next file that it reads, once it is canceled or its time is over."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._end = monotonic() + seconds
        self.canceled = Event()

    def step(self, _path: str) -> None:
        """Raise `Ended` if the call is over."""
        if self.canceled.is_set() or monotonic() > self._end:
            raise Ended


def make_server(roots: Roots, today: Callable[[], date] = date.today) -> Server[Any]:
    """Return a server that reads the files of some directories."""

    async def list_tools(_: object, __: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[*map(_described, TOOLS)])

    async def call_tool(_: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in BY_NAME:
            fault = f"unknown tool {quoted(params.name)}{choose_from(params.name, BY_NAME)}"
            raise MCPError(code=types.INVALID_PARAMS, message=fault)
        watch = Watch()
        given = ToolCall(params.arguments or {}, roots, today(), watch.step)
        work = partial(called, params.name, given)
        try:
            return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
        finally:
            watch.canceled.set()

    return Server(
        "acmrules",
        version=acmrules.__version__,
        title="acmrules",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(tool: AgentTool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.output_schema,
        annotations=types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def called(tool: str, call: ToolCall) -> types.CallToolResult:
    """Return the result of a call; every error is a sentence in it."""
    try:
        require_valid(tool, call.given)
        found = answer(tool, call).__replace__(narrowed_by=BY_NAME[tool].narrowed_by)
        lists_unchecked = call.given.get("show") == SHOW[1]
        shown = page(found, call.given.get("offset", 0), lists_unchecked=lists_unchecked)
    except Ended:
        fault = f"the call takes more than {MOST_SECONDS} seconds; name fewer files in `paths`"
        return _failed(fault)
    except SettingsError as error:
        return _failed("; ".join(map(str, error.mistakes[:3])))
    except RecursionError:
        return _failed("the input is nested too deeply")
    except (AcmRulesError, NoSuffixList) as error:
        return _failed(str(error))
    except Exception as error:  # noqa: BLE001  (agents get a sentence, not a traceback)
        return _failed(describe_crash(error))
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=shown.text)],
        structured_content={**shown.data},
    )


def _failed(fault: str) -> types.CallToolResult:
    text = printable(clean(fault))[:_LONGEST]
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)


def serve(folders: Sequence[str]) -> None:
    """Serve the client on standard input and output until it closes them.

    Relative paths are those of the first folder, which becomes the current directory.
    """
    roots = Roots(folders)
    os.chdir(folders[0])
    anyio.run(_serve, make_server(roots))


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
