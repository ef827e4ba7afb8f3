"""Attributes of resources as references see them: computed or normalized by the provider."""

from __future__ import annotations

from functools import partial

from acmrules.readers.dns import absolute
from acmrules.readers.evaluated import EvaluatedReader, LazyNode, Node
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.eval.values import Partial, with_value
from acmrules.readers.terraform.resources.references import CERTIFICATE, ZONE
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.syntax.hcl.ast import Block
    from acmrules.unresolved import ListedName

OPTIONS = "domain_validation_options"
"""The attribute of a certificate with an option for each of its names."""

_OPTION_MEMBERS = ("resource_record_name", "resource_record_type", "resource_record_value")


def as_referenced(block: Block, address: str, resource: Node) -> Node:
    """Return an instance of a resource or data source with the attributes that references see.

    A certificate has its validation options. The name of a zone has no dot at its end since
    version 3.0 of the provider (upgrade guide of version 3).
    """
    members = resource.value
    kind = block.labels[0]
    if kind == CERTIFICATE and block.type == "resource":
        find = partial(_options, address, resource)
        return _with_member(resource, OPTIONS, find, f"{address}.{OPTIONS}", resource)
    if kind == ZONE and "name" in members:
        name = members["name"]
        return _with_member(resource, "name", partial(_bare_name, name), f"{address}.name", name)
    return resource


def _with_member(resource: Node, member: str, find: partial[Node], label: str, place: Node) -> Node:
    """Return a resource with another value of a member, which is evaluated on demand."""
    range_ = place.start, place.end
    lazy = LazyNode(find, label, place.source, range_, place.key or range_)
    members = resource.value
    return with_value(resource, Partial(members | {member: lazy}, members.label))


def _bare_name(name: Node) -> Node:
    value = name.value
    if isinstance(value, str) and value != ".":
        return with_value(name, value.removesuffix("."))
    return with_value(name, absolute(value)) if isinstance(value, Unresolved) else name


def _options(address: str, resource: Node) -> Node:
    """Return the validation options of a certificate, unknown if their number is unknown."""
    label = f"{address}.{OPTIONS}"
    names = names_of(resource)
    if names is None:
        return with_value(resource, Unknown(label))
    return with_value(
        resource,
        [
            with_value(resource, _option(f"{label}[{index}]", name, resource))
            for index, name in enumerate(names)
        ],
    )


def _option(label: str, name: ListedName, resource: Node) -> dict[str, Node]:
    members = {
        member: with_value(resource, Unknown(f"{label}.{member}")) for member in _OPTION_MEMBERS
    }
    known = name if isinstance(name, Unresolved) else str(name)
    return {"domain_name": with_value(resource, known), **members}


def names_of(resource: Node) -> tuple[ListedName, ...] | None:
    """Return the distinct names of a certificate, `None` if their number is unknown."""
    fields = Fields(EvaluatedReader(), dict(resource.value), ())
    try:
        first = fields.text("domain_name")
        others = fields.texts("subject_alternative_names")
    except TypeMismatchError:
        return None
    names: list[Text] = [first[0]] if first else []
    for name, _, _ in others:
        if isinstance(name, UnresolvedNames):
            return None
        names.append(name)
    return distinct_names(read_name(name) if isinstance(name, str) else name for name in names)


def distinct_names(names: Iterable[ListedName]) -> tuple[ListedName, ...]:
    """Return the names that have a validation option each, in the order of their options."""
    return tuple(dict.fromkeys(names))
