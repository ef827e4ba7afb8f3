"""JSON in ASCII, without lone surrogates, so that every parser can read it."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def dumps(data: object) -> str:
    """Return data as JSON; a lone surrogate, which some parsers reject, becomes U+FFFD."""
    text = json.dumps(data)
    if "\\ud" not in text:
        return text
    raw = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass")
    return json.dumps(json.loads(raw.decode("utf-16", "replace")))


def in_lines(
    data: list[Any] | dict[str, Any],
    write: Callable[[object], str] = dumps,
    margin: str = "",
) -> str:
    """Return a list, or an object with lists, as JSON with one item per line.

    Full indentation would be five times slower.

    >>> print(in_lines({"a": [{"b": 1}, 2], "c": [], "d": {"e": 3}}))
    {
      "a": [
        {"b": 1},
        2
      ],
      "c": [],
      "d": {"e": 3}
    }
    """
    inner = f"{margin}  "
    if isinstance(data, list):
        begin, end = "[]"
        parts = [*map(write, data)]
    else:
        begin, end = "{}"
        parts = []
        for key, value in data.items():
            inside = in_lines(value, write, inner) if isinstance(value, list) else write(value)
            parts.append(f"{write(key)}: {inside}")
    if not parts:
        return begin + end
    return f"{begin}\n{inner}" + f",\n{inner}".join(parts) + f"\n{margin}{end}"
