"""The command `schema`: the JSON Schema of the report of `check`, or of the settings."""

from __future__ import annotations

import sys

from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import SchemaOptions


def schema(options: SchemaOptions) -> int:
    """Print a schema as the package contains it."""
    from acmrules.errors import InvalidArgument
    from acmrules.workspace.schemas import schema_text

    (name,) = options.names
    try:
        text = schema_text(name)
    except InvalidArgument as error:
        raise UsageError(str(error)) from None
    sys.stdout.write(text)
    return CLEAN
