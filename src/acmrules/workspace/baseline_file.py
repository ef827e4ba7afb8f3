"""Reads baseline files."""

from __future__ import annotations

import json
import os

from acmrules.lint.baseline import VERSION, Baseline, BaselineKey
from acmrules.syntax.source import InputError, Position
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_MEMBERS = {"address": str, "rule": str, "value": str, "count": int}


def read(path: str) -> Baseline:
    """Return the baseline of a file, an empty one if there is none yet; raises `InputError`."""
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.exists(path):
        return Baseline(folder, {})
    source = files.decode(path, files.read_bytes(path))
    try:
        data: Any = json.loads(source.text)
    except json.JSONDecodeError as error:
        place = Position(error.lineno, error.colno)
        raise InputError(path, f"is no baseline: {error.msg}", place) from None
    except RecursionError:
        raise InputError(path, "is nested too deeply") from None
    except ValueError:
        raise InputError(path, "holds a number that is too long") from None
    findings = data.get("findings") if isinstance(data, dict) else None
    if not isinstance(findings, dict) or data.get("version") != VERSION:
        raise InputError(path, f"is no baseline of version {VERSION}")
    counts: dict[BaselineKey, int] = {}
    for file, entries in findings.items():
        for entry in entries if isinstance(entries, list) else [None]:
            if not isinstance(entry, dict) or {m: type(v) for m, v in entry.items()} != _MEMBERS:
                raise InputError(path, f"is no baseline: `{file}` has what is no entry")
            counts[BaselineKey(file, *(entry[field] for field in BaselineKey._fields[1:]))] = entry[
                "count"
            ]
    return Baseline(folder, counts, os.path.relpath(path))
