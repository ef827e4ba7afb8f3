"""The functions of the tools, one module each: a call in, an answer out. The library decides."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.guards.mcp.answers import Answer
    from acmrules.guards.mcp.reading import ToolCall


def answer(tool: str, call: ToolCall) -> Answer:
    """Return the answer of a tool; its module is loaded when it is needed."""
    module = __import__(f"{__name__}.{tool}", fromlist=[tool])
    found: Answer = getattr(module, tool)(call)
    return found
