"""What the caller tells a reader: parameter values, variables, Region, scope."""

from __future__ import annotations

from enum import Enum

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.syntax.source import Source


class Scope(Enum):
    """What is read: only certificates and their consumers, or the DNS resources of all files too.

    With `EVERYTHING`, zones and records are declared even if a file has no certificates, and so
    are the records that point to hosts.
    """

    CERTIFICATES = "certificates"
    EVERYTHING = "everything"


class Parameters(Value):
    """What the caller knows of the outside: values by parameter name, and the Region.

    `variable_files` are files with the values of Terraform variables, the last one the strongest.
    """

    values: Mapping[str, str]
    region: str | None = None
    variable_files: tuple[Source, ...] = ()
    scope: Scope = Scope.CERTIFICATES
