"""The content of imported certificates whose parts are strings, such as Terraform's arguments.

Of the private key, only the label is read.
"""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.syntax import pem
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Fields
    from acmrules.request import Path
    from acmrules.unresolved import Text
    from acmrules.x509 import Certificate, ImportedCertificate

BODY, KEY_OF_BODY, CHAIN = "certificate_body", "private_key", "certificate_chain"
"""The arguments of `aws_acm_certificate`."""

CERTIFICATE = "CERTIFICATE"
_DIGITS, _HEXADECIMAL = 40, "0123456789abcdef"


def with_content(
    imported: ImportedCertificate, fields: Fields, pointers: PointerMap
) -> ImportedCertificate:
    """Return an imported certificate with the content of its arguments, and their locations.

    Each location is the name of an argument, because a value may contain a private key.
    """
    texts = {member: _text(fields, member) for member in (BODY, KEY_OF_BODY, CHAIN)}
    body, key, chain = texts.values()

    def place(path: Path, member: str) -> None:
        pointers[path] = (*fields.pointer, member, KEY), None

    if key is not None:
        place(("imported", "key_label"), KEY_OF_BODY)
        imported = imported.__replace__(key=_labels(key), key_label=_key_label(key))
    if body is None:
        return imported
    place(("imported", "leaf"), BODY)
    place(("imported", "body"), BODY)
    place(("imported", "chain"), BODY if chain is None else CHAIN)
    if not isinstance(body, str):
        return imported.__replace__(unknown=quoted(body))
    labels = _labels(body) or ()
    imported = imported.__replace__(body=labels)
    if pem.BEGIN not in body and not _is_digest(body):
        place(("imported", "encoding"), BODY)
        return imported.__replace__(encoding="not PEM")
    known_chain = chain if isinstance(chain, str) else ""
    found = _certificates(body, known_chain) if CERTIFICATE in labels else ()
    if not found:
        return imported.__replace__(unknown=f"the content of `{BODY}`" if labels else "")
    leaf, *others = found
    is_whole = chain is None or chain == known_chain
    for index in range(len(others) if is_whole else 0):
        inside = index + 1 < labels.count(CERTIFICATE)
        place(("imported", "chain", index), BODY if inside else CHAIN)
    return imported.__replace__(
        leaf=leaf, chain=tuple(others) if is_whole else (), is_chain_known=is_whole
    )


def _text(fields: Fields, member: str) -> Text | None:
    """Return a string, `None` if the argument is absent, empty, or of another type."""
    try:
        found = fields.text(member)
    except TypeMismatchError:
        return None
    return found[0] or None if found else None


def _labels(text: Text) -> tuple[str, ...] | None:
    """Return the labels of the PEM blocks in a string, `None` if the string is unknown.

    Both labels of certificates are the same here.
    """
    if not isinstance(text, str):
        return None
    labels = (block.label for block in pem.blocks(text))
    return tuple(CERTIFICATE if label in pem.CERTIFICATES else label for label in labels)


def _key_label(text: Text) -> str | None:
    if not isinstance(text, str):
        return None
    labels = (pem.key_label(text, block) for block in pem.blocks(text))
    return min(filter(None, labels), key=_is_plain, default=None)


def _is_plain(label: str) -> bool:
    return not label.startswith(pem.ENCRYPTED)


def _is_digest(body: str) -> bool:
    """Return whether a body is the digest that older versions of the provider keep in the state."""
    return len(body) == _DIGITS and not body.strip(_HEXADECIMAL)


def _certificates(body: str, chain: str) -> tuple[Certificate, ...]:
    from acmrules.readers.x509 import certificates

    return certificates(f"{body}\n{chain}")
