"""Terraform's configurations in their JSON spelling."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.readers.hcl_tree import File
    from acmrules.lint.source import Source


def parse(source: Source) -> File:
    """Return what a file holds; raises `Unreadable`."""
    raise NotImplementedError(source.name)
