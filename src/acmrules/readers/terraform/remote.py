"""Calls of modules that are not local, so that their certificates cannot be read."""

from __future__ import annotations

import re

from acmrules.messages import quoted
from acmrules.model.not_checked import MODULE, NotChecked
from acmrules.model.placed import Location
from acmrules.readers.terraform.modules import is_local, source_of
from acmrules.readers.words import are_about_certificates
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.readers.terraform.modules import Module
    from acmrules.syntax.hcl.ast import Block

_OF_REQUESTS = frozenset(
    (
        *("subject_alternative_names", "process_domain_validation_options", "validate_certificate"),
        *("wait_for_certificate_issued", "acm_domain_name", "certificate_domain_name"),
    )
)
"""Arguments of public modules that request a certificate, whatever the module is called."""

_CERTIFICATE_OF_CALLER = (
    r'(?m)^[ \t]*"?\w*(?:certificate_arns?|acm_certificate\w*)"?[ \t]*[=:]'
    r'(?![ \t]*(?:null|""|\[\]))'
)
"""An argument, at any depth, that passes a certificate to a module."""

_HOW = "check the plan: `terraform show -json PLAN | acmrules check -`"


def remote_calls(module: Module, is_read: Callable[[Block], bool]) -> Iterator[NotChecked]:
    """Yield the calls of remote modules that request certificates, or use those of the caller.

    `is_read` returns whether the module that a block calls is read although it is not local.
    """
    for name, block in module.calls.items():
        try:
            source = source_of(block)
        except InputError:
            continue  # The caller of `module.add` reports it.
        if not source or is_local(source) or source.startswith("/") or is_read(block):
            continue
        arguments = block.body.attributes
        requests = are_about_certificates(name, source) or not _OF_REQUESTS.isdisjoint(arguments)
        if not requests and not _passes_certificate(block):
            continue
        verb = "calls" if requests else "passes a certificate to"
        yield NotChecked(
            Location(block.source, block.start, block.end),
            MODULE,
            f"module {quoted(name)}",
            f"{verb} {quoted(source)}, {_fault(source)}",
            _HOW,
        )


def _fault(source: str) -> str:
    """Return why a module is not read."""
    from acmrules.readers.terraform.known_modules import table_of
    from acmrules.readers.terraform.known_modules.sources import parsed_source

    found = parsed_source(source)
    if not found.folder and table_of(found.name):
        return "in a version that acmrules does not know"
    return "which is not local"


def _passes_certificate(block: Block) -> bool:
    arguments = block.body.attributes.values()
    last = max((argument.value.end for argument in arguments), default=block.end)
    last = max([last, *(inner.end for inner in block.body.blocks)])
    # The end of a string is before its closing quote.
    text = block.source.text[block.end : last + 1]
    return re.search(_CERTIFICATE_OF_CALLER, text) is not None
