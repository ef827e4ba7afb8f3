"""Helm releases and manifests that cannot be read, although they are about certificates."""

from __future__ import annotations

import re

from acmrules.messages import quoted
from acmrules.model.not_checked import TEMPLATE, NotChecked
from acmrules.model.placed import Location
from acmrules.syntax.hcl import ast as hcl
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.readers.terraform.modules import Module
    from acmrules.syntax.hcl.ast import Expression

RELEASE = "helm_release"
_ACK_GROUP = "acm.services.k8s.aws"
_MANIFESTS = {"kubernetes_manifest": "manifest", "kubectl_manifest": "yaml_body"}
_ENCODERS = frozenset(("jsonencode", "yamlencode"))
_READERS = frozenset(("file", "templatefile"))
_PATH = r'\(\s*"(?:\$\{path\.(?:module|root|cwd)\}/)?([^"$]+)"'
_ABOUT_CERTIFICATES = r"(?i)cert|acm|ssl"
_HOW = "check the output of `helm template`, or the plan"
_LONGEST = 60


def unread_values(module: Module, read: Callable[[str], str | None]) -> Iterator[NotChecked]:
    """Yield the values of releases that are about certificates but cannot be read.

    `read` returns the text of a file by its path relative to the module.
    """
    for (kind, name), block in module.resources.items():
        if kind != RELEASE:
            continue
        try:
            argument = block.body.attributes.get("values")
        except InputError:
            continue  # The reader of the module reports it.
        for item in _items(argument.value) if argument else ():
            if re.search(_ABOUT_CERTIFICATES, item.written) and not _is_readable(
                item, module, read
            ):
                written = " ".join(item.written.split())
                shown = written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
                yield NotChecked(
                    Location(item.source, item.start, item.end),
                    TEMPLATE,
                    f"release {quoted(name)}",
                    f"has values from {quoted(shown)}, which may use certificates",
                    _HOW,
                )


def unread_manifests(module: Module) -> Iterator[NotChecked]:
    """Yield the manifests with certificates of the ACK controller, which are only read as YAML."""
    for (kind, name), block in module.resources.items():
        if kind not in _MANIFESTS:
            continue
        try:
            argument = block.body.attributes.get(_MANIFESTS[kind])
        except InputError:
            continue  # The reader of the module reports it.
        if argument and _ACK_GROUP in argument.value.written:
            yield NotChecked(
                Location(argument.value.source, argument.value.start, argument.value.end),
                TEMPLATE,
                f"manifest {quoted(name)}",
                "contains a certificate of the ACK controller",
                "check the object as YAML",
            )


def _items(values: Expression) -> list[Expression]:
    return values.items if isinstance(values, hcl.Tuple) else [values]


def _is_readable(item: Expression, module: Module, read: Callable[[str], str | None]) -> bool:
    """Return whether the reader of releases understands an expression."""
    if isinstance(item, hcl.Literal | hcl.Template):
        return True
    if isinstance(item, hcl.Reference):
        local = module.locals.get(item.names[1]) if item.names[0] == "local" else None
        # A local that another local defines is evaluated.
        value = local and local.value
        return value is not None and (
            not isinstance(value, hcl.Call) or _is_readable(value, module, read)
        )
    if not isinstance(item, hcl.Call):
        return False
    path = re.search(_PATH, item.written) if item.function in _READERS else None
    text = read(path[1]) if path else None
    return item.function in _ENCODERS or (text is not None and "%{" not in text)
