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
_HERE = r"(?:\$\{path\.(?:module|root|cwd)\}/)?"
_READ_FILE = rf'\bfile(?:base64)?\(\s*"({_HERE}[^"$]+)"\s*\)'
_NAMED_FILE = rf'"({_HERE}[^"$\s]+\.(?:pem|crt|cer))"'
"""The path of a certificate that an argument, a local value or a default may pass to `file`."""


def imported_files(folder: str, sources: Iterable[Source | InputError]) -> Iterator[str]:
    """Yield the normalized paths of the files that a module may import into ACM."""
    texts = [source.text for source in sources if isinstance(source, Source)]
    if not all(any(word in text for text in texts) for word in _IMPORTS):
        return
    for text in texts:
        found = (*re.findall(_READ_FILE, text), *re.findall(_NAMED_FILE, text))
        for path in dict.fromkeys(found):
            relative = re.sub(r"^\$\{[\w.]+\}/", "", path)
            yield os.path.normpath(os.path.join(folder, relative))
