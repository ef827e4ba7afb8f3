"""Batches of declarations, and the stage of a run that links them."""

from __future__ import annotations

from acmrules.request import Tool
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.syntax.source import Source

    AnnotatedSources = tuple[tuple[Source, Tool | None], ...]
    """Sources that may contain suppressions, each with its tool, if that is known."""

_ARN = "arn:"
_IMPORTS = ("ImportValue", "Custom::CrossRegionExportReader")


class Batch(Value):
    """Declarations that were read together: those of a file, or those below a root module.

    `name` is the file, or the folder of the root module. `files` are the files that count as
    checked. A module has `reported`, the files whose findings are reported: its declarations may
    be in others too. `not_checked` is what could not be read. `environments` are the files with
    values of variables that the run found.
    """

    name: str
    declarations: tuple[Declaration, ...]
    files: frozenset[str] = frozenset()
    reported: frozenset[str] | None = None
    annotated: AnnotatedSources = ()
    not_checked: tuple[NotChecked, ...] = ()
    environments: tuple[str, ...] = ()


def link(
    batches: Iterable[Batch], importing: Callable[[], Iterable[Batch]] | None = None
) -> Iterator[Batch]:
    """Yield batches, with the consumers of one file added to the certificate of another.

    Batches that an export may link are yielded last, because linking needs all of them. So are
    those with the ARN of a certificate, if a file may show that it exists.
    `importing` reads the files that declare consumers only; it is called if a certificate is
    exported.
    """
    waiting: list[Batch] = []
    using: list[Batch] = []
    is_account_shown = False
    for batch in batches:
        if _can_be_linked(batch):
            waiting.append(batch)
            continue
        is_of_account = any(each.tool is Tool.ACCOUNT for each in batch.declarations)
        is_account_shown |= is_of_account
        if is_of_account or _has_literal_arn(batch):
            using.append(batch)
        else:
            yield batch
    linked = _linked(waiting, importing) if waiting else iter(())
    if is_account_shown:
        from acmrules.model.used_certificates import with_used_certificates

        found = [*using, *linked]
        groups = with_used_certificates(batch.declarations for batch in found)
        for batch, declarations in zip(found, groups, strict=True):
            yield batch.__replace__(declarations=declarations)
    else:
        yield from using
        yield from linked


def _has_literal_arn(batch: Batch) -> bool:
    """Return whether a consumer uses a certificate by its ARN."""
    return any(
        isinstance(consumer.certificate, str) and consumer.certificate.startswith(_ARN)
        for declaration in batch.declarations
        for variant in declaration.variants
        for consumer in variant.consumers
    )


def _can_be_linked(batch: Batch) -> bool:
    if batch.reported is not None or not batch.declarations:
        return False
    source = batch.declarations[0].source
    imports = source is not None and any(word in source.text for word in _IMPORTS)
    if not imports and not any(declaration.exported_as for declaration in batch.declarations):
        return False
    from acmrules.model.linking import can_be_linked

    return any(map(can_be_linked, batch.declarations))


def _linked(
    batches: list[Batch], importing: Callable[[], Iterable[Batch]] | None
) -> Iterator[Batch]:
    """Yield batches with their declarations linked, and those that were read for that."""
    from acmrules.model.linking import link_consumers

    declarations = [declaration for batch in batches for declaration in batch.declarations]
    is_exported = any(declaration.exported_as for declaration in declarations)
    importers = [*importing()] if importing is not None and is_exported else []
    declarations += [declaration for batch in importers for declaration in batch.declarations]
    by_file: dict[str, list[Declaration]] = {}
    for declaration in link_consumers(declarations):
        by_file.setdefault(declaration.file, []).append(declaration)
    for batch in batches:
        own = tuple(by_file.get(batch.name, ()))
        files = frozenset(file for declaration in own for file in declaration.files())
        yield batch.__replace__(declarations=own, files=files)
    for batch in importers:
        # A file without a certificate is checked only as part of a linked declaration.
        yield batch.__replace__(declarations=(), files=frozenset())
