"""The JSON Schema files of the package: of the report of `check`, and of the settings."""

from __future__ import annotations

from acmrules.errors import InvalidArgument
from acmrules.messages import choose_from, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SCHEMAS = ("report", "settings")
"""The names of the schemas."""


def schema_text(name: str) -> str:
    """Return the JSON Schema (draft 2020-12) of `report` or `settings`, as the package has it.

    Raises `InvalidArgument` for another name.

    >>> schema_text("settings").splitlines()[1]
    '  "$schema": "https://json-schema.org/draft/2020-12/schema",'
    """
    if name not in SCHEMAS:
        raise InvalidArgument(f"unknown schema {quoted(name)}{choose_from(name, SCHEMAS)}")
    import os

    import acmrules

    folder = os.path.dirname(str(acmrules.__file__))
    # The loader reads from an archive too.
    loader: Any = acmrules.__loader__
    data: bytes = loader.get_data(os.path.join(folder, "schemas", f"{name}.json"))
    return data.decode("utf-8")
