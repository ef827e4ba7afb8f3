"""Repetitions of validation records that Terraform cannot plan."""

from __future__ import annotations

import re

from acmrules.dns_validation import (
    COMPUTED_NAMES,
    OBJECTS,
    RECORD_KEYS,
    SET_INDEX,
    RepetitionFault,
)
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    OPTIONS,
    steps,
    without_keys,
)
from acmrules.readers.terraform.validation import only_part, validated_by
from acmrules.syntax.hcl import ast as hcl
from acmrules.unresolved import Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.terraform.modules import Module, ModuleCall, ResourceBlock
    from acmrules.syntax.hcl.ast import Expression
    from acmrules.unresolved import ListedName

_SET_FUNCTIONS = frozenset(("toset", "tolist"))
_OF_RECORDS = "resource_record_"
_INDEX = rf"\b({CERTIFICATE}\.[\w-]+(?:\[[^\]]*\])?\.{OPTIONS}(?:\.\d+|\[[^\]*]+\]))"
_COMPUTED = (
    r"(?<![\w.\]-])((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)([a-z][a-z0-9]*_[a-z0-9_]+)\.([\w-]+)"
    r"(?:\[[^\]]*\])?\.([a-z_]\w*)"
)
_MAY_BE_KNOWN = re.compile(r"\?|\b(?:var|local|each|data)\.|\b(?:try|coalesce|lookup|one)\(")
_SETTABLE = ("${var.", "${local.", "${each.", "${data.", "${terraform.", "${count.")
_CONSTRAINT = re.compile(r"(~>|>=|<=|!=|[<>=])?\s*v?(\d+)")
_VERSION = re.compile(r"\bversion\s*=\s*\"([^\"]*)\"")
_FIRST_WITH_SETS = 3


class Repetitions:
    """The repetitions of records in a root module, by the addresses of certificates without keys.

    `records` are the resources that create records.
    """

    def __init__(self, records: Iterable[ResourceBlock], root: ModuleCall) -> None:
        self._root = root
        self._has_sets: dict[str, bool | None] = {}
        self._records: dict[str, list[ResourceBlock]] = {}
        for resource in records:
            mentioned = validated_by(resource.block, resource.call.address)
            for certificate in dict.fromkeys(without_keys(each.certificate) for each in mentioned):
                self._records.setdefault(certificate, []).append(resource)

    def faults(
        self, certificate: str, names: Iterable[ListedName]
    ) -> Iterator[tuple[RepetitionFault, ResourceBlock, str]]:
        """Yield the faults of a certificate's records, each with its resource and argument."""
        records = self._records.get(without_keys(certificate), ())
        computed = computed_attribute(names, self._root) if records else ""
        for resource in records:
            found = self._fault(resource, computed)
            if found:
                argument, what, reason = found
                certain = reason != SET_INDEX or self._options_are_set(resource) is True
                fault = RepetitionFault(resource.address, what, reason, certain)
                yield fault, resource, argument

    def _options_are_set(self, resource: ResourceBlock) -> bool | None:
        module = resource.call.module
        if module.folder not in self._has_sets:
            self._has_sets[module.folder] = has_sets(module)
        return self._has_sets[module.folder]

    def _fault(self, resource: ResourceBlock, computed: str) -> tuple[str, str, str] | None:
        """Return the argument, the expression and the reason of a fault."""
        attributes = resource.block.body.attributes
        for name in ("for_each", "count"):
            if name in attributes and OPTIONS in attributes[name].value.written:
                reason = _reason(attributes[name].value, computed)
                if reason:
                    return name, computed if reason == COMPUTED_NAMES else "", reason
        for name, argument in attributes.items():
            found = re.search(_INDEX, argument.value.written)
            if found and self._options_are_set(resource) is not False:
                return name, found[1], SET_INDEX
        return None


def _reason(expression: Expression, computed: str) -> str:
    """Return why Terraform cannot plan a repetition, empty if it can."""
    expression = only_part(expression)
    is_converted = False
    while isinstance(expression, hcl.Call) and expression.function in _SET_FUNCTIONS:
        if len(expression.arguments) != 1:
            return ""
        expression, is_converted = only_part(expression.arguments[0]), True
    if isinstance(expression, hcl.Reference) and expression.names[-1] == OPTIONS:
        return OBJECTS
    if isinstance(expression, hcl.ForExpression) and OPTIONS in expression.collection.written:
        keys = expression.key or (expression.value if is_converted else None)
        if keys and _OF_RECORDS in keys.written:
            return RECORD_KEYS
        return COMPUTED_NAMES if computed and keys else ""
    if isinstance(expression, hcl.Call) and expression.function == "length":
        return COMPUTED_NAMES if computed else ""
    if isinstance(expression, hcl.Splat) and is_converted and _OF_RECORDS in expression.written:
        return RECORD_KEYS
    return ""


# Computed names


def computed_attribute(names: Iterable[ListedName], root: ModuleCall) -> str:
    """Return an attribute in some names that its provider computes; empty if there is none.

    Such an attribute is unknown until its resource exists.
    """
    for name in names:
        if not isinstance(name, Unresolved | UnresolvedNames):
            continue
        for unknown in name.unknowns if isinstance(name, Unresolved) else (name.unknown,):
            if unknown.label.startswith(_SETTABLE) or _MAY_BE_KNOWN.search(unknown.label):
                continue
            for path, kind, label, attribute in re.findall(_COMPUTED, unknown.label):
                if _is_computed(root, path, (kind, label), attribute):
                    return f"{path}{kind}.{label}.{attribute}"
    return ""


def _is_computed(root: ModuleCall, path: str, name: tuple[str, str], attribute: str) -> bool:
    call: ModuleCall | None = root
    for step, _ in steps(path)[1::2]:
        call = call and call.calls.get(step)
    block = call.module.resources.get(name) if call else None
    return block is not None and attribute not in block.body.attributes


# Versions of the provider


def has_sets(module: Module) -> bool | None:
    """Return whether options are a set, as since version 3 of the provider; `None` if unknown."""
    found = {_is_new(each) for each in _constraints(module)}
    return False if False in found else True if True in found else None


def _constraints(module: Module) -> Iterator[str]:
    """Yield the version constraints of a module for the provider of AWS."""
    for file in module.files:
        for block in file.blocks:
            if block.type == "terraform":
                for inner in block.body.blocks:
                    aws = inner.body.attributes.get("aws") if _requires(inner) else None
                    if aws and isinstance(aws.value, hcl.Literal):
                        yield str(aws.value.value)
                    elif aws:
                        yield from _VERSION.findall(aws.value.written)
    for name, block in module.providers.items():
        version = block.body.attributes.get("version") if name.startswith("aws") else None
        if version:
            yield version.value.written


def _requires(block: hcl.Block) -> bool:
    return block.type == "required_providers"


def _is_new(constraint: str) -> bool | None:
    """Return whether a constraint allows only versions with sets, or none of them."""
    answers: set[bool] = set()
    for operator, number in _CONSTRAINT.findall(re.sub(r"\.[\w.-]*", "", constraint)):
        major = int(number)
        if operator in {"~>", "", "=", ">=", ">"} and major >= _FIRST_WITH_SETS:
            answers.add(True)
        elif (operator in {"~>", "", "=", "<="} and major < _FIRST_WITH_SETS) or (
            operator == "<" and major <= _FIRST_WITH_SETS
        ):
            answers.add(False)
    return answers.pop() if len(answers) == 1 else None
