"""Attributes of resources as references see them: computed or normalized by the provider."""

from __future__ import annotations

from functools import partial

from acmrules.readers.dns import absolute
from acmrules.readers.evaluated import EvaluatedReader, LazyNode, Node
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.eval.expressions import evaluate
from acmrules.readers.terraform.eval.values import Partial, with_value
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    IDENTITIES,
    OPTIONS,
    RECORD,
    ZONE,
)
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.hcl import ast as hcl
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.terraform.eval.expressions import Scope
    from acmrules.syntax.hcl.ast import Block, Expression
    from acmrules.unresolved import ListedName

FULL_NAME = "fqdn"
"""The attribute of a record with its name and that of its zone."""

"""The attribute of a certificate with an option for each of its names."""

_OPTION_MEMBERS = ("resource_record_name", "resource_record_type", "resource_record_value")


def as_referenced(block: Block, address: str, resource: Node, scope: Scope) -> Node:
    """Return an instance of a resource or data source with the attributes that references see.

    A certificate has its validation options. The name of a zone has no dot at its end since
    version 3.0 of the provider (upgrade guide of version 3). The `fqdn` of a record is its name
    within its zone (documentation of `aws_route53_record`).
    """
    members = resource.value
    kind = block.labels[0]
    if kind == CERTIFICATE and block.type == "resource":
        find = partial(_options, address, resource)
        return _with_member(resource, OPTIONS, find, f"{address}.{OPTIONS}", resource)
    if kind == ZONE and "name" in members:
        name = members["name"]
        return _with_member(resource, "name", partial(_bare_name, name), f"{address}.name", name)
    if kind == RECORD and block.type == "resource" and "name" in members:
        find = partial(_full_name, block, members["name"], scope, f"{address}.{FULL_NAME}")
        return _with_member(resource, FULL_NAME, find, f"{address}.{FULL_NAME}", members["name"])
    return resource


def _full_name(block: Block, name: Node, scope: Scope, label: str) -> Node:
    """Return the name of a record with that of its zone, unknown if the zone is."""
    stated = block.body.attributes.get("zone_id")
    zone = _zone_name(stated.value, scope) if stated else None
    own = _text(name.value)
    found = _joined(own, zone) if zone and own is not None else None
    return with_value(name, Unknown(label) if found is None else found)


def _zone_name(expression: Expression, scope: Scope) -> Text | None:
    """Return the name of the zone whose id an expression refers to."""
    if ZONE not in expression.written:
        return None
    named: Expression
    if isinstance(expression, hcl.Reference) and expression.names[-1] in IDENTITIES[ZONE]:
        names = [*expression.names[:-1], "name"]
        named = hcl.Reference(expression.source, expression.start, expression.end, names)
    elif isinstance(expression, hcl.Attribute) and expression.name in IDENTITIES[ZONE]:
        named = hcl.Attribute(expression.start, expression.end, expression.of, "name")
    else:
        return None
    value = _text(evaluate(named, scope).value)
    return value.lower() if value is not None else None


def _text(value: object) -> Text | None:
    if isinstance(value, Unknown):
        return Unresolved((value,))
    return value if isinstance(value, str | Unresolved) else None


def _joined(name: Text, zone: Text) -> Text | None:
    """Return a name within a zone, `None` if it is unknown whether it contains the zone's name."""
    bare, own, suffix = name.lower(), _parts(name.lower()), _parts(zone)
    if isinstance(bare, str):
        bare = bare.removesuffix(".")
    if bare == zone:
        return bare
    if isinstance(zone, Unresolved):
        before = own[-len(suffix) - 1] if len(own) > len(suffix) else ""
        is_dotted = isinstance(before, str) and before.endswith(".")
        return bare if is_dotted and own[-len(suffix) :] == suffix else None
    if isinstance(bare, Unresolved):
        return bare if bare.tail.endswith(f".{zone}") else None
    if bare.endswith(f".{zone}"):
        return bare
    return f"{bare}.{zone}" if bare else zone


def _parts(text: Text) -> tuple[str | Unknown, ...]:
    return text.parts if isinstance(text, Unresolved) else (text,)


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
