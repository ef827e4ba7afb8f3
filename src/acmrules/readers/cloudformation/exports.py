"""What a template exports to the other stacks of its account and Region."""

from __future__ import annotations

from acmrules.model.linking import IMPORT
from acmrules.readers.cloudformation.intrinsics import Resolver
from acmrules.readers.conditions import ROOT, OpenCondition
from acmrules.syntax.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.cloudformation.template import Template
    from acmrules.syntax.tree import Data
    from acmrules.unresolved import Text


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
    except (ReadError, OpenCondition):
        return None
    return found[0] if found else None
