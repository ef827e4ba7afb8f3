"""The validation records that the options of a request create, for several rules."""

from __future__ import annotations

from acmrules.partial import (
    TextIndex,
    base,
    starred_base,
    symbols,
)
from acmrules.request import CertificateRequest, ValidationOption

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.partial import Symbols
    from acmrules.unresolved import ListedName


def known_options(request: CertificateRequest) -> Iterator[tuple[int, ValidationOption]]:
    """Yield the known options, with their indexes."""
    for index, option in enumerate(request.validation_options):
        if isinstance(option, ValidationOption):
            yield index, option


def name_symbols(name: ListedName | None) -> Symbols | None:
    """Return the symbols of a name, or `None` if the option has no name or an unreadable one."""
    return None if name is None else symbols(name)


class ValidationRecords:
    """The validation records of the options of a request: one for a name and its wildcard.

    A name with an unknown beginning may be a wildcard, which shares the record of its parent.
    """

    def __init__(self, request: CertificateRequest) -> None:
        texts = [
            text
            for _, option in known_options(request)
            if option.hosted_zone_id is not None and (text := name_symbols(option.domain_name))
        ]
        self.created = TextIndex(map(base, texts))
        self._starred = TextIndex(s for text in texts if (s := starred_base(text)) is not None)

    def include(self, text: Symbols | None) -> bool | None:
        """Return whether an option creates the record of a name; `None` if that is unknown."""
        if not self.created:
            return False
        found = self.created.holds(text and base(text))
        if found is not False or text is None:
            return found
        starred = starred_base(text)
        may_be = self._starred.holds(base(text)) is not False or (
            starred is not None and self.created.holds(starred) is not False
        )
        return None if may_be else False

    def is_alone(self, text: Symbols) -> bool:
        """Return whether certainly no other option creates the record of an option's name."""
        starred = starred_base(text)
        return (
            self.created.is_alone(base(text))
            and self._starred.holds(base(text)) is False
            and (starred is None or self.created.holds(starred) is False)
        )
