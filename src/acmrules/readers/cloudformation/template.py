"""The sections of a CloudFormation template, and what an expression in it mentions."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.syntax.tree import Data, Pointer

CERTIFICATE = "AWS::CertificateManager::Certificate"

_IDENTITIES = {CERTIFICATE: ("Id", "Arn"), "AWS::Route53::HostedZone": ("Id",)}
"""Attributes that are what `Ref` gives, by type."""


class Parameter(Value):
    """A parameter as declared; the default of one from the parameter store is not its value."""

    name: str
    default: str | None = None
    allowed: tuple[str, ...] = ()
    is_list: bool = False
    is_from_store: bool = False


class Resource:
    """A resource as declared, and the way to it; no `Value`, as there are thousands to a file."""

    __slots__ = ("data", "logical_id", "pointer", "type")

    def __init__(self, logical_id: str, kind: str, data: dict[str, Data], pointer: Pointer) -> None:
        self.logical_id = logical_id
        self.type = kind
        self.data = data
        self.pointer = pointer


class Template:
    """A template's sections, and what the caller knows of the outside."""

    __slots__ = ("conditions", "data", "mappings", "parameters", "region", "resources", "values")

    def __init__(
        self, data: dict[str, Data], values: Mapping[str, str], region: str | None
    ) -> None:
        self.data = data
        self.mappings = _section(data, "Mappings")
        self.conditions = _section(data, "Conditions")
        self.parameters = {
            name: _parameter(name, declared)
            for name, declared in _section(data, "Parameters").items()
        }
        resources = _resources(_section(data, "Resources"), ("Resources",))
        self.resources = {resource.logical_id: resource for resource in resources}
        self.values = values
        self.region = region

    def identity(self, expression: str) -> str:
        """Return the logical id of `Id.Attribute`, if the attribute is what `Ref` gives."""
        logical_id, _, attribute = expression.partition(".")
        resource = self.resources.get(logical_id)
        same = resource is not None and attribute in _IDENTITIES.get(resource.type, ())
        return logical_id if same else expression


def _section(data: dict[str, Data], name: str) -> dict[str, Data]:
    section = data.get(name)
    return section if isinstance(section, dict) else {}


def _parameter(name: str, declared: Data) -> Parameter:
    if not isinstance(declared, dict):
        return Parameter(name)
    kind, allowed = str(declared.get("Type")), declared.get("AllowedValues")
    values = map(scalar, allowed if isinstance(allowed, list) else ())
    return Parameter(
        name,
        scalar(declared.get("Default")),
        tuple(value for value in values if value is not None),
        is_list="List<" in kind or "CommaDelimitedList" in kind,
        is_from_store=kind.startswith("AWS::SSM::Parameter::Value<"),
    )


def _resources(section: dict[str, Data], pointer: Pointer) -> Iterator[Resource]:
    """Yield the resources; one inside a loop once, its variable unknown."""
    for name, data in section.items():
        here = (*pointer, name)
        if isinstance(data, dict):
            kind = data.get("Type")
            if isinstance(kind, str):
                yield Resource(name, kind, data, here)
        elif name.startswith("Fn::ForEach::") and isinstance(data, list) and data:
            inside = data[-1]
            if isinstance(inside, dict):
                yield from _resources(inside, (*here, len(data) - 1))


def scalar(data: Data) -> str | None:
    """Return the text that a scalar is for CloudFormation, `None` for anything else."""
    if isinstance(data, bool):
        return str(data).lower()
    return data if isinstance(data, str) else None


def is_expression(data: Data) -> bool:
    """Say whether data is a function's call, not a mapping of its own."""
    return (
        type(data) is dict
        and len(data) == 1
        and any(key == "Ref" or key.startswith("Fn::") for key in data)
    )


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """Yield the literal pieces of an `Fn::Sub` text, each with the name that follows it, or ``."""
    start = place = 0
    while (place := text.find("${", place)) >= 0 and (end := text.find("}", place)) >= 0:
        if text.startswith("!", place + 2):
            yield text[start : place + 2], ""
            start = place + 3
            place = end
        else:
            yield text[start:place], text[place + 2 : end].strip()
            start = place = end + 1
    yield text[start:], ""


def mentions(data: Data, *, in_branches: bool = True) -> Iterator[tuple[str, str]]:
    """Yield what data refers to, as pairs of a kind, `name` or `condition`, and its name.

    Names are those of parameters and resources. Without `in_branches`, what stands inside of an
    `Fn::If` is left out.
    """
    stack: list[Data] = [[data]]
    while stack:
        inside = stack.pop()
        for value in inside.values() if type(inside) is dict else inside:
            if type(value) is list:
                stack.append(value)
            elif type(value) is dict:
                if len(value) == 1:
                    ((function, argument),) = value.items()
                    if function == "Fn::If" and type(argument) is list and argument:
                        yield "condition", str(argument[0])
                        if not in_branches:
                            continue
                    elif function in _REFERRING:
                        yield from (("name", name) for name in _names(function, argument))
                stack.append(value)


_REFERRING = {"Ref", "Fn::GetAtt", "Fn::Sub"}


def _names(function: str, argument: Data) -> Iterator[str]:
    variables: Data = ()
    if function != "Ref" and type(argument) is list and argument:
        argument, *variables = argument
    if type(argument) is not str:
        return
    if function == "Fn::Sub":
        own = variables[0] if variables and type(variables[0]) is dict else ()
        named = (name for _, name in placeholders(argument) if name and name not in own)
        yield from (name.partition(".")[0] for name in named)
    else:
        yield argument if function == "Ref" else argument.partition(".")[0]
