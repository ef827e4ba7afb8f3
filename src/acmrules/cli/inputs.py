"""What the commands share that take files and answer a question about all of them together."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.stages import write_troubles
from acmrules.model.inventory import Inventory, take_inventory
from acmrules.readers.options import ReadScope
from acmrules.values import Value
from acmrules.workspace.discover import discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Disk, Loader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.cli.options import InputOptions
    from acmrules.workspace.resolver import SettingsResolver


class InventoryInputs(Value):
    """The inventory of files, their settings, and the exit code if nothing else is wrong."""

    inventory: Inventory
    resolver: SettingsResolver
    code: int


def read_inventory(options: InputOptions, paths: Sequence[str]) -> InventoryInputs:
    """Return what files declare, and print which of them cannot be read."""
    from acmrules.cli.output import Progress

    progress = Progress(sys.stderr)
    resolver = overrides.settings_resolver(options)
    kinds = options.kinds or None
    inputs = discover(paths, kinds)
    files = Disk()
    overrides.require_known_parameters(options, inputs, files)
    loader = Loader(
        resolver.settings_of, files, Troubles(), kinds, ReadScope.EVERYTHING, step=progress.step
    )
    inventory = take_inventory(
        declaration for batch in loader.batches(inputs) for declaration in batch.declarations
    )
    progress.clear()
    return InventoryInputs(inventory, resolver, write_troubles(loader.troubles))
