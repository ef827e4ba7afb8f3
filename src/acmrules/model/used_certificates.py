"""The existing certificates that consumers use by a literal ARN, for the checks of these."""

from __future__ import annotations

from acmrules.arns import arn_of
from acmrules.model.joining import account_of, join_certificates
from acmrules.model.used import UsedCertificate
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.model.declaration import Declaration, Variant


def _literal_arns(variant: Variant) -> Iterator[str]:
    """Yield the literal ARNs of the certificates that the consumers of a variant use."""
    for consumer in variant.consumers:
        certificate = consumer.certificate
        if isinstance(certificate, str) and certificate.startswith("arn:"):
            yield certificate


def with_used_certificates(
    groups: Iterable[tuple[Declaration, ...]],
) -> Iterator[tuple[Declaration, ...]]:
    """Yield groups of declarations with the certificates of accounts that their consumers use.

    A certificate that several files show is declared once.
    """
    groups = [*groups]
    shown = [each for group in groups for each in group if each.tool is Tool.ACCOUNT]
    joined = join_certificates(shown)
    known = _Known(joined)
    left = {each.address: each for each in joined if each.variants[0].existing}
    for group in groups:
        declarations = (found for each in group for found in _declared_once(each, left))
        yield tuple(map(known.added_to, declarations))


def _declared_once(declaration: Declaration, left: dict[str, Declaration]) -> Iterator[Declaration]:
    """Yield a declaration; of a certificate that several files show, only the joined one."""
    if declaration.tool is not Tool.ACCOUNT or declaration.variants[0].existing is None:
        yield declaration
        return
    joined = left.get(declaration.address)
    if joined is not None and joined.source is declaration.source:
        yield left.pop(declaration.address)


class _Known:
    """The certificates that files show, and the Regions that they show as a whole."""

    def __init__(self, joined: Iterable[Declaration]) -> None:
        joined = tuple(joined)
        self._used: dict[str, UsedCertificate] = {}
        for variant in (declaration.variants[0] for declaration in joined):
            existing = variant.existing
            if existing is not None:
                self._used[existing.arn] = UsedCertificate(
                    existing.arn, existing, variant.request, variant.imported
                )
        listed = account_of(joined).listed
        self._listed = {(each.account, each.region): each for each in listed if not each.hides}

    def added_to(self, declaration: Declaration) -> Declaration:
        """Return a declaration with the certificates that its consumers use."""
        if declaration.tool is Tool.ACCOUNT:
            return declaration
        variants = tuple(map(self._added, declaration.variants))
        if all(old is new for old, new in zip(declaration.variants, variants, strict=True)):
            return declaration
        return declaration.__replace__(variants=variants)

    def _added(self, variant: Variant) -> Variant:
        arns = dict.fromkeys(_literal_arns(variant))
        used = tuple(found for arn in arns if (found := self._of(arn)))
        return variant.__replace__(used=used) if used else variant

    def _of(self, arn: str) -> UsedCertificate | None:
        found = self._used.get(arn)
        if found is not None:
            return found
        parts = arn_of(arn)
        listed = self._listed.get((parts.account, parts.region))
        is_of_acm = parts.service == "acm"
        return UsedCertificate(arn, absent_from=listed) if listed and is_of_acm else None
