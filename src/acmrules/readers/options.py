"""What the caller tells a reader: parameter values, variables, Region, scope."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.syntax.source import Source


class Parameters(Value):
    """What the caller knows of the outside: values by parameter name, and the Region.

    `variable_files` are files with the values of Terraform variables, the last one the strongest.
    With `around`, what stands around certificates is read where there are none, too, and so are
    the records that lead to hosts.
    """

    values: Mapping[str, str]
    region: str | None = None
    variable_files: tuple[Source, ...] = ()
    around: bool = False
