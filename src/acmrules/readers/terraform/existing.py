"""Which blocks of a module from elsewhere have instances, as the arguments of a call determine."""

from __future__ import annotations

from acmrules.readers.terraform.scopes import SKIPPED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.readers.terraform.scopes import Evaluation


def existing(evaluation: Evaluation, call: ModuleCall, names: Iterable[str]) -> Iterator[str]:
    """Yield the names of those blocks that may have an instance."""
    for name in names:
        kind, _, label = name.partition(".")
        block = call.module.resources.get((kind, label))
        try:
            if block is None or evaluation.resource_instances(call, name, block):
                yield name
        except SKIPPED:
            yield name
