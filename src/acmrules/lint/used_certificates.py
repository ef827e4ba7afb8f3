"""Checks consumers that use an existing certificate by its ARN, as if the file declared it."""

from __future__ import annotations

from acmrules.coverage import PartialCoverageIndex
from acmrules.lint.rule import Context, Problem, Undecided
from acmrules.resources import CertificateReference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.request import Path

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


def is_of_consumer(path: Path) -> bool:
    """Return whether a path is one of a consumer: the file does not have the certificate."""
    return path[:1] == (_CONSUMERS,)


def of_consumer(item: Problem | Undecided) -> Problem | Undecided:
    """Return a result without what concerns the certificate, which the file cannot edit."""
    if not isinstance(item, Problem):
        return item
    fix = item.fix
    if fix and not all(is_of_consumer(edit.path) for edit in fix.edits):
        fix = None
    related = tuple(each for each in item.related if is_of_consumer(each.path))
    return item.__replace__(related=related, fix=fix)
