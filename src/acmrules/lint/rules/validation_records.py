"""The validation records that the options of a request write, as several rules ask for them."""

from __future__ import annotations

from acmrules.partial import (
    TextIndex,
    base,
    starred_base,
    symbols,
)
from acmrules.request import ValidationOption

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.partial import Symbols
    from acmrules.request import CertificateRequest
    from acmrules.unresolved import ListedName


def known_options(request: CertificateRequest) -> Iterator[tuple[int, ValidationOption]]:
    """Yield the options that are known, with their places."""
    for index, option in enumerate(request.validation_options):
        if isinstance(option, ValidationOption):
            yield index, option


def name_signs(name: ListedName | None) -> Symbols | None:
    """Return the signs of a name, or `None` if there is none to read."""
    return None if name is None else symbols(name)


class ValidationRecords:
    """The validation records that the options of a request write: one for a name and its wildcard.

    What begins with something unknown may be a wildcard too, and then shares another record.
    """

    def __init__(self, request: CertificateRequest) -> None:
        texts = [
            text
            for _, option in known_options(request)
            if option.hosted_zone_id is not None and (text := name_signs(option.domain_name))
        ]
        self.writers = TextIndex(map(base, texts))
        self._starred = TextIndex(s for text in texts if (s := starred_base(text)) is not None)

    def hold(self, text: Symbols | None) -> bool | None:
        """Say whether the record of a name is among them."""
        if not self.writers:
            return False
        found = self.writers.holds(text and base(text))
        if found is not False or text is None:
            return found
        starred = starred_base(text)
        may_be = self._starred.holds(base(text)) is not False or (
            starred is not None and self.writers.holds(starred) is not False
        )
        return None if may_be else False

    def is_alone(self, text: Symbols) -> bool:
        """Say whether surely no other option writes the record of an option's name."""
        starred = starred_base(text)
        return (
            self.writers.is_alone(base(text))
            and self._starred.holds(base(text)) is False
            and (starred is None or self.writers.holds(starred) is False)
        )
