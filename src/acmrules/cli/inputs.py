"""What the commands share that take files and answer a question about all of them together."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.stages import files_of, files_read, is_hook, progress_of, write_troubles
from acmrules.model.account import Account
from acmrules.model.inventory import Inventory, inventory_of
from acmrules.readers.options import ReadScope
from acmrules.values import Value
from acmrules.workspace.discover import discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Loader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.cli.options import ReadOptions
    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.workspace.resolver import SettingsResolver


class InventoryInputs(Value):
    """The inventory of files, their settings, and the exit code if nothing else is wrong.

    No output replaces one of the `files`. `not_checked` is what could not be read in them.
    """

    inventory: Inventory
    resolver: SettingsResolver
    code: int
    files: tuple[str, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()


def read_inventory(
    options: ReadOptions,
    paths: Sequence[str],
    *,
    finds_environments: bool = False,
    joins: bool = True,
    prints_gaps: bool = True,
) -> InventoryInputs:
    """Return what files declare, and print which of them cannot be read.

    With `finds_environments`, root modules have a variant for each of their environments.
    Otherwise, the environments whose values are not read are printed. Certificates that exist are
    joined with those that files declare, unless `joins` is false; what AWS did not answer about
    them is printed, unless `prints_gaps` is false.
    """
    from acmrules.cli.output import print_problem

    progress = progress_of(options)
    resolver = overrides.settings_resolver(options)
    kinds = options.kinds or None
    inputs = discover(paths, kinds, standard_input=options.stdin_filename)
    files = files_of(options)
    overrides.require_known_parameters(options, inputs, files)
    loader = Loader(
        resolver.settings_of,
        files,
        Troubles(),
        kinds,
        ReadScope.EVERYTHING,
        step=progress.step,
        is_hook=is_hook(),
    )
    loader.finds_environments = finds_environments
    loader.names_environments = not finds_environments

    def join(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
        from acmrules.analysis.existing import with_existing

        return with_existing(declarations, resolver.account_of)

    inventory, not_checked = inventory_of(
        progress.watch(loader.batches(inputs)), join if joins else None
    )
    progress.finish(resolver.settings_of, loader.excluded)
    remarks = [*(each.located for each in not_checked), *loader.remarks]
    if prints_gaps and inventory.account != Account():
        from acmrules.model.gaps import missing

        remarks += (f"not read: {each}" for each in missing(inventory.account))
    for remark in () if options.quiet else remarks:
        print_problem(remark)
    code = write_troubles(loader.troubles, options.quiet)
    read = files_read((each.file for each in inventory.declarations), inputs.order)
    return InventoryInputs(inventory, resolver, code, tuple(read), not_checked)
