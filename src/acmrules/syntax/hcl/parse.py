"""Parser of Terraform files in native or JSON syntax, selected by file name."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.hcl.ast import File
    from acmrules.syntax.source import Source


def parse(source: Source) -> File:
    """Parse a configuration (`.tf`, `.tf.json`) or a variables file (`.tfvars`, `.tfvars.json`).

    Raises `InputError`.
    """
    if source.name.endswith(".json"):
        from acmrules.syntax.hcl import json

        return json.parse(source)
    from acmrules.syntax.hcl import native

    return native.parse(source)
