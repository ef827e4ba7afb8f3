"""What the commands share that take files and answer a question about all of them together."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.stages import write_troubles
from acmrules.model.inventory import take_inventory
from acmrules.readers.options import Scope
from acmrules.values import Value
from acmrules.workspace.discover import discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Disk, Loader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.cli.parser import Arguments
    from acmrules.model.inventory import Inventory
    from acmrules.workspace.resolver import SettingsResolver


class InventoryInputs(Value):
    """The inventory of files, their settings, and the exit code if nothing else is wrong."""

    inventory: Inventory
    lookup: SettingsResolver
    code: int


def read_inventory(given: Arguments, paths: Sequence[str] | None = None) -> InventoryInputs:
    """Return what the files of a command declare, and print what cannot be read.

    With `paths`, these are the files among the operands.
    """
    from acmrules.cli.progress import Progress

    progress = Progress(sys.stderr)
    lookup = overrides.lookup(given)
    kinds = given.every("kind") or None
    inputs = discover(given.operands if paths is None else paths, kinds)
    loader = Loader(lookup.terms, Disk(), Troubles(), kinds, Scope.EVERYTHING, step=progress.step)
    inventory = take_inventory(
        declaration for batch in loader.batches(inputs) for declaration in batch.declarations
    )
    progress.clear()
    return InventoryInputs(inventory, lookup, write_troubles(loader.troubles))
