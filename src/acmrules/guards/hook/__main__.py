"""`python -m acmrules.guards.hook`: answers one event, to try the hook without AWS."""

from __future__ import annotations

import json
import sys

from acmrules.guards.hook import handler


def main() -> None:
    """Print the answer to the event on standard input."""
    try:
        event = json.load(sys.stdin)
    except ValueError as error:
        sys.exit(f"acmrules: standard input is not an event in JSON: {error}")
    print(json.dumps(handler(event), indent=2, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
