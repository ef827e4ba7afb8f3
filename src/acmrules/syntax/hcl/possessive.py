"""Compiles patterns for Python 3.11.0 to 3.11.4, in which possessive groups fail to restore.

If the last repetition of such a group fails halfway, these versions continue from there instead of
from its beginning (https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Pattern
    from typing import Any


def compiled(pattern: str) -> Pattern[str]:
    """Return a pattern in which each possessive group is a greedy one in an atomic group.

    It matches the same strings, but needs memory for each repetition.
    """
    tree = parser.parse(pattern)
    _replace(tree)
    found: Pattern[str] = compiler.compile(tree)
    return found


def _replace(tree: Any) -> None:  # noqa: ANN401  (private classes)
    for index, (operator, argument) in enumerate(tree):
        for inner in _trees(argument):
            _replace(inner)
        # A repeated character is matched in one step, which cannot fail halfway.
        if operator is constants.POSSESSIVE_REPEAT and not compiler._simple(argument[2]):  # noqa: SLF001
            greedy = parser.SubPattern(tree.state, [(constants.MAX_REPEAT, argument)])
            tree[index] = constants.ATOMIC_GROUP, greedy


def _trees(argument: Any) -> list[Any]:  # noqa: ANN401  (as above)
    """Return the patterns in the argument of an operator, at any depth."""
    if isinstance(argument, parser.SubPattern):
        return [argument]
    if isinstance(argument, tuple | list):
        return [tree for item in argument for tree in _trees(item)]
    return []
