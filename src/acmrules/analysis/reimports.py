"""The change of an imported certificate that is imported again under its ARN, as by Terraform."""

from __future__ import annotations

from acmrules.changes import Change, Reason, Verdict
from acmrules.facts import acm
from acmrules.messages import quoted, quoted_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.unresolved import ListedName
    from acmrules.x509 import Certificate, ImportedCertificate

    Names = tuple[ListedName, ...]

ATTRIBUTE = "imported"
"""The attribute of the reasons."""


def reimported(before: ImportedCertificate, after: ImportedCertificate) -> Change:
    """Return the change from one import to another (fact 8.7); unknown ones have no change.

    ACM keeps the ARN, so nothing that uses the certificate changes. It rejects another key type or
    size, so the apply fails.
    """
    old, new = before.leaf, after.leaf
    if old is None or new is None or (before.certificates == after.certificates):
        return Change(Verdict.NO_CHANGE)
    added = tuple(name for name in new.names if name not in old.names)
    removed = tuple(name for name in old.names if name not in new.names)
    reasons = tuple(_reasons(old, new, added, removed))
    verdict = max(reason.verdict for reason in reasons)
    return Change(verdict, reasons, added, removed)


def _reasons(old: Certificate, new: Certificate, added: Names, removed: Names) -> Iterator[Reason]:
    source = acm.REIMPORT_RULES.source
    if old.key_algorithm != new.key_algorithm:
        yield Reason(
            ATTRIBUTE,
            Verdict.IMPOSSIBLE,
            f"the key changes from {quoted(old.key_algorithm)} to {quoted(new.key_algorithm)};"
            " ACM rejects this for an existing import: the apply fails",
            source,
            fails=True,
        )
        return
    edits = [f"adds {quoted_list(added)}"] if added else []
    edits += [f"removes {quoted_list(removed)}"] if removed else []
    if removed and len(removed) == len(set(old.names)):
        yield Reason(
            ATTRIBUTE,
            Verdict.UNDECIDED,
            f"{' and '.join(edits)}; ACM rejects an import that removes all names",
            source,
        )
        return
    listed = f", which {' and '.join(edits)}" if edits else ""
    sentence = f"the certificate is imported again under its ARN{listed}"
    yield Reason(ATTRIBUTE, Verdict.IN_PLACE, sentence, source)
