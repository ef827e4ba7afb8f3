"""Nested stacks about certificates whose template is not a local file."""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.model.not_checked import NESTED_STACK, NotChecked
from acmrules.model.placed import Location
from acmrules.readers.cloudformation.template import Template
from acmrules.readers.words import are_about_certificates
from acmrules.syntax.source import InputError
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY, mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data

_STACK = "AWS::CloudFormation::Stack"
_ASSET = "aws:asset:path"
"""The metadata by which the CDK records that the template is a file next to this one."""

_REMOTE = ("http://", "https://", "s3://")


def nested_stacks(source: Source, local: tuple[str, ...] = ()) -> Iterator[NotChecked]:
    """Yield the nested stacks of a template that are about certificates; none if it is invalid.

    `local` are words in the addresses of templates that are files next to this one.
    """
    try:
        found = [*trees(source, texts=True)]
    except InputError:
        return
    for tree in found:
        data = mapping(tree.data)
        if "Resources" not in data:
            continue
        for resource in Template(data, {}, None).resources.values():
            properties = mapping(resource.data.get("Properties"))
            address = properties.get("TemplateURL")
            is_in_assets = _ASSET in mapping(resource.data.get("Metadata"))
            if resource.type != _STACK or is_in_assets or not _is_remote(address):
                continue
            if any(_mentions(address, word) for word in local):
                continue
            parameters = mapping(properties.get("Parameters"))
            written = address if isinstance(address, str) else ""
            if are_about_certificates(resource.logical_id, written, *parameters):
                yield NotChecked(
                    Location(source, *tree.place((*resource.pointer, KEY))),
                    NESTED_STACK,
                    f"nested stack {quoted(resource.logical_id)}",
                    "has a template that is not local",
                    "check that template too, with `--param` for its parameters",
                )


def _mentions(data: Data, word: str) -> bool:
    """Return whether a string in an expression contains a word."""
    pending = [data]
    while pending:
        match pending.pop():
            case dict(members):
                pending += members.values()
            case list(items):
                pending += items
            case str(text) if word in text:
                return True
    return False


def _is_remote(address: Data) -> bool:
    """Return whether a template is not a local file, or may be elsewhere."""
    return address.startswith(_REMOTE) if isinstance(address, str) else isinstance(address, dict)
