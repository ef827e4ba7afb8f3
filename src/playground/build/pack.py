"""Pack modules for the playground, in the Python that imports them; build/snapshot.mjs calls it.

The files in a package are not compressed, because a package is compressed as a whole: that makes it
smaller, and each import faster.
"""

from __future__ import annotations

import re
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from importlib.util import source_hash

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date of a zip file."""


def pack(archives: list[str], target: str, dropped: str) -> None:
    """Write the files of zip files into one, except those whose names match a pattern."""
    files: dict[str, bytes] = {}
    for archive in archives:
        with zipfile.ZipFile(archive) as source:
            names = [name for name in source.namelist() if not re.search(dropped, name)]
            files |= {name: source.read(name) for name in names if not name.endswith("/")}
    _write(target, files)


def compile_package(package: str, target: str, place: str, optimize: int) -> None:
    """Write a package with bytecode in place of sources; Python imports it from `place`."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(package) as source:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".py"):
                files[f"{name}c"] = _bytecode(content, f"{place}/{name}", optimize)
            else:
                files[name] = content
    _write(target, files)


def _write(target: str, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name, EARLIEST), files[name])


def _bytecode(source: bytes, path: str, optimize: int) -> bytes:
    code = compile(source, path, "exec", dont_inherit=True, optimize=optimize)
    return bytes(_code_to_hash_pyc(code, source_hash(source), checked=False))
