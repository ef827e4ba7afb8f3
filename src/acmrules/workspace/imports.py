"""The certificate files that Terraform modules import into ACM."""

from __future__ import annotations

import os
import re

from acmrules.syntax.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.syntax.source import InputError

_IMPORTS = ("aws_acm_certificate", "certificate_body")
_READ_FILE = r'\bfile(?:base64)?\(\s*"((?:\$\{path\.(?:module|root|cwd)\}/)?[^"$]+)"\s*\)'


def imported_files(folder: str, sources: Iterable[Source | InputError]) -> Iterator[str]:
    """Yield the normalized paths of the files that a module may import into ACM."""
    texts = [source.text for source in sources if isinstance(source, Source)]
    if not all(any(word in text for text in texts) for word in _IMPORTS):
        return
    for text in texts:
        for path in re.findall(_READ_FILE, text):
            relative = re.sub(r"^\$\{[\w.]+\}/", "", path)
            yield os.path.normpath(os.path.join(folder, relative))
