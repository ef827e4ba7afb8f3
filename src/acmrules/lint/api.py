"""Checks of requests that a program makes, without files and settings."""

from __future__ import annotations

from acmrules.facts.fact import CHECKED
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.limits import Quotas
    from acmrules.lint.findings import Report
    from acmrules.resources import Consumer
    from acmrules.suffixes import PublicSuffixes


def check(
    *requests: CertificateRequest,
    as_of: date = CHECKED,
    tool: Tool = Tool.API,
    consumers: tuple[Consumer, ...] = (),
    quotas: Quotas | None = None,
    issued: CertificateRequest | None = None,
    suffixes: PublicSuffixes | None = None,
) -> Report:
    """Check requests made in a program; `quotas` are those of the account, if known.

    >>> from acmrules import CertificateRequest
    >>> report = check(CertificateRequest.of(["localhost"], validation_method="DNS"))
    >>> [finding.rule.id for finding in report.findings]
    ['ACM101']
    """
    linter = Linter(as_of=as_of, quotas=quotas, suffixes=suffixes, issued=issued)
    return check_declarations(
        (Declaration(None, tool, "", (Variant(request, consumers, {}),)) for request in requests),
        linter,
    )
