"""The parameters without a value that leave checks undecided, and how many each of them."""

from __future__ import annotations

from acmrules.lint.findings import MissingParameter, SkipReason
from acmrules.messages import counted, quoted
from acmrules.model.not_checked import PARAMETER, NotChecked
from acmrules.readers.options import WORKSPACE
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.lint.findings import Skip
    from acmrules.model.declaration import Declaration

_VARIABLE = r"(?<![\w.-])(?:var\.)?((?<=var\.)[\w-]+|terraform\.workspace(?![\w-]))"
_NOUNS = {Tool.KUBERNETES: "placeholder", Tool.TERRAFORM: "variable"}


def with_parameters(declaration: Declaration, skips: Iterable[Skip]) -> Iterator[Skip]:
    """Yield the skips of a declaration, each with the parameters that its check depends on."""
    for skip in skips:
        names: tuple[str, ...] = ()
        if skip.reason is SkipReason.UNDECIDED:
            names = tuple(dict.fromkeys(_parameters_in(skip.detail, declaration)))
        if names:
            found = tuple(MissingParameter(name, _label(name, declaration.tool)) for name in names)
            yield skip.__replace__(parameters=found)
        else:
            yield skip


def _label(name: str, tool: Tool) -> str:
    """Return a parameter as the files of a tool refer to it."""
    return f"var.{name}" if tool is Tool.TERRAFORM and name != WORKSPACE else name


def missing_parameters(declaration: Declaration, skips: Iterable[Skip]) -> Iterator[NotChecked]:
    """Yield the parameters of a declaration that skips, as `with_parameters` yields them, have."""
    found: dict[str, list[Skip]] = {}
    for skip in skips:
        for parameter in skip.parameters:
            found.setdefault(parameter.name, []).append(skip)
    noun = _NOUNS.get(declaration.tool, "parameter")
    for name, undecided in found.items():
        yield NotChecked(
            undecided[0].location,
            PARAMETER,
            quoted(name) if name == WORKSPACE else f"{noun} {quoted(name)}",
            "",
            f"`--param {name}=VALUE`",
            len(undecided),
        )


def _parameters_in(detail: str, declaration: Declaration) -> Iterator[str]:
    """Yield the names of parameters in the labels of unknown values, which are in backticks."""
    known = declaration.parameters
    for label in detail.split("`")[1::2]:
        if declaration.tool is Tool.TERRAFORM:
            from re import findall

            yield from (name for name in findall(_VARIABLE, label) if name in known)
        elif declaration.tool is Tool.KUBERNETES:
            from acmrules.readers.kubernetes.placeholders import name_in

            if name := name_in(label):
                yield name
        elif label.startswith("${") and label[2:-1] in known:
            yield label[2:-1]


def merged(found: Iterable[NotChecked]) -> tuple[NotChecked, ...]:
    """Return what was not checked with each parameter once in a folder, in order of its checks.

    Everything else comes first, in its order.
    """
    others: list[NotChecked] = []
    parameters: dict[tuple[str, str], NotChecked] = {}
    for each in found:
        if each.kind != PARAMETER:
            others.append(each)
            continue
        file = each.file
        key = file.rpartition("/")[0] if file.endswith((".tf", ".tf.json")) else file, each.what
        known = parameters.get(key)
        checks = each.checks + (known.checks if known else 0)
        why = f"has no value ({counted(checks, 'check')} undecided)"
        parameters[key] = (known or each).__replace__(checks=checks, why=why)
    listed = sorted(parameters.values(), key=lambda each: -each.checks)
    return (*others, *listed)
