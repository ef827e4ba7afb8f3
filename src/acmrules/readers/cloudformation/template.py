"""The sections of a CloudFormation template, and the references in its expressions."""

from __future__ import annotations

from acmrules.model.declaration import CROSS_REGION
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.syntax.tree import Data, Pointer

CERTIFICATE = "AWS::CertificateManager::Certificate"
CROSS_REGION_READER = "Custom::CrossRegionExportReader"
CROSS_REGION_WRITER = "Custom::CrossRegionExportWriter"
"""The resources by which the CDK copies values of a stack to a stack in another Region."""

_IDENTITIES = {
    CERTIFICATE: ("Id", "Arn"),
    "AWS::CertificateManager::AcmeEndpoint": ("AcmeEndpointArn",),
    "AWS::Route53::HostedZone": ("Id",),
}
"""The attributes that equal the `Ref` of a resource, by type."""


class Parameter(Value):
    """A parameter; with `is_from_store`, its default is not its value but a name in SSM.

    The value of a parameter with `no_echo` is a secret, which no output may contain.
    """

    name: str
    default: str | None = None
    allowed: tuple[str, ...] = ()
    is_list: bool = False
    is_from_store: bool = False
    no_echo: bool = False


class Resource:
    """A resource and its pointer; not a `Value`, because a file may have thousands."""

    __slots__ = ("data", "logical_id", "pointer", "type")

    def __init__(self, logical_id: str, kind: str, data: dict[str, Data], pointer: Pointer) -> None:
        self.logical_id = logical_id
        self.type = kind
        self.data = data
        self.pointer = pointer


class Template:
    """A template's sections, and the parameter values and Region from the user."""

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

    @property
    def macro(self) -> str:
        """The name of a macro that may rewrite the template; empty if only AWS's own apply."""
        declared = self.data.get("Transform")
        for macro in declared if isinstance(declared, list) else (declared,):
            name = macro.get("Name") if isinstance(macro, dict) else macro
            if isinstance(name, str) and not name.startswith("AWS::"):
                return name
        return ""

    @property
    def open_parameters(self) -> frozenset[str]:
        """The names of the parameters that have no value yet, and that the user can set.

        A value of a `NoEcho` parameter is not used, because findings would show it.
        """
        return frozenset(
            name
            for name, parameter in self.parameters.items()
            if name not in self.values and not (parameter.is_from_store or parameter.no_echo)
        )

    def identity(self, expression: str) -> str:
        """Return the logical id in `Id.Attribute` if the attribute equals the `Ref`."""
        logical_id, _, attribute = expression.partition(".")
        resource = self.resources.get(logical_id)
        same = resource is not None and attribute in _IDENTITIES.get(resource.type, ())
        return logical_id if same else expression

    def imported(self, expression: str) -> str:
        """Return the label of `Id.Attribute` if that is a value of a stack in another Region."""
        logical_id, _, attribute = expression.partition(".")
        label = f"{{{{resolve:ssm:{attribute}}}}}"
        if not label.startswith(CROSS_REGION):
            return ""
        resource = self.resources.get(logical_id)
        return label if resource is not None and resource.type == CROSS_REGION_READER else ""


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
        no_echo=str(declared.get("NoEcho")).lower() == "true",
    )


def _resources(section: dict[str, Data], pointer: Pointer) -> Iterator[Resource]:
    """Yield the resources; one in a loop is yielded once, with its variable unknown."""
    for name, data in section.items():
        here = (*pointer, name)
        if isinstance(data, dict):
            kind = data.get("Type")
            if isinstance(kind, str):
                yield Resource(name, kind, data, here)
        elif name.startswith("Fn::ForEach::") and isinstance(data, list) and data:
            body = data[-1]
            if isinstance(body, dict):
                yield from _resources(body, (*here, len(data) - 1))


def scalar(data: Data) -> str | None:
    """Return a scalar as a string, as CloudFormation does; `None` for anything else."""
    if isinstance(data, bool):
        return str(data).lower()
    return data if isinstance(data, str) else None


def is_expression(data: Data) -> bool:
    """Return whether data is a function call, and not an ordinary mapping."""
    return (
        type(data) is dict
        and len(data) == 1
        and any(key == "Ref" or key.startswith("Fn::") for key in data)
    )


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """Yield the literal pieces of an `Fn::Sub` string, each with the next name, or ``."""
    start = offset = 0
    while (offset := text.find("${", offset)) >= 0 and (end := text.find("}", offset)) >= 0:
        if text.startswith("!", offset + 2):
            yield text[start : offset + 2], ""
            start = offset + 3
            offset = end
        else:
            yield text[start:offset], text[offset + 2 : end].strip()
            start = offset = end + 1
    yield text[start:], ""


def mentions(data: Data, *, in_branches: bool = True) -> Iterator[tuple[str, str]]:
    """Yield the references in data as pairs of a kind, `name` or `condition`, and a name.

    The names are those of parameters and resources. Without `in_branches`, the references inside
    `Fn::If` are left out.
    """
    stack: list[Data] = [[data]]
    while stack:
        collection = stack.pop()
        for value in collection.values() if type(collection) is dict else collection:
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
