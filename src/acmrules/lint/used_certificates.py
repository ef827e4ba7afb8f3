"""Checks consumers that use an existing certificate by its ARN, as if the file declared it."""

from __future__ import annotations

from acmrules.coverage import PartialCoverageIndex
from acmrules.lint.rule import Context, Problem
from acmrules.resources import CertificateReference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.linter import Result

_CONSUMERS = "consumers"


def contexts_of(context: Context) -> Iterator[Context]:
    """Yield a context for each existing certificate that consumers use by its ARN.

    There, these consumers refer to the certificate, and the others keep theirs.
    """
    for used in context.used:
        if used.existing is None:
            continue
        certificate = used.request or used.imported
        reference = CertificateReference(used.arn)
        yield context.__replace__(
            request=used.request,
            imported=used.imported,
            existing=used.existing,
            issued=None,
            change=None,
            refused={},
            all_consumers_known=False,
            coverage=PartialCoverageIndex(certificate.names if certificate else ()),
            used=(),
            consumers=tuple(
                each.__replace__(certificate=reference)
                if each.certificate == used.arn
                # Those of another certificate are not checked against this one.
                else each.__replace__(certificate=None)
                for each in context.consumers
            ),
        )


def of_consumer(result: Result) -> Iterator[Result]:
    """Yield a result that is about the consumer alone: the file does not have the certificate."""
    rule, severity, path, item = result
    if path[:1] != (_CONSUMERS,):
        return
    if isinstance(item, Problem):
        related = tuple(each for each in item.related if each.path[:1] == (_CONSUMERS,))
        fix = item.fix
        if fix and any(edit.path[:1] != (_CONSUMERS,) for edit in fix.edits):
            fix = None
        item = item.__replace__(related=related, fix=fix)
    yield rule, severity, path, item
