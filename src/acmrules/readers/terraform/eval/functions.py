"""Terraform's pure functions, for values that may be partly known.

A function takes nodes and returns a value, whose items may be nodes. It raises `NotConstant` if the
result depends on an unknown value, and `EvaluationError` if Terraform would reject the call.
"""

from __future__ import annotations

from acmrules.readers.terraform.eval.collections import COLLECTION_FUNCTIONS
from acmrules.readers.terraform.eval.strings import TEXT_FUNCTIONS
from acmrules.readers.terraform.eval.values import MAX_LIST_LENGTH, EvaluationError, NotConstant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.readers.evaluated import Node
    from acmrules.syntax.tree import Data

FUNCTIONS: dict[str, tuple[int, int | None, Callable[..., Data]]] = {
    **TEXT_FUNCTIONS,
    **COLLECTION_FUNCTIONS,
}
"""The minimum and the maximum number of arguments, and the function, by name."""


OF_FILES = frozenset(("file", "filebase64", "templatefile"))
"""The functions that read a file; the first argument is its path. Scopes know the files."""


def call(name: str, arguments: list[Node]) -> Data:
    """Return the result of a function; raises `NotConstant` and `EvaluationError`."""
    if name not in FUNCTIONS:
        raise NotConstant
    least, most, function = FUNCTIONS[name]
    if not least <= len(arguments) <= (len(arguments) if most is None else most):
        raise EvaluationError
    found = function(*arguments)
    if type(found) is list and len(found) > MAX_LIST_LENGTH:
        raise NotConstant
    return found
