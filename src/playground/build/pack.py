"""Compile modules to bytecode and pack them, in the Python that runs them.

`pack(wheels, target, keep)` is called by build/python.mjs. A zip file that is not compressed is
compressed as a whole afterwards, which makes it smaller, and each import faster.
"""

from __future__ import annotations

import re
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from importlib.util import source_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date of a zip file."""


def pack(archives: Iterable[str], target: str, place: str, keep: str) -> None:
    """Write the files of zip files whose names match a pattern, modules as bytecode.

    `place` is the path from which Python imports the target.
    """
    wanted = re.compile(keep)
    files = {}
    for archive in archives:
        with zipfile.ZipFile(archive) as source:
            for name in source.namelist():
                if wanted.search(name) and not name.endswith("/"):
                    files[name] = source.read(name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            path, content = name, files[name]
            if name.endswith(".py"):
                path, content = f"{name}c", _bytecode(content, f"{place}/{name}")
            packed.writestr(zipfile.ZipInfo(path, EARLIEST), content)


def _bytecode(source: bytes, path: str) -> bytes:
    code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    return bytes(_code_to_hash_pyc(code, source_hash(source), checked=False))


def modules() -> str:
    """Return the names of the imported modules of Python's library."""
    return "\n".join(sorted(set(sys.modules) & sys.stdlib_module_names))
