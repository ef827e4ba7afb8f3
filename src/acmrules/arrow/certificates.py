"""The names of many certificates, and the one that covers each name of a column."""

from __future__ import annotations

import pyarrow as pa

from acmrules.name_errors import InvalidName
from acmrules.names import Name, parse_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class CertificateNames:
    """The names of certificates by their ids, such as ARNs; an index for `examine`.

    A host is covered by the name itself before a wildcard, and by the first certificate that lists
    this name. `skipped` is the number of names that ACM does not accept, which cover nothing.
    """

    __slots__ = ("_ids", "skipped")

    def __init__(self, certificates: Mapping[str, Iterable[str | Name]]) -> None:
        self._ids: dict[str, str] = {}
        self.skipped = 0
        for certificate, names in certificates.items():
            for name in names:
                try:
                    self._ids.setdefault(str(parse_name(name)), certificate)
                except InvalidName:
                    self.skipped += 1

    def covering(self, names: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
        """Return the name that covers each canonical name, and its certificate, or nulls."""
        covering: list[str | None] = []
        for name in names.to_pylist():
            wildcard = "*." + name.partition(".")[2] if name else None
            covering.append(
                name if name in self._ids else wildcard if wildcard in self._ids else None
            )
        ids = [None if name is None else self._ids[name] for name in covering]
        return pa.array(covering, pa.string()), pa.array(ids, pa.string())
