"""Examples that are written by hand: a file for each rule.

A part begins with `=== FORMAT OPTIONS`. Each file of the bad example follows `--- NAME`. The lines
after `~~~` replace lines of the files, as a patch does: `- ` marks the old ones, and `+ ` the new
ones. Options after `~~~` are those of the good example, if they differ. Without `~~~`, the good
example is what the fix writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name("cases")

_PART = re.compile(r"^=== ", re.MULTILINE)
_FILE = re.compile(r"^--- (?=\S)", re.MULTILINE)
_PATCH = re.compile(r"^~~~", re.MULTILINE)
_HUNK = re.compile(r"((?:^-.*\n)*)((?:^\+.*\n)*)", re.MULTILINE)


class Example(NamedTuple):
    """A bad and a good example of a rule in a format; without a good one, the fix writes it."""

    rule: str
    form: str
    options: tuple[str, ...]
    bad: dict[str, str]
    good: dict[str, str] | None = None
    good_options: tuple[str, ...] = ()


def written() -> Iterator[Example]:
    """Yield the examples that are written by hand, by rule."""
    for path in sorted(FOLDER.glob("*.case")):
        _, *parts = _PART.split(path.read_text("utf-8"))
        for part in parts:
            body, *patches = _PATCH.split(part)
            head, *files = _FILE.split(body)
            form, *options = head.split()
            bad = dict(each.split("\n", 1) for each in files)
            example = Example(path.stem, form, tuple(options), bad)
            for patch in patches:
                others, hunks = patch.split("\n", 1)
                good_options = tuple(others.split() or options)
                good = patched(bad, hunks)
                example = example._replace(good=good, good_options=good_options)
            yield example


def patched(files: Mapping[str, str], patch: str) -> dict[str, str]:
    """Return files with the hunks of a patch; raises `ValueError` if one does not fit."""
    texts = dict(files)
    for hunk in _HUNK.finditer(patch):
        if not hunk[0]:
            continue
        old, new = (re.sub(r"(?m)^[-+] ?", "", side) for side in hunk.groups())
        fitting = [name for name, text in texts.items() if f"\n{text}".count(f"\n{old}") == 1]
        if not old or len(fitting) != 1:
            raise ValueError(f"does not fit once: {hunk[0]}")
        [name] = fitting
        texts[name] = f"\n{texts[name]}".replace(f"\n{old}", f"\n{new}")[1:]
    return texts
