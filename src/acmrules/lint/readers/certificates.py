"""Certificate signing requests and certificates, in PEM and DER."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.source import Document, Parameters, Source


def read(source: Source, parameters: Parameters) -> tuple[Document, ...] | None:
    """Return the certificates and consumers of a text; `None` if it holds none."""
    del source, parameters
    return None
