"""The pure functions of Terraform, over values that may be known in part.

A function takes nodes and returns a value, whose items may be nodes too. It raises `NotConstant` if
the answer depends on an unknown value, and `EvaluationError` if Terraform would refuse.
"""

from __future__ import annotations

from acmrules.readers.terraform.eval.collections import COLLECTION_FUNCTIONS
from acmrules.readers.terraform.eval.strings import TEXT_FUNCTIONS
from acmrules.readers.terraform.eval.values import LONGEST_LIST, EvaluationError, NotConstant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.readers.evaluated import Node
    from acmrules.syntax.tree import Data

FUNCTIONS: dict[str, tuple[int, int | None, Callable[..., Data]]] = {
    **TEXT_FUNCTIONS,
    **COLLECTION_FUNCTIONS,
}
"""By name: how many arguments at the least and at the most, and the function itself."""


def call(name: str, arguments: list[Node]) -> Data:
    """Return what a function makes of its arguments; raises `NotConstant` and `EvaluationError`."""
    if name not in FUNCTIONS:
        raise NotConstant
    least, most, function = FUNCTIONS[name]
    if not least <= len(arguments) <= (len(arguments) if most is None else most):
        raise EvaluationError
    found = function(*arguments)
    if type(found) is list and len(found) > LONGEST_LIST:
        raise NotConstant
    return found
