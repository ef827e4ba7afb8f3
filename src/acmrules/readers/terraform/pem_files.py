"""The PEM files that a Terraform configuration reads with `file` and its relatives.

Other files are unknown values. Of private keys, only the labels are kept.
"""

from __future__ import annotations

from acmrules.readers.terraform.files import known_path
from acmrules.syntax import pem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.terraform.files import ReadFile
    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.unresolved import Text

_TEMPLATE = ("${", "%{")


class PemFiles:
    """The PEM files of a run, each read once."""

    def __init__(self, read: ReadFile | None = None) -> None:
        self._read = read
        self._texts: dict[str, str | None] = {}
        self._paths: dict[str, list[str]] = {}

    def text(self, path: Text, root: ModuleCall, *, is_template: bool = False) -> str | None:
        """Return the text of a PEM file without its keys, `None` if anything about it is unknown.

        Relative paths are relative to the root module, where Terraform runs. A template must have
        no expressions.
        """
        known = self._read and known_path(path, root)
        if not known:
            return None
        if known not in self._texts:
            self._texts[known] = self._pem(known)
        text = self._texts[known]
        if is_template and text and any(mark in text for mark in _TEMPLATE):
            return None
        return text

    def _pem(self, path: str) -> str | None:
        text = self._read(path) if self._read else None
        if text is None or pem.BEGIN not in text:
            return None
        kept = pem.without_keys(text)
        for content in _certificates(kept or ""):
            self._paths.setdefault(content, []).append(path)
        return kept

    def used_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the paths of the files that have a certificate of one of some strings."""
        found = (self._paths.get(each, ()) for text in texts for each in _certificates(text))
        return tuple(dict.fromkeys(path for paths in found for path in paths))


def _certificates(text: str) -> Iterator[str]:
    """Yield the content of the certificates in a PEM text, without line breaks."""
    for block in pem.blocks(text):
        if block.label in pem.CERTIFICATES and block.closed is not None:
            yield "".join(text[block.opened : block.closed].split())
