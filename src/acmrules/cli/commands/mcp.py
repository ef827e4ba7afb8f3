"""The command `mcp`: the server for agents, or the skill for them."""

from __future__ import annotations

import gc
import os
import sys

from acmrules.cli.parser import CLEAN, UsageError
from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import McpOptions

_MISSING = (
    "`acmrules mcp` needs the package `mcp` from 2.1 up to 3; install it with"
    " `pip install 'acmrules[mcp]'`"
)


def mcp(options: McpOptions) -> int:
    """Serve on standard input and output until the client closes them, or print the skill."""
    if options.skill:
        from acmrules.guards.mcp.skill import skill_text

        sys.stdout.write(skill_text())
        return CLEAN
    folders = options.folders or (os.curdir,)
    for folder in folders:
        if not os.path.isdir(folder):
            fault = "is not a directory" if os.path.exists(folder) else "no such directory"
            raise UsageError(f"{printable(folder)}: {fault}")
    try:
        from acmrules.guards.mcp.server import serve
    except ImportError as error:
        if (error.name or "").startswith("acmrules"):
            raise
        raise UsageError(_MISSING) from None
    # The program disables the collector, because its other commands end soon.
    gc.enable()
    try:
        serve(folders)
    except ExceptionGroup as group:
        _raise_first(group)
    return CLEAN


def _raise_first(error: Exception) -> None:
    """Raise the first error of the tasks of the server, unless the client is gone."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, BrokenPipeError):
        return
    if isinstance(error, OSError):
        fault = str(error.strerror).lower()
        raise UsageError(f"cannot use standard input and output: {fault}") from None
    raise error
