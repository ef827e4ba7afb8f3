"""Programs of Pulumi in YAML.

Expressions are evaluated where the file determines them: configuration values with a default,
variables, properties of resources, and the functions that build strings.
See https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/.
"""

from __future__ import annotations

import re

from acmrules.readers.bridged.certificates import PULUMI
from acmrules.readers.bridged.declarations import Bridge, BridgedResource
from acmrules.readers.bridged.names import argument
from acmrules.readers.bridged.types import PULUMI as TYPES
from acmrules.readers.bridged.types import token
from acmrules.readers.fields import Fields
from acmrules.readers.options import ReadScope
from acmrules.readers.substituted import Substituted, SubstitutedReader, concatenated
from acmrules.readers.terraform.resources.references import CERTIFICATE, IDENTITIES
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY, items, mapping
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.declaration import Declaration
    from acmrules.readers.fields import Found
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Tree
    from acmrules.unresolved import Text

_EXPRESSION = r"\$\$\{|\$\{([^{}]*)\}"
_PATH = r'[^.\[\]"]+|"[^"]*"'
_CONFIGURATIONS = ("config", "configuration")
_PROVIDER = "pulumi:providers:aws"
_DEEPEST = 30
_MOST_STEPS = 10_000


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers in a program, `None` if there are none.

    Raises `InputError`.
    """
    found: list[Declaration] = []
    for tree in trees(source, texts=True):
        if _is_program(tree.data):
            try:
                found += _Program(tree, parameters).declarations()
            except ReadError as fault:
                raise fault.unreadable(tree) from None
            except RecursionError:
                raise InputError(source.name, "is nested too deeply") from None
    return tuple(found) or None


def parameters(source: Source) -> Iterator[str]:
    """Yield the names of the configuration values of programs; raises `InputError`."""
    if "config" in source.text and "resources" in source.text:
        for tree in trees(source, texts=True):
            if _is_program(tree.data):
                yield from _configuration(tree.data)


def _is_program(data: Data) -> bool:
    resources = mapping(mapping(data).get("resources"))
    kinds = [mapping(each).get("type") for each in resources.values()]
    return any(type(kind) is str and kind.startswith("aws:") for kind in kinds)


def _configuration(data: Data) -> dict[str, tuple[Data, Pointer]]:
    """Return the declared configuration values with their pointers."""
    return {
        name: (declared, (section, name))
        for section in _CONFIGURATIONS
        for name, declared in mapping(mapping(data).get(section)).items()
    }


class _Program:
    """A program and its resources."""

    def __init__(self, tree: Tree, parameters: Parameters) -> None:
        self._tree = tree
        self._parameters = parameters
        data = mapping(tree.data)
        self._configuration = _configuration(data)
        self._variables = mapping(data.get("variables"))
        self._resources = {
            name: mapping(each) for name, each in mapping(data.get("resources")).items()
        }
        self._keys = {name: _key(name, n) for n, name in enumerate(self._resources)}
        self._open: list[str] = []
        self._asked: set[str] = set()
        self._steps = 0
        self._region = self._default_region()

    def declarations(self) -> list[Declaration]:
        """Return the declarations of the program; raises `TypeMismatchError`."""
        resources = [
            self._resource(name, each) for name, each in self._resources.items() if _kind(each)
        ]
        everything = self._parameters.scope is ReadScope.EVERYTHING
        bridge = Bridge(self._tree, resources, PULUMI, self._terraform_label, everything=everything)
        return [*bridge.declarations(frozenset(self._asked))]

    def _resource(self, name: str, data: dict[str, Data]) -> BridgedResource:
        pointer = ("resources", name)
        reader = SubstitutedReader()
        whole = Fields(reader, data, pointer)
        here = (*pointer, "properties") if "properties" in data else pointer
        properties = self._evaluated(data.get("properties"), here)
        if isinstance(properties, Substituted):
            properties = None
        members = Fields(reader, properties, here)
        region = members.text("region") or self._region_of_provider(data)
        text = region[0] if region else self._region
        replaced_first = mapping(data.get("options")).get("deleteBeforeReplace") != "true"
        return BridgedResource(
            _kind(data),
            self._keys[name],
            name,
            whole,
            members,
            data.get("properties"),
            (*pointer, KEY),
            text,
            region,
            replaced_first,
        )

    # Regions

    def _region_of_provider(self, data: dict[str, Data], depth: int = 0) -> Found | None:
        """Return the Region of a resource's explicit provider, or of that of its parent."""
        options = mapping(data.get("options"))
        for option in ("provider", "parent"):
            written = options.get(option)
            named = re.fullmatch(_EXPRESSION, written) if type(written) is str else None
            other = self._resources.get((named and named[1]) or "")
            if other is None:
                continue
            if option == "parent":
                return self._region_of_provider(other, depth + 1) if depth < _DEEPEST else None
            return self._region_in(str(named[1]) if named else "", other)
        return None

    def _region_in(self, name: str, provider: dict[str, Data]) -> Found | None:
        written = mapping(provider.get("properties")).get("region")
        pointer = ("resources", name, "properties", "region")
        if written is None:
            return None
        return SubstitutedReader().text(self._evaluated(written, pointer), pointer)

    def _default_region(self) -> Text | None:
        """Return the Region of the default provider."""
        for name, each in self._resources.items():
            if each.get("type") == _PROVIDER and each.get("defaultProvider") == "true":
                found = self._region_in(name, each)
                return found[0] if found else None
        own, is_declared = self._region_of_project()
        if not self._parameters.stack_regions:
            return own if is_declared else self._parameters.region
        first, *others = [own if one is None else one for one in self._parameters.stack_regions]
        # Stacks in several Regions would each need a check of their own.
        is_one = first and all(other == first for other in others)
        return first if is_one else self._parameters.region

    def _region_of_project(self) -> tuple[Text | None, bool]:
        """Return the Region in the configuration of the project, and whether there is one."""
        declared, pointer = self._configuration.get("aws:region", (None, ()))
        value = mapping(declared).get("value", mapping(declared).get("default"))
        found_here = declared if type(declared) is str else value
        if type(found_here) is not str:
            return None, False
        evaluated = SubstitutedReader().text(self._evaluated(found_here, pointer), pointer)
        return evaluated[0] if evaluated else None, True

    # Expressions

    def _evaluated(self, data: Data, pointer: Pointer) -> Data:
        """Return data in which each expression has its value."""
        if type(data) is str:
            return self._string(data) if "${" in data else data
        if type(data) is list:
            return [self._evaluated(item, (*pointer, n)) for n, item in enumerate(data)]
        if type(data) is not dict:
            return data
        if len(data) == 1:
            ((name, argument_),) = data.items()
            if name[:4].lower() == "fn::":
                return self._function(name[4:].lower(), argument_, (*pointer, name))
        return {key: self._evaluated(item, (*pointer, key)) for key, item in data.items()}

    def _function(self, name: str, data: Data, pointer: Pointer) -> Substituted:
        unknown = _unknown(f"fn::{name} at {'.'.join(map(str, pointer[1:-1]))}")
        arguments = [self._evaluated(each, (*pointer, n)) for n, each in enumerate(items(data))]
        if name == "join" and len(arguments) == 2:  # noqa: PLR2004
            separator, parts = _value(arguments[0]), _value(arguments[1])
            if type(separator) is str and type(parts) is list:
                return self._joined(separator, parts) or unknown
        if name == "select" and len(arguments) == 2:  # noqa: PLR2004
            index, values = _value(arguments[0]), _value(arguments[1])
            if type(values) is list and str(index).isdecimal() and int(index) < len(values):
                return _substituted(values[int(index)])
        if name == "split" and len(arguments) == 2:  # noqa: PLR2004
            separator, text = _value(arguments[0]), _value(arguments[1])
            if type(separator) is str and type(text) is str and separator:
                return Substituted([Substituted(part) for part in text.split(separator)])
        return unknown

    def _joined(self, separator: str, parts: list[Data]) -> Substituted | None:
        texts: list[Text] = []
        for part in parts:
            value = _value(part)
            if not isinstance(value, str | Unresolved):
                return None
            texts += [separator, value]
        return _concatenated(texts[1:])

    def _string(self, text: str) -> Substituted:
        """Return the value of a string with expressions."""
        whole = re.fullmatch(_EXPRESSION, text)
        if whole is not None and whole[1] is not None:
            return self._named(whole[1].strip(), text)
        parts: list[Text] = []
        end = 0
        for found in re.finditer(_EXPRESSION, text):
            parts.append(text[end : found.start()])
            end = found.end()
            if found[1] is None:
                parts.append("${")
                continue
            value = self._named(found[1].strip(), found[0]).value
            known = isinstance(value, str | Unresolved)
            parts.append(value if known else Unresolved((Unknown(found[0]),)))
        parts.append(text[end:])
        return _concatenated(parts) or _unknown(text[:_DEEPEST])

    def _named(self, expression: str, written: str) -> Substituted:
        """Return the value of a reference, such as `name.property`."""
        self._steps += 1
        path = [step.strip('"') for step in re.findall(_PATH, expression)]
        if not path or expression in self._open or len(self._open) > _DEEPEST:
            return _unknown(written)
        if self._steps > _MOST_STEPS:
            return _unknown(written)
        self._open.append(expression)
        try:
            found = self._value_of(path)
        finally:
            self._open.pop()
        return found or _unknown(written)

    def _value_of(self, path: list[str]) -> Substituted | None:
        name, *rest = path
        if name in self._configuration and not rest:
            return self._configured(name)
        if name in self._variables:
            return self._at(self._variables[name], ("variables", name), rest)
        properties = mapping(self._resources.get(name, {})).get("properties")
        if rest and rest[0] in mapping(properties):
            return self._at(properties, ("resources", name, "properties"), rest)
        return None

    def _configured(self, name: str) -> Substituted | None:
        declared, pointer = self._configuration[name]
        if name in self._parameters.values and mapping(declared).get("secret") != "true":
            return Substituted(self._parameters.values[name], None, f"value given for `{name}`")
        if type(declared) is not dict:
            return Substituted(declared, pointer, f"value of `{name}`")
        if declared.get("secret") == "true":
            return None
        for member, note in (("value", "value"), ("default", "default")):
            if declared.get(member) not in (None, ""):
                here = (*pointer, member)
                return self._at(declared[member], here, [], f"{note} of `{name}`")
        self._asked.add(name)
        return None

    def _at(
        self, data: Data, pointer: Pointer, steps: list[str], note: str = ""
    ) -> Substituted | None:
        """Return the value at some steps below data, with its origin."""
        for step in steps:
            if type(data) is dict and step in data:
                data, pointer = data[step], (*pointer, step)
            elif type(data) is list and step.isdecimal() and int(step) < len(data):
                data, pointer = data[int(step)], (*pointer, int(step))
            else:
                return None
        value = self._evaluated(data, pointer)
        if isinstance(value, Substituted):
            return value
        label = note or f"`{'.'.join(map(str, pointer[1:]))}`"
        if type(value) is list:
            value = [_substituted(item, (*pointer, n), label) for n, item in enumerate(value)]
        return Substituted(value, pointer, label)

    # References between resources

    def _terraform_label(self, label: str) -> str | None:
        """Return the label in Terraform of a reference to the identity of a resource."""
        if not label.startswith("${") or not label.endswith("}"):
            return None
        path = [step.strip('"') for step in re.findall(_PATH, label[2:-1])]
        kind = _kind(self._resources.get(path[0] if path else "", {}))
        attribute = argument(path[1]) if len(path) > 1 else "id"
        is_validated = kind == CERTIFICATE and attribute == "domain_validation_options"
        if is_validated or (kind in IDENTITIES and attribute in IDENTITIES[kind]):
            return f"{kind}.{self._keys[path[0]]}.{attribute}"
        return None


def _kind(resource: dict[str, Data]) -> str:
    """Return the type of a resource in Terraform, empty if it does not matter here."""
    written = resource.get("type")
    if type(written) is not str or "get" in resource:
        return ""
    return TYPES.get(token(written), "")


def _key(name: str, number: int) -> str:
    """Return the name of a resource in Terraform, where it must not have dots or brackets."""
    return name if re.fullmatch(r"[\w-]+", name) else f"r{number}"


def _value(data: Data) -> Data:
    return data.value if isinstance(data, Substituted) else data


def _substituted(data: Data, pointer: Pointer | None = None, note: str = "") -> Substituted:
    return data if isinstance(data, Substituted) else Substituted(data, pointer, note)


def _unknown(label: str) -> Substituted:
    return Substituted(Unresolved((Unknown(label),)))


def _concatenated(texts: list[Text]) -> Substituted | None:
    text = concatenated(texts)
    return None if text is None else Substituted(text)
