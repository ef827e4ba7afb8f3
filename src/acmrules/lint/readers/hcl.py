"""Terraform's configurations in either spelling, told apart by the name of the file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.readers.hcl_tree import File
    from acmrules.lint.source import Source


def parse(source: Source) -> File:
    """Return what a configuration (`.tf`, `.tf.json`) or a file of variables (`.tfvars`) holds.

    Raises `Unreadable`.
    """
    if source.name.endswith(".json"):
        from acmrules.lint.readers import hcl_json

        return hcl_json.parse(source)
    from acmrules.lint.readers import hcl_native

    return hcl_native.parse(source)
