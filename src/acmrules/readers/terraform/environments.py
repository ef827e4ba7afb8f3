"""Environments of a root module: its declarations under the variable files of each.

Terraform only loads `terraform.tfvars` and `*.auto.tfvars` automatically (documentation of input
variables). Teams keep the values of each environment in other files, and pass one of them.
"""

from __future__ import annotations

import re

from acmrules.messages import quoted
from acmrules.syntax.hcl import parse
from acmrules.syntax.source import InputError
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acmrules.model.declaration import Declaration
    from acmrules.readers.evaluated import Node
    from acmrules.readers.terraform.modules import Module
    from acmrules.syntax.source import Source

MOST_ENVIRONMENTS = 16
"""Maximum number of environments of a root module that are checked."""

_VARIABLE = r"(?<![\w.-])var\.([\w-]+)"


class Environment(Value):
    """Values of the variables of a root module, as one environment sets them.

    `label` is the file or folder of the environment, as findings name it. `files` are variable
    files in increasing precedence, and `inputs` the values that Terragrunt sets. `paths` are all
    files that they are from.
    """

    label: str
    files: tuple[Source, ...]
    inputs: Mapping[str, Node]
    paths: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of the variables that have a value; raises `InputError`."""
        return frozenset(self.inputs).union(*map(names_in, self.files))


def names_in(source: Source) -> frozenset[str]:
    """Return the names of the variables that a file sets; raises `InputError`."""
    return frozenset(parse.parse(source).attributes)


def unknown_variables(declarations: Iterable[Declaration], module: Module) -> frozenset[str]:
    """Return the variables without a value that unknown values or conditions depend on."""
    found: set[str] = set()
    for declaration in declarations:
        if not declaration.parameters:
            continue
        labels: set[str] = set()
        for variant in declaration.variants:
            for each in (variant.request, *variant.consumers):
                labels.update(_labels(each))
            labels.update(variant.condition.split("`")[1::2])
        found.update(name for label in labels for name in re.findall(_VARIABLE, label))
        found &= declaration.parameters
    return frozenset(name for name in found if not _has_default(module, name))


def _has_default(module: Module, name: str) -> bool:
    """Return whether a variable has a default; an empty one means that the user supplies it."""
    block = module.variables.get(name)
    try:
        default = block.body.attributes.get("default") if block else None
    except InputError:
        return True
    return default is not None and default.value.written not in {"", "[]", "{}", "null"}


def _labels(value: object) -> Iterator[str]:
    """Yield the labels of the unknown values in a value."""
    if isinstance(value, Unresolved):
        yield from (each.label for each in value.unknowns)
    elif isinstance(value, UnresolvedNames):
        yield value.unknown.label
    elif isinstance(value, Unknown):
        yield value.label
    elif isinstance(value, tuple):
        for each in value:
            yield from _labels(each)
    elif isinstance(value, Value):
        for field in type(value)._fields:
            yield from _labels(getattr(value, field))


def fitting(
    environments: Iterable[Environment], declared: frozenset[str], unknown: frozenset[str]
) -> list[Environment]:
    """Return the environments that are those of a module.

    A variable file that sets a variable that the module does not declare is that of another module.
    A file that sets no unknown variable is ignored. Units of Terragrunt name their module,
    and Terraform ignores their inputs that the module does not declare. If one of them sets an
    unknown variable, the others are deployments whose values are unknown.
    """
    found = []
    has_deciding_unit = False
    for each in environments:
        try:
            names = each.names
        except InputError:
            continue
        decides = bool(names & unknown)
        if not each.files:
            inputs = {name: each.inputs[name] for name in each.inputs if name in declared}
            found.append(each.__replace__(inputs=inputs))
            has_deciding_unit |= decides
        elif decides and names <= declared:
            found.append(each)
    return [each for each in found if each.files or has_deciding_unit]


def combined(
    found: Sequence[tuple[Environment, Iterable[Declaration]]], left_out: int
) -> tuple[Declaration, ...]:
    """Return the declarations of a module in all environments, with their variants.

    The condition of a variant names its environment. `left_out` is the number of environments that
    are not among them.
    """
    merged: dict[tuple[str, str], Declaration] = {}
    counts: dict[tuple[str, str], int] = {}
    for environment, declarations in found:
        for declaration in declarations:
            key = declaration.file, declaration.address
            variants = tuple(
                variant.__replace__(
                    condition=f"with {quoted(environment.label)} {variant.condition}".rstrip(),
                    environment=environment.label,
                )
                for variant in declaration.variants
            )
            counts[key] = counts.get(key, 0) + 1
            before = merged.get(key)
            if before is None:
                merged[key] = declaration.__replace__(variants=variants)
            else:
                merged[key] = before.__replace__(
                    variants=(*before.variants, *variants),
                    truncated=before.truncated or declaration.truncated,
                    parameters=before.parameters | declaration.parameters,
                )
    limit = f"only {len(found)} of {len(found) + left_out:,} environments were checked"
    return tuple(
        each.__replace__(
            in_some_environments=counts[key] < len(found),
            truncated=each.truncated or limit * bool(left_out),
        )
        for key, each in merged.items()
    )
