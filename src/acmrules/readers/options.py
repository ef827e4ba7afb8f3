"""The options of a reader: parameter values, variables, Region, scope."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.syntax.source import Source


class Parameters(Value):
    """Values that a file does not contain: parameter values by name, and the Region.

    `variable_files` contain values of Terraform variables; later files take precedence. With
    `around`, DNS resources are read even in files without certificates, and so are the records
    that point to hosts.
    """

    values: Mapping[str, str]
    region: str | None = None
    variable_files: tuple[Source, ...] = ()
    around: bool = False
