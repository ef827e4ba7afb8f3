"""Reads both sides of a comparison with their environments.

An environment of one side is read on the other side too, even if no check there depends on it.
Otherwise, a new default of a variable would hide the values that the environments set.
"""

from __future__ import annotations

import os

from acmrules.readers.terraform.environments import MOST_ENVIRONMENTS, combined
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.terraform.environments import Environment
    from acmrules.workspace.snapshots import Snapshot


def add_environments(before: Snapshot, after: Snapshot) -> tuple[set[str], list[InputError]]:
    """Read the root modules of two snapshots in their environments, instead of without them.

    Return the scopes whose environments cannot be read on one side, whose errors are added to it,
    and remarks on environments that are left out because there are too many.
    """
    broken: set[str] = set()
    remarks: list[InputError] = []
    for scope in sorted({*before.roots, *after.roots}):
        labels = before.fitting_environments(scope) | after.fitting_environments(scope)
        if not labels:
            continue
        sides = before, after
        offered = [side.offered_environments(scope) for side in sides]
        chosen = _chosen(labels, *(each for each, _ in offered))
        errors = []
        for side, (found, unreadable) in zip(sides, offered, strict=True):
            wanted = [found[label] for label in chosen if label in found]
            failed: list[InputError] = []
            if wanted:
                read, failed = side.read_environments(scope, wanted)
                if read:
                    side.replace(scope, combined(read, 0))
            errors.append([*unreadable, *failed])
        if _refuse_different(sides, errors):
            broken.add(scope)
        if len(chosen) < len(labels):
            fault = f"only {len(chosen)} of {len(labels):,} environments were compared"
            remarks.append(InputError(os.path.join(scope, "main.tf"), fault))
    return broken, remarks


def _chosen(
    labels: set[str], old: dict[str, Environment], new: dict[str, Environment]
) -> list[str]:
    """Return the labels to compare, in their order; those whose values differ come first."""

    def is_same(label: str) -> bool:
        return label in old and label in new and _texts(old[label]) == _texts(new[label])

    first = sorted(labels, key=lambda label: (is_same(label), label))
    return sorted(first[:MOST_ENVIRONMENTS])


def _texts(environment: Environment) -> list[str]:
    return [source.text for source in environment.files]


def _refuse_different(sides: tuple[Snapshot, Snapshot], errors: list[list[InputError]]) -> bool:
    """Refuse the files that can be read on one side only, and return whether there are some."""
    has_some = False
    for side, own, others in zip(sides, errors, reversed(errors), strict=True):
        known = {error.fault for error in others}
        for error in own:
            if error.fault not in known:
                has_some = True
                side.refuse(error)
    return has_some
