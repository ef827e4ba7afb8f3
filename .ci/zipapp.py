"""Build acmrules as one file that any Python runs: `python .ci/zipapp.py FILE [WHEEL]`.

The file contains a wheel of acmrules, by default of this checkout, and what it needs for all
formats but X.509, in the versions of `tests/constraints.txt`. Equal sources result in equal bytes,
on any version of Python. Needs pip and a package index.
"""  # noqa: INP001

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = "[cloudformation,kubernetes]"
"""Without `csr`: a compiled module cannot be imported from a zip file."""

MAIN = b"from acmrules.cli.main import program\n\nprogram()\n"
SHEBANG = b"#!/usr/bin/env python3\n"
DROPPED = re.compile(r"\.(so|pyd)$|\.dist-info/(RECORD|WHEEL)$")
"""Compiled modules, which PyYAML works without, and what depends on the platform."""

EARLIEST = 315532800
"""1980-01-01, the first date of a zip file, in seconds since 1970."""


def wheels(source: str, folder: str) -> list[Path]:
    """Build or download the wheels of a source and of what it needs."""
    constraints = ROOT / "tests" / "constraints.txt"
    command = [sys.executable, "-m", "pip", "wheel", "-q", "-c", str(constraints), "-w", folder]
    subprocess.run([*command, source + EXTRAS], check=True)  # noqa: S603
    return sorted(Path(folder).glob("*.whl"))


def contents(archives: list[Path]) -> dict[str, bytes]:
    """Return the files of wheels by name."""
    found = {"__main__.py": MAIN}
    for archive in archives:
        with zipfile.ZipFile(archive) as wheel:
            names = [name for name in wheel.namelist() if not DROPPED.search(name)]
            found |= {name: wheel.read(name) for name in names}
    return found


def write(target: Path, files: dict[str, bytes]) -> None:
    """Write an executable zip file whose bytes depend on the files only."""
    moment = max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), EARLIEST)
    with target.open("wb") as stream:
        stream.write(SHEBANG)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in sorted(files):
                entry = zipfile.ZipInfo(name, time.gmtime(moment)[:6])
                entry.external_attr = 0o644 << 16
                entry.create_system = 3  # Unix, on any platform
                archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    target.chmod(0o755)


def main() -> None:
    """Build the file."""
    target, source = [*map(Path, sys.argv[1:3]), ROOT][:2]
    with TemporaryDirectory() as folder:
        write(target, contents(wheels(str(source.resolve()), folder)))
    print(target)  # noqa: T201


if __name__ == "__main__":
    main()
