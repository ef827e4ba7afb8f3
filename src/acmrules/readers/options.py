"""The options of a reader: parameter values, variables, Region, scope."""

from __future__ import annotations

from enum import Enum

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.readers.evaluated import Node
    from acmrules.syntax.source import Source


WORKSPACE = "terraform.workspace"
"""The name of the Terraform workspace among parameter values, and in expressions."""


UNKNOWN_REGION = ""
"""The Region of a stack that may be any."""


class ReadScope(Enum):
    """What is read: only certificates and their consumers, or the DNS resources of all files too.

    With `EVERYTHING`, zones and records are declared even if a file has no certificates, and so
    are the records that point to hosts.
    """

    CERTIFICATES = "certificates"
    EVERYTHING = "everything"


class Parameters(Value):
    """Values that a file does not contain: parameter values by name, and the Region.

    `variable_files` contain values of Terraform variables; later files take precedence. `inputs`
    are values of variables that Terragrunt sets, which have the lowest precedence. With
    `importing`, a template is read for the users of certificates of other files. `stack_regions`
    are the Regions of the stacks of a Pulumi project, `None` for one that does not set it.
    """

    values: Mapping[str, str]
    region: str | None = None
    variable_files: tuple[Source, ...] = ()
    scope: ReadScope = ReadScope.CERTIFICATES
    importing: bool = False
    inputs: Mapping[str, Node] = {}
    stack_regions: tuple[str | None, ...] = ()
