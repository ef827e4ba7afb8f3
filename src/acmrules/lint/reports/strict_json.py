"""JSON that every reader takes: in ASCII, and without halves of characters."""

from __future__ import annotations

import json


def dumps(data: object, indent: int | None = None) -> str:
    """Return data as JSON; half a surrogate pair, which some parsers refuse, becomes U+FFFD."""
    text = json.dumps(data, indent=indent)
    if "\\ud" not in text:
        return text
    raw = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass")
    return json.dumps(json.loads(raw.decode("utf-16", "replace")), indent=indent)
