"""The PEM files that a Terraform configuration reads with `file` and its relatives.

Other files are unknown values. Of private keys, only the labels are kept.
"""

from __future__ import annotations

from acmrules.syntax import pem
from acmrules.syntax.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class PemFiles:
    """The PEM files of a run, each read once."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._sources: dict[str, Source | None] = {}
        self._paths: dict[str, list[str]] = {}

    def source(self, path: str) -> Source | None:
        """Return a PEM file without its keys, `None` if it is not one or has a key elsewhere."""
        if path not in self._sources:
            text = self._read(path)
            kept = pem.without_keys(text) if text is not None and pem.BEGIN in text else None
            for content in _certificates(kept or ""):
                self._paths.setdefault(content, []).append(path)
            self._sources[path] = None if kept is None else Source(path, kept)
        return self._sources[path]

    def used_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the paths of the files that have a certificate of one of some strings."""
        found = (self._paths.get(each, ()) for text in texts for each in _certificates(text))
        return tuple(dict.fromkeys(path for paths in found for path in paths))


def _certificates(text: str) -> Iterator[str]:
    """Yield the content of the certificates in a PEM text, without line breaks."""
    for block in pem.blocks(text):
        if block.label in pem.CERTIFICATES and block.closed is not None:
            yield "".join(text[block.opened : block.closed].split())
