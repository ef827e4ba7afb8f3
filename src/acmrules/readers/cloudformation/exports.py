"""The exports of a template to other stacks in its account, in its Region and in others."""

from __future__ import annotations

from acmrules.model.declaration import IMPORT
from acmrules.readers.cloudformation.intrinsics import Resolver
from acmrules.readers.cloudformation.template import CROSS_REGION_WRITER, Template
from acmrules.readers.conditions import ROOT, OpenCondition
from acmrules.syntax.errors import ReadError
from acmrules.syntax.tree import mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.tree import Data
    from acmrules.unresolved import Text


def exports(template: Template) -> list[tuple[str, Text]]:
    """Return the labels under which other stacks import values, and the values.

    Exports that depend on a condition are left out.
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
    found += _across_regions(template, resolver)
    return found


def _across_regions(template: Template, resolver: Resolver) -> Iterator[tuple[str, Text]]:
    """Yield the labels and the values of what the CDK copies to other Regions."""
    for resource in template.resources.values():
        if resource.type != CROSS_REGION_WRITER:
            continue
        properties = mapping(resource.data.get("Properties"))
        for name, data in mapping(mapping(properties.get("WriterProps")).get("exports")).items():
            value = _text(resolver, data, (resource.logical_id, name))
            if value is not None:
                yield f"{{{{resolve:ssm:{name}}}}}", value


def _text(resolver: Resolver, data: Data, path: tuple[str, ...]) -> Text | None:
    try:
        found = resolver.text(data, ("Outputs", *path))
    except (ReadError, OpenCondition):
        return None
    return found[0] if found else None
