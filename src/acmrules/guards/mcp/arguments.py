"""Checks the arguments of a call against the schema of its tool."""

from __future__ import annotations

from functools import cache

from acmrules.guards.mcp.bounds import Refused
from acmrules.guards.mcp.tools import BY_NAME
from acmrules.messages import did_you_mean, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LONGEST = 200
"""The most characters of a message about an argument."""


def require_valid(tool: str, given: dict[str, Any]) -> None:
    """Raise `Refused` for the first argument that is unknown, missing, or of a wrong form."""
    schema = BY_NAME[tool].input_schema
    for name in given:
        if name not in schema["properties"]:
            meant = did_you_mean(name, schema["properties"])
            raise Refused(f"unknown argument {quoted(name)}{meant or _known(schema)}")
    for name in schema["required"]:
        if name not in given:
            raise Refused(f"the argument `{name}` is missing")
    for name, value in given.items():
        error = next(_validator(name).iter_errors(value), None)
        if error is not None:
            raise Refused(_fault(name, error))


def _known(schema: dict[str, Any]) -> str:
    return f" (choose from {', '.join(schema['properties'])})"


@cache
def _validator(name: str) -> Any:  # noqa: ANN401  (jsonschema has no types)
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    from acmrules.guards.mcp.tools import ARGUMENTS

    return Draft202012Validator(ARGUMENTS[name])


_FAULTS = {
    "type": "must be {0}",
    "enum": "must be one of {0}",
    "pattern": "must be a date such as 2026-03-15",
    "minLength": "must not be empty",
    "maxLength": "has more than {0} characters",
    "minItems": "must not be empty",
    "maxItems": "has more than {0} items",
    "minProperties": "must not be empty",
    "maxProperties": "has more than {0} members",
    "minimum": "must be at least {0}",
    "maximum": "must be at most {0}",
}
_TYPES = {"array": "a list", "object": "an object", "integer": "an integer", "string": "a string"}


def _fault(name: str, error: Any) -> str:  # noqa: ANN401  (as above)
    """Return a sentence about an argument, without its value, which may be large."""
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.path)
    limit = error.validator_value
    words = ", ".join(map(str, limit)) if isinstance(limit, list) else _TYPES.get(limit, limit)
    fault = _FAULTS.get(error.validator, "is not valid").format(words)
    return f"the argument {quoted(f'{name}{where}')} {fault}"[:_LONGEST]
