"""The pure functions of Terraform, over values that may be known in part.

A function takes nodes, and gives a value whose items may be nodes too. It raises `Unsettled` where
the answer depends on what is not known, and `Refused` where Terraform would refuse.
"""

from __future__ import annotations

from acmrules.readers.terraform.eval.collections import COLLECTION_FUNCTIONS
from acmrules.readers.terraform.eval.strings import TEXT_FUNCTIONS
from acmrules.readers.terraform.eval.values import LONGEST_LIST, Refused, Unsettled

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
    """Return what a function makes of its arguments; raises `Unsettled` and `Refused`."""
    if name not in FUNCTIONS:
        raise Unsettled
    least, most, function = FUNCTIONS[name]
    if not least <= len(arguments) <= (len(arguments) if most is None else most):
        raise Refused
    found = function(*arguments)
    if type(found) is list and len(found) > LONGEST_LIST:
        raise Unsettled
    return found
