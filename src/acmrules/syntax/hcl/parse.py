"""Terraform's configurations in either spelling, told apart by the name of the file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.hcl.ast import File
    from acmrules.syntax.source import Source


def parse(source: Source) -> File:
    """Return what a configuration (`.tf`, `.tf.json`) or a file of variables (`.tfvars`) holds.

    Raises `Unreadable`.
    """
    if source.name.endswith(".json"):
        from acmrules.syntax.hcl import json

        return json.parse(source)
    from acmrules.syntax.hcl import native

    return native.parse(source)
