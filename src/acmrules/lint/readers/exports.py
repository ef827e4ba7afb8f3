"""What a template exports to the other stacks of its account and Region."""

from __future__ import annotations

from acmrules.lint.readers.branches import ROOT, Fork
from acmrules.lint.readers.intrinsics import Resolver
from acmrules.lint.readers.places import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.readers.places import Data
    from acmrules.lint.readers.template import Template
    from acmrules.request import Text

IMPORT = "!ImportValue "
"""What stands before the name of an export where it is imported, in what is not known there."""


def exports(template: Template) -> list[tuple[str, Text]]:
    """Return the imports that the template gives a value to, and the values.

    Only those are returned that hold whatever the conditions are.
    """
    found: list[tuple[str, Text]] = []
    resolver = Resolver(template, ROOT)
    outputs = template.data.get("Outputs")
    for name, output in outputs.items() if isinstance(outputs, dict) else ():
        export = output.get("Export") if isinstance(output, dict) else None
        if isinstance(export, dict) and "Name" in export and "Value" in output:
            exported = _text(resolver, export["Name"], (name, "Export", "Name"))
            value = _text(resolver, output["Value"], (name, "Value"))
            if isinstance(exported, str) and value is not None:
                found.append((f"{IMPORT}{exported}", value))
    return found


def _text(resolver: Resolver, data: Data, way: tuple[str, ...]) -> Text | None:
    try:
        found = resolver.text(data, ("Outputs", *way))
    except (Fault, Fork):
        return None
    return found[0] if found else None
